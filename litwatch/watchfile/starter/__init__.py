"""The files that ``litwatch init`` writes, and the watch of the embedded sample."""

from importlib.resources import as_file, files

from litwatch.model.watch import Watch
from litwatch.watchfile.settings import Settings, load_settings
from litwatch.watchfile.watches import load_watch

_FILES = files("litwatch.watchfile.starter")


def starter_files(name: str) -> dict[str, str]:
    """Relative path → content of a starter configuration with a watch called ``name``."""
    return {
        "config/litwatch.toml": (_FILES / "litwatch.toml").read_text(encoding="utf-8"),
        f"config/watches/{name}.toml": (_FILES / "watch.toml").read_text(encoding="utf-8"),
    }


def load_sample() -> tuple[Settings, Watch]:
    """The settings of the starter and the watch of the embedded sample."""
    with as_file(_FILES / "litwatch.toml") as settings_path:
        settings = load_settings(settings_path, environment={})
    with as_file(_FILES / "ketamine-inflammation.toml") as watch_path:
        return settings, load_watch(watch_path, settings)
