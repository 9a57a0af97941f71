"""Compose an issue and render it."""
