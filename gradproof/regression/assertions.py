"""Assertions about one's own code, for one's own tests.

A function is run on symbols, and what it returns is its formula; that a hand-written derivative is the derivative of
the formula is then proved at several sizes, or refuted at an exact point. Code that cannot be read in this way is
compared with finite differences within their own error, and the result says so.

Arguments are described by `strategies`, or by example arrays, whose sizes are taken for variables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import methodcaller
from typing import Any

from gradproof.verify.verdict import Budget, Evidence, Verdict

from . import formulas
from .checked import Checked, Difference
from .code import Weighted, code_of, shape_of_result
from .comparison import Comparison
from .confirming import arguments_at
from .deciding import Refuted
from .diagnosis import known_slip
from .formulas import is_formula
from .proving import METHOD, prove
from .sampling import sample
from .settings import Descriptions
from .strategies import Description, described
from .torch_code import TorchBackward, is_torch, parameters_of

#: How an array of weights is called that a backward pass gets first.
UPSTREAM = "upstream"
#: In pytest's traceback of an assertion that does not hold, the last line is that of the test.
__tracebackhide__ = methodcaller("errisinstance", AssertionError)


def assert_identity(lhs: Any, rhs: Any, /, *, seed: int = 0, **arguments: Any) -> Checked:
    """That two functions return the same array wherever the second one is defined; or that two formulas are equal.

    lhs, rhs    functions of NumPy arrays, code of Torch, or formulas of SymPy and of gradproof
    seed        chooses the points and primes
    arguments   describe the arguments by name, with `strategies` or example arrays; formulas have none

    Returns what is known, PROVED or AGREES. Raises RefutedError, DisagreementError or UndecidedError (see `Checked`),
    WrongShapeError for an array of another shape, TypeError for arguments that nothing describes.
    """
    if is_formula(lhs) or is_formula(rhs):
        _require_no(arguments)
        return formulas.identity(lhs, rhs, seed)
    given = _described(arguments)
    first, second = code_of(lhs, tuple(given), "left"), code_of(rhs, tuple(given), "right")
    subject = f"that {first.name} is {second.name}"
    return _checked(Comparison(subject, first, second, given), seed)


def assert_gradient(
    f: Any, grad_f: Any, /, *, by: Any = None, seed: int = 0, **arguments: Any
) -> Checked:
    """That `grad_f` returns the gradient of `f`, which returns one number.

    by    the argument by which `f` is differentiated, the first one by default; of several, `grad_f` returns a tuple of
          arrays in this order, or a dictionary
    f, grad_f, seed, arguments    as in `assert_identity`

    The gradient has the shape of the argument. Of a formula `f` of SymPy, `grad_f` is one formula, or one for each
    symbol of `by`.

    Returns what is known, PROVED or AGREES. Raises RefutedError, DisagreementError or UndecidedError (see `Checked`),
    WrongShapeError for an array of another shape, TypeError for arguments that nothing describes.
    """
    return _derivative("gradient", f, grad_f, by, seed, arguments, order=1, single=True)


def assert_jacobian(
    f: Any, jacobian: Any, /, *, by: Any = None, seed: int = 0, **arguments: Any
) -> Checked:
    """That `jacobian` returns ∂f_i/∂x_j, in an array whose shape is that of `f` followed by that of x.

    f, jacobian, by, seed, arguments    as in `assert_gradient`

    Returns what is known, PROVED or AGREES. Raises RefutedError, DisagreementError or UndecidedError (see `Checked`),
    WrongShapeError for an array of another shape, TypeError for arguments that nothing describes.
    """
    return _derivative("Jacobian", f, jacobian, by, seed, arguments, order=1, single=False)


def assert_hessian(
    f: Any, hessian: Any, /, *, by: Any = None, seed: int = 0, **arguments: Any
) -> Checked:
    """That `hessian` returns ∂²f/∂x_i∂x_j of a function that returns one number; its shape is twice that of x.

    f, hessian, by, seed, arguments    as in `assert_gradient`

    Returns what is known, PROVED or AGREES. Raises RefutedError, DisagreementError or UndecidedError (see `Checked`),
    WrongShapeError for an array of another shape, TypeError for arguments that nothing describes.
    """
    return _derivative("Hessian", f, hessian, by, seed, arguments, order=2, single=True)


def assert_backward(
    forward: Any,
    backward: Callable[..., Any] | None = None,
    /,
    *,
    by: str | Sequence[str] | None = None,
    seed: int = 0,
    upstream: Any = None,
    **arguments: Any,
) -> Checked:
    """That `backward(upstream, …)` returns the gradients of a loss, given its gradient by what `forward(…)` returns.

    forward     a function of NumPy arrays; or a `torch.autograd.Function`, a `torch.nn.Module` or other code of Torch,
                whose own backward pass is then checked, a module's by its parameters, too
    by          the arguments for which a gradient is returned: all real ones by default, in the order in which they
                are described
    upstream    describes the gradient from above, if its shape cannot be told from running `forward`
    backward    called with the gradient from above and then the arguments; left out for code of Torch
    seed, arguments   as in `assert_identity`

    Each gradient has the shape of its argument.

    Returns what is known, PROVED or AGREES. Raises RefutedError, DisagreementError or UndecidedError (see `Checked`),
    WrongShapeError for an array of another shape, TypeError for arguments that nothing describes.
    """
    given = _described(arguments)
    every = {**given, **parameters_of(forward)} if backward is None else given
    function = code_of(forward, tuple(every))
    weights = {UPSTREAM: described(UPSTREAM, upstream) if upstream is not None else shape_of_result(function, every)}
    names = _by(by if by is not None else [name for name, one in every.items() if _varies(one)], every)
    subject = f"the backward pass of {function.name} by {', '.join(names)}"
    if backward is not None:
        claimed = code_of(backward, (UPSTREAM, *every), "backward")
    elif is_torch(forward):
        claimed = TorchBackward(forward, tuple(every), upstream=UPSTREAM, by=names)
    else:
        raise TypeError(f"{function.name} is no code of Torch, so that its backward pass must be given, too")
    weighted = Weighted(function, UPSTREAM)
    return _checked(Comparison(subject, claimed, weighted, {**weights, **every}, names, order=1, single=True), seed)


def _derivative(
    what: str,
    f: Any,
    claimed: Any,
    by: Any,
    seed: int,
    arguments: dict[str, Any],
    order: int,
    single: bool,
) -> Checked:
    if is_formula(f):
        _require_no(arguments)
        return formulas.derivative(what, f, claimed, by, order, seed)
    given = _described(arguments)
    names = _by(by, given)
    function = code_of(f, tuple(given))
    subject = f"the {what} of {function.name} by {', '.join(names)}"
    comparison = Comparison(subject, code_of(claimed, tuple(given), what), function, given, names, order, single)
    return _checked(comparison, seed)


def _checked(comparison: Comparison, seed: int) -> Checked:
    proof = prove(comparison, seed, Budget())
    refuted = proof.decider.refuted
    if refuted is not None:
        difference = _difference(comparison, refuted)
        return Checked(comparison.subject, (_refutation(refuted, seed),), difference=difference).or_raise()
    evidence = proof.evidence()
    if proof.late or (proof.done and not proof.open):
        return Checked(comparison.subject, evidence).or_raise()
    sampled = sample(comparison, seed)
    reason = "; ".join(dict.fromkeys(proof.open))
    every = (*evidence, sampled.evidence())
    return Checked(comparison.subject, every, reason, sampled.difference).or_raise()


def _refutation(refuted: Refuted, seed: int) -> Evidence:
    scope = ", ".join(f"{dim.name} = {size}" for dim, size in refuted.setting.sizes.items())
    point = replace(refuted.point, sizes={str(dim.name): size for dim, size in refuted.setting.sizes.items()})
    return Evidence(METHOD, Verdict.REFUTED, scope, str(point), seed=seed, counterexample=point)


def _difference(comparison: Comparison, refuted: Refuted) -> Difference:
    sizes = {str(dim.name): size for dim, size in refuted.setting.sizes.items()}
    arguments = arguments_at(refuted.setting, refuted.point)
    slip = known_slip(comparison)
    return Difference(refuted.place.name, sizes, arguments, refuted.point.lhs, refuted.point.rhs, slip)


def _described(arguments: dict[str, Any]) -> dict[str, Description]:
    if not arguments:
        raise TypeError(
            "nothing is said of the arguments; describe each by its name, such as x=strategies.logits('n'), "
            "or give an example array"
        )
    return {name: described(name, argument) for name, argument in arguments.items()}


def _require_no(arguments: dict[str, Any]) -> None:
    if arguments:
        raise TypeError(f"formulas have symbols and no arguments; {', '.join(arguments)} is of no use here")


def _varies(description: Description) -> bool:
    return description.classes is None and description.domain.value not in ("one-hot", "0 or 1")


def _by(by: str | Sequence[str] | None, given: Descriptions) -> tuple[str, ...]:
    """The arguments by which is differentiated. Raises ValueError for one that is unknown, or that does not vary."""
    names = (next(iter(given)),) if by is None else (by,) if isinstance(by, str) else tuple(by)
    for name in names:
        if name not in given:
            raise ValueError(f"by={name!r}: there is no such argument; there are {', '.join(given)}")
        if not _varies(given[name]):
            raise ValueError(f"{name} has no derivatives, since it is not any real number; choose others with by=…")
    return names
