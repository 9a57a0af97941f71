"""The order of one run; it puts the stages in order and decides nothing."""

from litwatch.pipeline.run import LEASE, Progress, Terms, lease_of, run_watch

__all__ = ["LEASE", "Progress", "Terms", "lease_of", "run_watch"]
