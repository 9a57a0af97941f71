"""Bibliographic sources: PubMed over the network, or an archive on this machine."""
