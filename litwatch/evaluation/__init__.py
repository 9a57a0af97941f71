"""How well litwatch does on labelled data, beside the best tools of each kind."""
