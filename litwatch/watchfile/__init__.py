"""TOML files → Settings and Watch, every fault at once."""

from litwatch.watchfile.settings import Settings, load_settings
from litwatch.watchfile.watches import load_configuration, load_watch, load_watches, read_watches, select_watches

__all__ = [
    "Settings",
    "load_configuration",
    "load_settings",
    "load_watch",
    "load_watches",
    "read_watches",
    "select_watches",
]
