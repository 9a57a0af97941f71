"""Where the real data for tests lies, if it is here."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_data(*parts: str) -> Path:
    """A path under ``../shared/data``; skips the test, saying so, where the data is missing."""
    path = ROOT.parent / "shared" / "data" / Path(*parts)
    if not path.exists():
        pytest.skip(f"needs the real data: ../shared/data/{'/'.join(parts)} is not here", allow_module_level=True)
    return path
