"""Libraries of references as files: entries read from RIS, BibTeX and their kin, written again, and set in a style."""
