"""Inequalities in one real variable: a finite cover of the line, each piece of which is proved in enclosures."""

from .method import NAME, OneVariable
from .proof import Cover, Violated, cover_of

__all__ = ["NAME", "Cover", "OneVariable", "Violated", "cover_of"]
