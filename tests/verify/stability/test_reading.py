"""A table is read back as it was written, and nothing else is taken for one."""

from __future__ import annotations

import json
import math

import pytest

from gradproof.verify.stability import Accuracy, Failure, Outcome, Row, Table, read_table

FAILURE = Failure(Outcome.INFINITE, ("x",), 1, "y = 1", 88.7, True, "x = 89")
TABLE = Table(
    (
        Row("float32", 400, 2, Accuracy(math.inf, "x = 89", (FAILURE,)), Accuracy(1.5, "x = 0", ())),
        Row("bfloat16", unavailable="Torch is not installed"),
    ),
    {"n": 4},
    0,
    {"numpy": "2.0"},
)


def test_what_was_written_is_read() -> None:
    assert read_table(json.loads(json.dumps(TABLE.to_json(), allow_nan=False))) == TABLE


@pytest.mark.parametrize(
    "change", [{"schema": "gradproof/stability/0"}, {"rows": [{}]}, {"rows": None}, {"more": 1}, {"sizes": 3}]
)
def test_anything_else_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        read_table(TABLE.to_json() | change)
    with pytest.raises(ValueError):
        read_table(None)
