"""Is it true? Claims, verdicts, and the methods that decide them."""
