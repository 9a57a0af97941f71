"""Where a record and its report are found on the web; every address is on one of three known hosts."""

from urllib.parse import quote

from litwatch.model.identifiers import Doi, Pmcid, Pmid


def pubmed_url(pmid: Pmid) -> str:
    """The record at PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def doi_url(doi: Doi) -> str:
    """The report by its DOI; what a URL cannot hold is percent-encoded."""
    return f"https://doi.org/{quote(doi, safe='/')}"


def pmc_url(pmcid: Pmcid) -> str:
    """The full text at PubMed Central."""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"


def web_url(text: str) -> str:
    """``text`` where it is an address on the web, else nothing; no other scheme ever becomes a link."""
    return quote(text, safe=":/?#[]@!$&'()*+,;=%~") if text.lower().startswith(("https://", "http://")) else ""
