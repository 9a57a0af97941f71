from litwatch.library.merge import merge
from litwatch.model.identifiers import Doi, Pmid
from litwatch.model.library import Description, EntryKind
from litwatch.model.record import Author

POOR = Description(title="A trial", doi=Doi("10.1234/x"), abstract="Long. " * 20)
RICH = Description(title="A trial.", authors=(Author("Roe", "Anna"),), journal="J", volume="1", pmid=Pmid("1"))


def test_the_entry_that_says_most_is_kept_and_completed_from_the_others() -> None:
    merged = merge([POOR, RICH])
    assert merged.kept == 1
    assert merged.completed == (("doi", 0), ("abstract", 0))
    assert (merged.described.title, merged.described.doi) == ("A trial.", "10.1234/x")


def test_a_field_that_is_there_is_never_replaced() -> None:
    assert merge([RICH, Description(title="Other", journal="K", volume="2")]).described == RICH


def test_an_article_goes_before_its_preprint_and_takes_no_identifier_from_it() -> None:
    preprint = Description(
        kind=EntryKind.PREPRINT, title="A trial", doi=Doi("10.1101/p"), abstract="Said.", journal="medRxiv", volume="9"
    )
    merged = merge([preprint, Description(title="A trial", journal="J")])
    assert (merged.kept, merged.described.doi, merged.described.volume) == (1, None, "")
    assert merged.completed == (("abstract", 0),)


def test_one_entry_is_left_as_it_is() -> None:
    assert merge([POOR]) == (POOR, 0, ())
