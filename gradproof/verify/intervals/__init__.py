"""Refutation: exact points at which enclosures of both sides prove them different."""

from .refute import Refutation

__all__ = ["Refutation"]
