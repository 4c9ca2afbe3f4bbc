"""Scopes of verdicts in the language of the notes. Evidence carries them in English, in parts joined by "; "."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gradproof.derivations.notation.names import written

from .tree import Formula, Prose

#: What the checks write, and how it is said in Chinese; a part that no line fits stays as it is.
_PARTS: tuple[tuple[str, str], ...] = (
    (r"every value of the variables", "对变量的任意取值"),
    (r"every differentiable function (?P<rest>.+)", "对任意可微函数 {rest}"),
    (
        r"every (?P<value>\S+) that depends on the rest through (?P<through>.+) only",
        "对任意只通过 {through} 依赖其余量的 {value}",
    ),
    (r"away from the kinks", "尖点除外"),
    (r"away from ties", "并列除外"),
    (r"every (?P<sizes>[^ ;]+(?:, [^ ;]+)*)", "对任意 {sizes}"),
    (r"exactly", "精确"),
    (r"(?P<points>\d+) points, (?P<rest>.+)", "{points} 个点，{rest}"),
    (r"(?P<points>\d+) points", "{points} 个点"),
    (r"the backward pass of (?P<operation>.+)", "{operation} 的反向传播"),
    (r"float64 graph on (?P<device>.+)", "{device} 上的 float64 计算图"),
    (r"where (?P<region>.+) and (?P<rest>\d+) more", "在 {region} 及另外 {rest} 个条件下"),
    (r"where (?P<region>.+)", "在 {region} 处"),
    (r"any shift in the place of the maximum", "最大值可换成任意平移量"),
)


def translated(scope: str, language: str) -> str:
    """A scope in the language."""
    if language != "zh":
        return _grouped(scope)
    return _grouped("；".join(_part(part) for part in scope.split("; ")))


def _part(part: str) -> str:
    for pattern, chinese in _PARTS:
        found = re.fullmatch(pattern, part)
        if found:
            return chinese.format(**found.groupdict())
    return part


def _grouped(text: str) -> str:
    return re.sub(r"\d{4,}", lambda digits: f"{int(digits[0]):,}", text)


def sizes_of(scope: str) -> tuple[str, ...]:
    """The sizes in "every m, n; …"; empty if the scope names none."""
    found = re.match(r"every (\w+(?:, \w+)*)(?:;|$)", scope)
    return tuple(found[1].split(", ")) if found else ()


def symbols_of(scope: str) -> tuple[str, ...]:
    """The names of sizes and functions in a scope."""
    functions = re.findall(r"every differentiable function (\w+(?:, \w+)*)", scope)
    return (*sizes_of(scope), *(name for found in functions for name in found.split(", ")))


def with_symbols(text: str, names: Sequence[str]) -> Prose:
    """A text in which these names are formulas."""
    if not names:
        return (text,)
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    parts = re.split(rf"(?<![A-Za-z0-9_])({known})(?![A-Za-z0-9_])", text)
    return tuple(Formula(written(part)) if place % 2 else part for place, part in enumerate(parts) if part)


def joint_scope(scopes: tuple[str, ...]) -> str:
    """What proofs of several lines cover together: every size that any of them names, with the reservations of all.

    The conditions of a section (what depends on what) stand beside it and are left out.
    """
    sizes = dict.fromkeys(size for scope in scopes for size in sizes_of(scope))
    parts = [f"every {', '.join(sorted(sizes))}"] if sizes else []
    kept = ("every differentiable function", "away from")
    parts += dict.fromkeys(part for scope in scopes for part in scope.split("; ") if part.startswith(kept))
    if not parts:
        parts = list(dict.fromkeys(scope for scope in scopes if scope))
    return "; ".join(parts)


def without_count(scope: str) -> str:
    """A scope without its number of points, which differs from line to line: "float64, cpu"."""
    return re.sub(r"^\d+ points(?:, )?", "", scope)
