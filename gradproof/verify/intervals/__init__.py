"""Balls: exact points at which enclosures prove both sides different, or agreement within a proved bound."""

from .method import BallDecision

__all__ = ["BallDecision"]
