"""Equality of lists of scalar expressions: no sizes, no indices, only scalars.

It is the proof at given sizes for what was written out already, such as the graph of a program at one size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b

from sympy import Expr, Symbol

from gradproof.derivations.calculus import Condition, Negative, NonZero, Positive, sign, step

from ..evaluation import Unsupported
from ..verdict import Budget, Evidence, Verdict
from .context import Context
from .every_size import CANDIDATE
from .prepare import prepared
from .proof import Differs, known_positive
from .sized import Question, Tally, decide, in_words, underived

NAME = "scalars"
#: Operations on field elements that one unit of a budget's work stands for.
_WORK = 100


def equal_scalars(
    left: Sequence[Expr],
    right: Sequence[Expr],
    given: tuple[Condition, ...] = (),
    budget: Budget | None = None,
    seed: int = 0,
) -> Evidence:
    """PROVED if every expression on the left equals its partner on the right for all values of their scalars that meet
    the conditions; else UNDECIDED with the reason in `detail`. Raises ValueError for lists of different lengths.

    Scalars can have domains (positive, between 0 and 1, 0 or 1); `given` adds Positive, Negative and NonZero.
    """
    pairs = list(zip(left, right, strict=True))
    try:
        question = _question(pairs, given)
        tally = Tally((budget or Budget()).work * _WORK)
        decide(question, {}, {}, (seed, *(fingerprint(side) for pair in pairs for side in pair)), tally)
    except Unsupported as why:
        return Evidence(NAME, Verdict.UNDECIDED, detail=str(why), seed=seed)
    except Differs:
        return Evidence(NAME, Verdict.UNDECIDED, detail=CANDIDATE, seed=seed)
    if not tally.effective:
        return Evidence(NAME, Verdict.UNDECIDED, detail="no values meet the conditions", seed=seed)
    scope = "every value of the variables"
    return Evidence(NAME, Verdict.PROVED, scope, in_words(tally), len(pairs), len(pairs), bound=tally.bound, seed=seed)


def _question(pairs: list[tuple[Expr, Expr]], given: tuple[Condition, ...]) -> Question:
    context = Context(signs=True)
    context = replace(context, known=known_positive(given, context))
    regions = [condition for condition in given if isinstance(condition, (Positive, Negative, NonZero))]
    return Question(
        tuple(prepared(first - second, context) for first, second in pairs),
        tuple(sorted(context.known, key=str)),
        tuple(prepared(c.expression, context) for c in regions if isinstance(c, NonZero)),
        tuple(underived(side) for pair in pairs for side in pair),
        at_kinks=any(side.has(step, sign) for pair in pairs for side in pair),
    )


@lru_cache(maxsize=1 << 16)
def fingerprint(expression: Expr) -> str:
    """A digest of an expression, the same in every run; a part that occurs many times is read once."""
    if isinstance(expression, Symbol) or not expression.args:
        text = f"{type(expression).__name__} {expression}"
    else:
        text = f"{type(expression).__name__}({','.join(map(fingerprint, expression.args))})"
    return blake2b(text.encode(), digest_size=16).hexdigest()
