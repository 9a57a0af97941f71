"""What PubMed says, as pure functions: records, E-utilities replies and the query language."""
