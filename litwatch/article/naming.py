"""Which references of an article another list of references names already."""

from collections.abc import Iterable, Mapping

from litwatch.article.values import Article
from litwatch.model.watch import CitedReference


def citation_key(written: str) -> str:
    """Under which spellings of one citation meet: brackets, case and spaces aside."""
    return " ".join(written.strip(" ()[]").casefold().split())


def named_already(article: Article, others: Iterable[CitedReference]) -> Mapping[str, CitedReference]:
    """Id of a reference of ``article`` → the one of ``others`` that means the same: as it is written, or by its ids."""
    by_key: dict[str, CitedReference] = {}
    for other in others:
        known = (citation_key(other.as_written), other.pmid, other.doi, other.pmcid)
        by_key |= {key: other for key in known if key and key not in by_key}
    found: dict[str, CitedReference] = {}
    for reference in article.references:
        for key in (citation_key(reference.as_written), reference.pmid, reference.doi, reference.pmcid):
            if key in by_key:
                found.setdefault(reference.id, by_key[key])
    for sentence in article.sentences:
        for cited in sentence.citations:
            if (key := citation_key(cited.as_written)) in by_key and cited.as_written[:1] != "[":
                found.setdefault(cited.reference, by_key[key])
    return found
