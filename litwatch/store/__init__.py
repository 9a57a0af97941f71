"""What litwatch remembers: SQLite by default, another database by its URL."""

from litwatch.store.database import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
