"""Which records are the same work, and which work a reference means."""
