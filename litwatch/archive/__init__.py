"""A PubMed on this machine: build, search, and serve it as E-utilities."""
