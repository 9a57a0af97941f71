"""Whether what an article says of each work that it cites agrees with that work's record."""
