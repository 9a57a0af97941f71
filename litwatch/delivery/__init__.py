"""Bring renditions to their targets."""

from litwatch.delivery.folder import FolderSink
from litwatch.delivery.outbox import dispatch

__all__ = ["FolderSink", "dispatch"]
