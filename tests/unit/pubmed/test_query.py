"""Reading PubMed's query language."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.errors import InvalidQuery
from litwatch.pubmed.query import And, DateRange, Node, Not, Or, PmidRange, Term, parse_query
from litwatch.pubmed.query_fields import FIELDS


def term(text: str, field: str | None = None, **flags: object) -> Term:
    """A term, at whatever place."""
    return Term(text, field, 0, **flags)  # type: ignore[arg-type]


def placeless(node: Node) -> Node:
    """``node`` with every position 0, for comparing."""
    match node:
        case Term(text, field, _, quoted, truncated, distance):
            return Term(text, field, 0, quoted, truncated, distance)
        case DateRange(field, low, high, _, is_range):
            return DateRange(field, low, high, 0, is_range)
        case PmidRange(low, high, _):
            return PmidRange(low, high, 0)
        case And(operands):
            return And(tuple(map(placeless, operands)))
        case Or(operands):
            return Or(tuple(map(placeless, operands)))
        case Not(kept, excluded):
            return Not(placeless(kept), tuple(map(placeless, excluded)))


def read(query: str) -> Node:
    return placeless(parse_query(query))


A, B, C, D = (term(name, "ti") for name in "abcd")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a[ti] AND b[ti]", And((A, B))),
        ("a[ti] b[ti]", And((A, B))),
        ("a[ti] & b[ti] | c[ti]", Or((And((A, B)), C))),
        ("a[ti] OR b[ti] AND c[ti]", And((Or((A, B)), C))),
        ("a[ti] OR (b[ti] AND c[ti])", Or((A, And((B, C))))),
        ("a[ti] AND b[ti] OR c[ti]", Or((And((A, B)), C))),
        ("a[ti] OR b[ti] c[ti]", And((Or((A, B)), C))),
        ("a[ti] NOT b[ti] NOT c[ti]", Not(A, (B, C))),
        ("a[ti] NOT (b[ti] NOT c[ti])", Not(A, (Not(B, (C,)),))),
        ("a[ti] NOT b[ti] OR c[ti] NOT d[ti]", Not(Or((Not(A, (B,)), C)), (D,))),
        ("((a[ti]))", A),
        ("(a[ti])(b[ti])", And((A, B))),
    ],
)
def test_operators_are_read_from_left_to_right_and_parentheses_group(query: str, tree: Node) -> None:
    assert read(query) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("ketamine", term("ketamine")),
        ("chronic pain ketamine", term("chronic pain ketamine")),
        ('"chronic pain" ketamine', And((term("chronic pain", quoted=True), term("ketamine")))),
        ("chronic pain[tiab]", term("chronic pain", "tiab")),
        ('"chronic pain" [tiab]', term("chronic pain", "tiab", quoted=True)),
        ("pain and ketamine", term("pain and ketamine")),
        ("IL-6:TNF ratio", term("IL-6:TNF ratio")),
        ("ketam*", term("ketam", truncated=True)),
        ("chronic pain ketam* dose", And((term("chronic pain"), term("ketam", truncated=True), term("dose")))),
        ("breast feed*[tiab]", term("breast feed", "tiab", truncated=True)),
        ('"breast feed*"', term("breast feed", quoted=True, truncated=True)),
        ('"hip pain"[Title/Abstract:~2]', term("hip pain", "tiab", quoted=True, distance=2)),
        ('"hip pain"[ti:~0]', term("hip pain", "ti", quoted=True, distance=0)),
        ("ketamine hasabstract", And((term("ketamine"), term("hasabstract", "sb")))),
        ("PubMed not MEDLINE[sb]", term("pubmednotmedline", "sb")),
        ("10.1016/s0960-9822(00)00336-5[doi]", term("10.1016/s0960-9822(00)00336-5", "aid")),
        ("(10.1016/s0960-9822[doi])", term("10.1016/s0960-9822", "aid")),
        ("ketamine/adverse effects[mh]", term("ketamine/adverse effects", "mh")),
    ],
)
def test_terms_keep_what_quotes_tags_and_signs_say(query: str, tree: Node) -> None:
    assert read(query) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("16616662", term("16616662", "pmid")),
        ("16616662 21612145", Or((term("16616662", "pmid"), term("21612145", "pmid")))),
        ("12,34[pmid]", Or((term("12", "pmid"), term("34", "pmid")))),
        ("7[uid]", term("7", "pmid")),
        ("7:9[uid]", PmidRange(7, 9, 0)),
        ("2011", term("2011")),
        ("16616662 ketamine", term("16616662 ketamine")),
    ],
)
def test_numbers_are_pmids_when_they_are_tagged_or_can_be_nothing_else(query: str, tree: Node) -> None:
    assert read(query) == tree


@pytest.mark.parametrize(
    ("query", "field", "low", "high", "is_range"),
    [
        ("2011[dp]", "dp", date(2011, 1, 1), date(2011, 12, 31), False),
        ("2012/02[dp]", "dp", date(2012, 2, 1), date(2012, 2, 29), False),
        ("2011:2011[dp]", "dp", date(2011, 1, 1), date(2011, 12, 31), True),
        ("2011/3 : 2012/1/5 [Date - Publication]", "dp", date(2011, 3, 1), date(2012, 1, 5), True),
        ('"2020/01/01"[crdt] : "2020/02/01"[CRDT]', "crdt", date(2020, 1, 1), date(2020, 2, 1), True),
        ('("1800"[edat] : "3000"[edat])', "edat", date(1800, 1, 1), date(3000, 12, 31), True),
        ('"2020/01/01":"3000"[mhda]', "mhda", date(2020, 1, 1), date(3000, 12, 31), True),
    ],
)
def test_dates_and_ranges_of_dates(query: str, field: str, low: date, high: date, is_range: bool) -> None:
    node = parse_query(query)
    assert isinstance(node, DateRange)
    assert (node.field, node.low.earliest, node.high.latest, node.is_range) == (field, low, high, is_range)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Title/Abstract", "tiab"),
        ("title / abstract", "tiab"),
        ("MeSH Terms", "mh"),
        ("MeSH Terms:noexp", "mh:noexp"),
        ("mesh:NOEXP", "mh:noexp"),
        ("MeSH Major Topic", "majr"),
        ("Publication Type", "pt"),
        ("Author", "au"),
        ("Author - First", "1au"),
        ("Journal", "ta"),
        ("Text Word", "tw"),
        ("All Fields", "all"),
        ("Supplementary Concept", "nm"),
        ("doi", "aid"),
    ],
)
def test_long_forms_and_other_spellings_of_tags_mean_their_short_form(long: str, short: str) -> None:
    assert read(f"pain[{long}]") == term("pain", short)


@pytest.mark.parametrize("tag", [tag for tag, field in FIELDS.items() if field.kind not in ("date", "pmid", "subset")])
def test_every_tag_is_read_in_its_short_and_its_long_form(tag: str) -> None:
    assert read(f"pain[{tag.upper()}]") == read(f"pain[{FIELDS[tag].name}]") == term("pain", tag)


@pytest.mark.parametrize(
    ("query", "named", "position"),
    [
        ("", "empty", 0),
        ("  ", "empty", 0),
        ("()", "nothing between", 0),
        ("(ketamine", "opening parenthesis", 0),
        ("ketamine) pain", "closing parenthesis", 8),
        ("AND ketamine", "AND has no term before it", 0),
        ("ketamine AND", "AND has no term after it", 9),
        ("ketamine AND NOT pain", "NOT has no term before it", 13),
        ("NOT pain", "NOT has no term before it", 0),
        ('ketamine "pain', "quotation mark", 9),
        ('"ketamine[tiab] AND "pain"[tiab]', "quotation mark", 0),
        ("“ketamine”", "curly quotes", 0),
        ("10.1/\udcff[doi]", "no text", 5),
        ("ketamine[tiab", "bracket", 8),
        ("[tiab]", "no term before it", 0),
        ("ketamine[tiba]", "nearest known tag is [tiab]", 8),
        ("ketamine[zzzz]", "no field tag", 8),
        ("ketamine[]", "no field tag", 8),
        ("pain AND lyon[ad]", "Affiliation", 13),
        ("smith[Full Author Name]", "Full Author Name", 5),
        ("pain #3", "search history", 5),
        ("ket*", "at least 4 characters", 0),
        ("il-1*", "at least 4 characters", 0),
        ("ket*amine", "at the end", 0),
        ("*ketamine", "at the end", 0),
        ("infect* disease*[tiab]", "at the end", 0),
        ("hip pain[tiab:~2]", "in quotes", 0),
        ('"hip"[tiab:~2]', "two or more words", 0),
        ('"hip pain*"[tiab:~2]', "truncation", 0),
        ('"hip pain"[mh:~2]', "for [ti] and [tiab] only", 10),
        ('"hip pain"[tiab:~x]', "for [ti] and [tiab] only", 10),
        (f'"hip pain"[tiab:~{"9" * 5_000}]', "for [ti] and [tiab] only", 10),
        ("systematic[sb]", "systematic[sb]", 0),
        ('"last 5 years"[dp]', "day of the search", 0),
        ("2020-01-01[dp]", "no date", 0),
        ("2020/13[dp]", "not a month", 0),
        ("2021:2020[dp]", "backwards", 0),
        ("2020:2021", "needs a date field", 0),
        ('"2020" : "2021"', "needs a date field", 0),
        ("2020[dp] : 2021[crdt]", "one field", 9),
        ("2020[dp] : 2021", "without a date field", 9),
        ("2020[dp] :", "without its end", 9),
        ("1:2:3[pmid]", "a range", 0),
        ("x12[pmid]", "no PMID", 0),
        ("- , .", "nothing to search for", 0),
        ('""[tiab]', "empty phrase", 0),
        ("ketamine/ae[mh]", "in full", 0),
        ("ae[sh]", "in full", 0),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(query: str, named: str, position: int) -> None:
    with pytest.raises(InvalidQuery) as error:
        parse_query(query)
    assert named in str(error.value)
    assert error.value.position == position


def test_positions_are_offsets_of_the_terms() -> None:
    tree = parse_query('pain OR ("hip joint"[ti] NOT 2011[dp])')
    assert isinstance(tree, Or)
    first, second = tree.operands
    assert isinstance(first, Term)
    assert isinstance(second, Not)
    kept, (excluded,) = second.kept, second.excluded
    assert isinstance(kept, Term)
    assert isinstance(excluded, DateRange)
    assert (first.position, kept.position, excluded.position) == (0, 9, 29)


@pytest.mark.parametrize("query", ["(" * 20_000, "(" * 20_000 + "a" + ")" * 20_000, "a OR b AND " * 5_000 + "c"])
def test_a_query_nested_too_deeply_is_an_error_of_the_query(query: str) -> None:
    with pytest.raises(InvalidQuery, match="levels"):
        parse_query(query)


def test_a_hundred_levels_are_read() -> None:
    assert read("(" * 100 + "a[ti]" + ")" * 100) == A


def test_twenty_thousand_terms_are_read() -> None:
    tree = parse_query(" OR ".join(f'"word {place}"[tiab]' for place in range(20_000)))
    assert isinstance(tree, Or)
    assert len(tree.operands) == 20_000


@settings(max_examples=200)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["a", "b c", '"', "(", ")", "[", "]", "[ti]", "[dp]", ":", "AND", "OR", "NOT", "*", "2011", "~", " "]
            ),
            max_size=20,
        ).map("".join),
    )
)
def test_any_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    try:
        parse_query(text)
    except InvalidQuery as error:
        assert 0 <= error.position <= len(text)
