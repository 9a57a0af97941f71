"""What the watched article says: its text, its citations in their sentences, and its list of references."""
