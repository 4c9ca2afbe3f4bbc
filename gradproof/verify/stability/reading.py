"""A table as `Table.to_json` wrote it."""

from __future__ import annotations

from typing import Any

from .errors import Outcome
from .failures import Failure
from .table import SCHEMA, Accuracy, Row, Table


def read_table(data: Any) -> Table:
    """The table that a document is; raises ValueError if it is none, or of another schema."""
    try:
        if data["schema"] != SCHEMA:
            raise ValueError(f"it is not of the schema {SCHEMA}")
        rows = tuple(map(_row, data["rows"]))
        table = Table(rows, dict(data["sizes"]), data["seed"], dict(data["versions"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"a document is not the table that it should be: {error!r}") from error
    if table.to_json() != data:
        raise ValueError("a document says more or less than the table that it should be")
    return table


def _row(data: dict[str, Any]) -> Row:
    naive, stable = (_accuracy(data[key]) for key in ("naive", "stable"))
    return Row(data["dtype"], data["points"], data["dropped"], naive, stable, data["unavailable"])


def _accuracy(data: dict[str, Any] | None) -> Accuracy | None:
    if data is None:
        return None
    return Accuracy(float(data["worst"]), data["where"], tuple(map(_failure, data["failures"])))


def _failure(data: dict[str, Any]) -> Failure:
    return Failure(
        Outcome[data["outcome"]],
        tuple(data["variables"]),
        data["sign"],
        data["others"],
        data["size"],
        data["beyond"],
        data["example"],
    )
