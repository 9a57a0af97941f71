"""The order of one run; it puts the stages in order and decides nothing."""

from litwatch.pipeline.run import Progress, Terms, lease_of, run_watch

__all__ = ["Progress", "Terms", "lease_of", "run_watch"]
