"""Entries at a label, x_{n,y_n} and x[y], as sums over a one-hot row: Σ_k t_nk x_nk.

A label is a whole number that is data; the calculus has one-hot rows in its place. What is changed is the neutral tree,
before anything has a meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from gradproof.derivations.notation.reading import read_formula
from gradproof.derivations.notation.reading import syntax as s

#: The letter that runs over the places of a one-hot row.
PLACE = "k"


def without_labels(node: s.Node, labels: Mapping[str, str]) -> s.Node:
    """The formula with each entry at a label as a sum.

    labels   from a label, "y_n", to its one-hot row, "t_{nk}", both as LaTeX
    """
    rows = {read_formula(label): read_formula(row) for label, row in labels.items()}
    return _replaced(node, rows) if rows else node


def _replaced(node: s.Node, rows: Mapping[s.Node, s.Node]) -> s.Node:
    match node:
        case s.Scripts(lower=s.Listing(items=items) as lower) if node.upper is None and items[-1] in rows:
            there = replace(node, lower=replace(lower, items=(*items[:-1], s.Name(PLACE))))
            return _at_label(there, rows[items[-1]])
        case s.Scripts(lower=s.Node() as lower) if node.upper is None and lower in rows:
            return _at_label(replace(node, lower=s.Name(PLACE)), rows[lower])
        case s.Attached(head=head, group=s.Group(bracket="[", body=body)) if body in rows:
            return _at_label(s.Scripts(head, s.Name(PLACE), span=node.span), rows[body])
    changed = {part.name: _inside(getattr(node, part.name), rows) for part in fields(node) if part.name != "span"}
    return replace(node, **changed)


def _inside(value: Any, rows: Mapping[s.Node, s.Node]) -> Any:
    if isinstance(value, tuple):
        return tuple(_inside(part, rows) for part in value)
    return _replaced(value, rows) if isinstance(value, s.Node) else value


def _at_label(entry: s.Node, row: s.Node) -> s.Node:
    return s.BigOperator("Σ", s.Product((row, entry), ("",)), s.Name(PLACE), span=entry.span)
