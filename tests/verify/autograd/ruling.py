"""Rules applied to the arguments of `operations`, exact or uncertain, and what they must enclose."""

from __future__ import annotations

from typing import Any

import torch

from gradproof.verify.autograd.rounding import FORMATS, Enclosed
from gradproof.verify.autograd.rounding.arithmetic import Arithmetic
from gradproof.verify.autograd.rounding.enclosed import Discrete
from gradproof.verify.autograd.rounding.formats import Format
from gradproof.verify.autograd.rounding.rules import RULES

from .operations import ARGUMENTS, run


def arguments(target: str, seed: int = 0) -> dict[str, Any]:
    return ARGUMENTS[target](torch.Generator().manual_seed(seed))


def enclose(arithmetic: Arithmetic, argument: Any, radius: torch.Tensor | None = None) -> Any:
    if not isinstance(argument, torch.Tensor) or not (argument.is_floating_point() or argument.dtype is torch.bool):
        return str(argument).removeprefix("torch.") if isinstance(argument, torch.dtype) else argument
    if argument.dtype is torch.bool:
        return Discrete(argument, torch.zeros_like(argument))
    exact = arithmetic.exact(argument)
    return exact if radius is None else Enclosed(exact.value, radius)


def ruled(target: str, given: dict[str, Any], format: Format, radii: dict[str, torch.Tensor] | None = None) -> Enclosed:
    device = next(part for part in given.values() if isinstance(part, torch.Tensor)).device
    arithmetic = Arithmetic(format, device)
    enclosed = {name: enclose(arithmetic, part, (radii or {}).get(name)) for name, part in given.items()}
    found = RULES[target](arithmetic, **enclosed)
    return arithmetic.enclosed(found[0] if isinstance(found, tuple) else found)


def uncertain_ones(given: dict[str, Any]) -> list[str]:
    """The names of the arguments that rounding can have moved."""
    return [name for name, part in given.items() if isinstance(part, torch.Tensor) and part.is_floating_point()]


def moved(target: str, seed: int, uncertain: str = "") -> tuple[Enclosed, torch.Tensor, torch.Tensor]:
    """The result with its bound, of uncertain arguments; the exact result; and that of arguments like Torch's.

    uncertain    the name of the only uncertain argument; by default all of them are
    """
    draw = torch.Generator().manual_seed(seed)
    given, radii, exact, theirs = arguments(target, seed), {}, {}, {}
    for name, argument in given.items():
        exact[name] = theirs[name] = argument
        if name in uncertain_ones(given) and uncertain in ("", name):
            share = torch.exp2(-18 * torch.rand(argument.shape, generator=draw, dtype=torch.float64) - 1)
            radii[name] = argument.abs() * share
            for part in (exact, theirs):  # both ends are likely: there the bound is met
                way = (3 * torch.rand(argument.shape, generator=draw, dtype=torch.float64) - 1.5).clamp(-1, 1)
                part[name] = (exact[name] if part is theirs else argument) + way * radii[name] * (1 - 2.0**-30)
    return ruled(target, given, FORMATS["float32"], radii), run(target, exact), run(target, theirs)
