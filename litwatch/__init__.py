"""litwatch: a literature monitor for everyone who must keep standing behind a published health claim."""

__version__ = "0.1.0"
