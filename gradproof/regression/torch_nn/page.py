"""The table as a page in Markdown: what the docstrings of torch.nn say, and whether Torch computes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from textwrap import fill

from .checking import Finding, Row, Status

#: What stands in the scope of a proof behind the sizes.
GRAPH = "float64 graph on cpu"
_INTRODUCTION = """\
# What torch.nn documents, proved

The docstrings of the activations and losses of `torch.nn` have formulas. Here they are read as they stand in the
installed package (Torch {torch}), tied to the modules, and compared with what Torch computes:

- *forward*: Torch runs the module; what runs is recorded, read as mathematics, and proved equal to the formula;
- *gradient*: the formula is differentiated by the calculus, and what Torch's backward pass computes is proved equal to
  this derivative, by each of the named inputs.

`python benchmarks/torch_nn.py --write` makes this page. Nobody typed a formula in: what stands in the specifications
(`gradproof/regression/torch_nn`) is how the arguments of a module are called in its docstring. Parameters are not at
their defaults, so that each of them counts. A reduction is read from its own formula. An entry at a label, x_{{n,y_n}},
is a sum over a one-hot row, Σ_k t_nk x_nk. Where parts had to be spelled otherwise, the row says *changed*, and the
last section how. In a counterexample *left* is Torch, *right* the formula.

*Proved* is said of exact arithmetic: at every number for functions of one number, at the sizes that stand beside it for
arrays, in every region between kinks. Where Torch leaves the formula to stay within the range of floating point
(softplus above its threshold, logarithms below −100), it is proved where Torch follows it. Of a formula with cases the
borders are compared as well, where they can be solved for an entry. No derivative is compared where a formula is
written with a kink (also where it is smooth in spite of it, as x / (1 + |x|)); what Torch takes there is in the table.
How rounding moves all this is another question (see [proofs.md](proofs.md)).

{counts}
"""


def page(rows: Sequence[Row], torch: str, activations: frozenset[str]) -> str:
    """The whole page, of the rows of a version of Torch; `activations` are the modules of the first table."""
    first = [row for row in rows if row.module in activations]
    others = [row for row in rows if row.module not in activations]
    parts = [
        _INTRODUCTION.format(torch=torch.partition("+")[0], counts=_counts(rows)),
        "## Activations\n", _table(first), "\n## Losses\n", _table(others),
        "\n## What differs, and what is not decided\n", *_open(rows),
        "\n## What was spelled otherwise before it was read\n", *_changes(rows),
    ]  # fmt: skip
    return "\n".join(parts).rstrip() + "\n"


def _counts(rows: Sequence[Row]) -> str:
    modules = {row.module for row in rows}
    tied = {row.module for row in rows if row.findings}
    said = Counter(finding.status for row in rows for finding in row.findings)
    words = ", ".join(f"{said[status]} {status.value}" for status in Status if said[status])
    untied = len(modules) - len(tied)
    text = (
        f"{len(modules)} modules, {untied} of them without a formula that could be tied; {len(rows) - untied} formulas "
        f"and calls, with {sum(said.values())} statements about what is computed or differentiated: {words}."
    )
    return fill(text, 120)


def _table(rows: Iterable[Row]) -> str:
    lines = ["| module | call | read | forward | gradient | remark |", "|---|---|---|---|---|---|"]
    before = ""
    for row in rows:
        name = "" if row.module == before else f"`{row.module}`"
        before = row.module
        cells = (name, row.call, row.reading, _forward(row), _gradient(row), _remark(row))
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines)


def _forward(row: Row) -> str:
    return row.findings[0].status.value + _sizes(row.findings[:1]) if row.findings else "–"


def _gradient(row: Row) -> str:
    said = {finding.status.value for finding in row.findings[1:]}
    if len(said) == 1:
        names = ", ".join(finding.what for finding in row.findings[1:])
        return f"{said.pop()} (by {names}){_sizes(row.findings[1:])}"
    return ", ".join(f"by {finding.what} {finding.status.value}" for finding in row.findings[1:]) or "–"


def _sizes(findings: Sequence[Finding]) -> str:
    """The sizes at which all of these are proved, which stand before the graph in the scope; empty without sizes."""
    scopes = [finding.detail.split("; ") for finding in findings if finding.status is Status.PROVED]
    said = dict.fromkeys(size for scope in scopes for size in scope[1 : scope.index(GRAPH)])
    return "".join(f"; {size}" for size in said)


def _remark(row: Row) -> str:
    kinks = f"kinks: {row.kinks}" if row.kinks else ""
    within = _within(row)
    reason = "" if row.findings else row.reason
    return "; ".join(filter(None, (reason, row.remark, within, kinks)))


def _within(row: Row) -> str:
    """Where a proof holds, if not everywhere."""
    parts = [part for finding in row.findings for part in finding.detail.split("; ") if finding.status is Status.PROVED]
    return ", ".join(dict.fromkeys(_guard(part) for part in parts if part.startswith("where ") and "≠" not in part))


def _guard(part: str) -> str:
    first, _, others = part.partition(", ")
    return f"{first} and so on" if others else first


def _changes(rows: Iterable[Row]) -> Iterable[str]:
    said = {(row.module, written, meant): None for row in rows for written, meant in row.changes}
    for module, written, meant in said:
        became = f"as `{' '.join(meant.split())}`" if meant else "left out"
        yield f"- `{module}`: `{' '.join(written.split())}` {became}"


def _open(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        for finding in row.findings:
            if finding.status is not Status.PROVED:
                call = f" ({row.call})" if row.call else ""
                what = "forward" if finding.what == "forward" else f"by {finding.what}"
                yield f"- `{row.module}`{call}, {what}, {finding.status.value}: {finding.detail}"
        if row.reading == "in part":
            yield f"- `{row.module}`: of the formula this has no meaning yet: {row.reason}"
