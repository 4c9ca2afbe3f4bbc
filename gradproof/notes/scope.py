"""Scopes of verdicts in the language of the notes. Evidence carries them in English, in parts joined by "; "."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from gradproof.derivations.calculus import Text
from gradproof.derivations.notation.names import written

from .tree import Formula, Prose
from .wording import words

#: What the checks write, and how it is said; a part that no pattern fits stays as it is.
SCOPES: Mapping[str, tuple[str, Text]] = MappingProxyType(
    {
        "all_data": (r"every value of the variables", Text("every value of the variables", "对变量的任意取值")),
        "functions": (
            r"every differentiable function (?P<names>.+)",
            Text("every differentiable function {names}", "对任意可微函数 {names}"),
        ),
        "downstream": (
            r"every (?P<value>\S+) that depends on the rest through (?P<through>.+) only",
            Text(
                "every {value} that depends on the rest through {through} only",
                "对任意只通过 {through} 依赖其余量的 {value}",
            ),
        ),
        "kinks": (r"away from the kinks", Text("away from the kinks", "尖点除外")),
        "ties": (r"away from ties", Text("away from ties", "并列除外")),
        "sizes": (r"every (?P<sizes>[^ ;]+(?:, [^ ;]+)*)", Text("every {sizes}", "对任意 {sizes}")),
        "exactly": (r"exactly", Text("exactly", "精确")),
        "points": (
            r"(?P<points>\d+) points, float64 and (?P<enclosures>.+)",
            Text("{points} points, float64 and {enclosures}", "{points} 个点，float64 与 {enclosures}"),
        ),
        "points_on": (
            r"(?P<points>\d+) points, (?P<kind>.+)",
            Text("{points} points, {kind}", "{points} 个点，{kind}"),
        ),
        "points_only": (r"(?P<points>\d+) points", Text("{points} points", "{points} 个点")),
        "enclosures": (
            r"float64 and (?P<enclosures>.+)",
            Text("float64 and {enclosures}", "float64 与 {enclosures}"),
        ),
        "backward": (
            r"the backward pass of (?P<operation>.+)",
            Text("the backward pass of {operation}", "{operation} 的反向传播"),
        ),
        "graph": (
            r"float64 graph on (?P<device>.+)",
            Text("float64 graph on {device}", "{device} 上的 float64 计算图"),
        ),
        "regions": (
            r"where (?P<region>.+) and (?P<more>\d+) more",
            Text("where {region} and {more} more", "在 {region} 及另外 {more} 个条件下"),
        ),
        "region": (r"where (?P<region>.+)", Text("where {region}", "在 {region} 处")),
        "any_shift": (
            r"any shift in the place of the maximum",
            Text("any shift in the place of the maximum", "最大值可换成任意平移量"),
        ),
    }
)


def translated(scope: str, language: str) -> str:
    """A scope in the language."""
    return _grouped(words("separator", language).join(_part(part, language) for part in scope.split("; ")))


def _part(part: str, language: str) -> str:
    for pattern, text in SCOPES.values():
        found = re.fullmatch(pattern, part)
        if found:
            return text.in_language(language).format(**found.groupdict())
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
