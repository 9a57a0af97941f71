"""Frozen values of the field. They validate themselves and know nothing of files, networks or time."""
