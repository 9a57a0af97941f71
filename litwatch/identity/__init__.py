"""Which records are the same work, and which work a reference means."""

from litwatch.identity.citations import citation_of, found_work, identity_keys
from litwatch.identity.clusters import cluster_citations
from litwatch.identity.reference_queries import candidate_queries, citation_query, narrowed_query
from litwatch.identity.references import match_reference
from litwatch.identity.works import resolve_records, tied_keys

__all__ = [
    "candidate_queries",
    "citation_of",
    "citation_query",
    "cluster_citations",
    "found_work",
    "identity_keys",
    "match_reference",
    "narrowed_query",
    "resolve_records",
    "tied_keys",
]
