"""What we say about a module of torch.nn: how it is called, and how its docstring names what it is called with.

No formula of a module stands here. A specification ties names: the letter α of the docstring is the argument `alpha`,
which is 5/4 in this call; the label y_n is the row n of a one-hot array.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Spec:
    """One way to call a module, and how to read its docstring for it.

    module        the name of the class in torch.nn
    defines       what stands at the left of the formula: "ELU" for ELU(x) = …, "l" for l_n = …; of a formula without
                  a left side how it begins, with a backslash
    operation     the call: from Torch and tensors by their names to a tensor
    declarations  of the names in the formula, in the language of declarations (`gradproof.derivations.meaning`)
    by            the names of the tensors by which is differentiated
    call          what is special about the call, as a reader of the table sees it
    which         which of several formulas with this left side, counted from 0; None for all of them
    words         names of several letters that stand in the formula without \\text
    labels        a label and the one-hot array for which it stands, with the index of its rows if there is one
    defined       names that the docstring defines elsewhere: the number α of SELU, the distance d
    reduction     "mean" or "sum", if the call reduces and the docstring has a formula for this as well
    spelled       parts of the formula that are no mathematics or are misspelled, and how they are read
    remark        what a reader should know besides
    """

    module: str
    defines: str
    operation: Callable[..., Any]
    declarations: str = "x : R"
    by: tuple[str, ...] = ("x",)
    call: str = ""
    which: int | None = None
    words: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    defined: frozenset[str] = frozenset()
    reduction: str = ""
    spelled: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Untied:
    """A module whose docstring has no formula that could be tied to it, with the reason as one sentence."""

    module: str
    reason: str
