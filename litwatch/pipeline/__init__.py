"""The order of one run; it puts the stages in order and decides nothing."""

from litwatch.pipeline.run import Progress, Terms, run_watch

__all__ = ["Progress", "Terms", "run_watch"]
