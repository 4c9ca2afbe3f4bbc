"""Verdicts that are kept from one run to the next."""

from .store import Store, default_folder
from .verdicts import Setting, VerdictCache

__all__ = ["Setting", "Store", "VerdictCache", "default_folder"]
