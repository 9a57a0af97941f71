"""The words that stand in a sentence for its outcomes: the one that is judged, and every other."""

from typing import Final

THIS: Final = "theoutcome"
ANOTHER: Final = "anotheroutcome"
