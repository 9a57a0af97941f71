"""Bring renditions to their targets."""
