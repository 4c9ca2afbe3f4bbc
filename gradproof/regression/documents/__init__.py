"""Formulas of documents as tests of pytest. `gradproof.regression.plugin` loads this when a run asks for it."""
