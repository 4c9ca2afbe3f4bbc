"""Both sides of a claim in float64, with bounds on their errors, at seeded points."""
