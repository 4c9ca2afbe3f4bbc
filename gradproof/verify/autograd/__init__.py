"""Torch's own autograd as an oracle that shares nothing with the calculus but the forward expression."""

from .oracle import DTYPES, TorchAutograd

__all__ = ["DTYPES", "TorchAutograd"]
