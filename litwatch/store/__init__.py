"""What litwatch remembers."""
