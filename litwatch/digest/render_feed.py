"""A feed as Atom (RFC 4287) and as JSON Feed 1.1. Addresses in it are relative, as nobody knows where it will lie.

JSON Feed is also what the feed of the next issue goes on from: ``_litwatch.issue`` says which issue told an item first.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from litwatch.digest.feed import FeedEntry, feed_id, plain
from litwatch.digest.render_json import json_document
from litwatch.model.digest import Digest

ATOM = "http://www.w3.org/2005/Atom"

PUBLISHER = "litwatch"

_NOTE = (
    "Not medical advice. Bibliographic data come from PubMed of the U.S. National Library of Medicine, which neither "
    "reviews nor endorses this feed: https://www.ncbi.nlm.nih.gov/About/disclaimer.html"
)


def render_atom(digest: Digest, entries: Sequence[FeedEntry]) -> bytes:
    """The feed as an Atom document in UTF-8, as of ``digest``."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _texts(feed, id=feed_id(digest.watch.name), title=plain(digest.watch.title), subtitle=_description(digest))
    _texts(feed, updated=digest.made_at.isoformat(), generator=PUBLISHER)
    _texts(SubElement(feed, "author"), name=PUBLISHER)
    SubElement(feed, "link", rel="self", type="application/atom+xml", href="feed.atom")
    SubElement(feed, "link", rel="alternate", type="text/html", href="index.html")
    for told in entries:
        entry = SubElement(feed, "entry")
        _texts(entry, id=told.id, title=told.title, updated=told.made_at.isoformat(), summary=told.text)
        SubElement(entry, "link", rel="alternate", type="text/html", href=told.url)
    indent(feed)
    body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def render_json_feed(digest: Digest, entries: Sequence[FeedEntry]) -> str:
    """The feed as a JSON Feed, as of ``digest``."""
    return json_document(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": plain(digest.watch.title),
            "home_page_url": "index.html",
            "description": _description(digest),
            "language": "en",
            "authors": [{"name": PUBLISHER}],
            "items": [
                {
                    "id": told.id,
                    "url": told.url,
                    "title": told.title,
                    "content_text": told.text,
                    "date_published": told.made_at.isoformat(),
                    "_litwatch": {"issue": told.issue},
                }
                for told in entries
            ],
        }
    )


def read_json_feed(body: bytes) -> tuple[FeedEntry, ...]:
    """The entries of a feed that ``render_json_feed`` has written."""
    return tuple(
        FeedEntry(
            id=item["id"],
            issue=item["_litwatch"]["issue"],
            made_at=datetime.fromisoformat(item["date_published"]),
            title=item["title"],
            text=item["content_text"],
            url=item["url"],
        )
        for item in json.loads(body)["items"]
    )


def _description(digest: Digest) -> str:
    """What is watched, and what a reader must be told of it wherever it is read."""
    return plain(f"New evidence on the claims of “{digest.watch.article.title}”. {_NOTE} {digest.source_note}")


def _texts(parent: Element, **texts: str) -> None:
    """Children of ``parent`` that hold text and nothing else."""
    for name, text in texts.items():
        SubElement(parent, name).text = text
