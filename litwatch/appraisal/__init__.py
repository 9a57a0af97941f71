"""What a record says: design, population, the claims it bears on, notices; each with its reason."""
