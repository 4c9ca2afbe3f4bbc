"""Arithmetics over which expressions are evaluated."""
