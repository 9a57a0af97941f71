import re

from litwatch.model.record import HistoryDate, MeshHeading, Qualifier
from litwatch.pubmed.record_dates import parse_date

_names = re.compile(r'<([DQ])[a-z]+Name UI="([A-Z0-9]+)" MajorTopicYN="([YN])"[^<>]*>([^<\x00-\x1f]+)</').findall
_events = re.compile(r'<PubMedPubDate PubStatus="([a-z-]+)">\s*<Year>([0-9]+)</Year>\s*<Month>([0-9]+)</Month>\s*<Day>([0-9]+)</Day>').findall


def cut(xml, fields):
    find = xml.find
    pos = 0
    pieces = []
    start = find(b"<MeshHeadingList>")
    if start >= 0:
        start += 17
        end = find(b"</MeshHeadingList>", start)
        text = xml[start:end].decode()
        if "&" in text:
            text = text.replace("&amp;", "&")
        found = _names(text)
        tags = text.count("<")
        if 1:
            out = []
            qs = ()
            for kind, ui, major, name in reversed(found):
                if kind == "Q":
                    qs = (Qualifier(ui,name,major=="Y"), *qs)
                else:
                    out.append(MeshHeading(ui,name,major=="Y",qs))
                    qs = ()
            if tags == 2 * (len(found) + len(out)):
                fields["mesh"] = tuple(out[::-1])
            pieces.append(xml[pos:start])
            pos = end
    start = find(b"<History>", pos)
    if start >= 0:
        start += 9
        end = find(b"</History>", start)
        text = xml[start:end].decode()
        found = _events(text)
        if text.count("<PubMedPubDate ") == len(found):
            fields["history"] = tuple(
                [HistoryDate(event, date) for event, year, month, day in found if (date := parse_date(year, month, day)) is not None]
            )
            pieces.append(xml[pos:start])
            pos = end
    pieces.append(xml[pos:])
    return b"".join(pieces)
