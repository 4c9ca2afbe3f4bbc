"""The right forms from which a slip may have led to what was written: the line before, that line with its derivatives
carried out step by step, and the results of the exercise."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr

from gradproof.derivations.calculus import (
    Condition,
    Delta,
    Different,
    Downstream,
    Entry,
    Equal,
    Partial,
    Tensor,
    Text,
    definitions_in,
    derive,
    free_indices,
)
from gradproof.derivations.calculus.differentiation import depends_on
from gradproof.derivations.meaning import Context, Glossary, Problem
from gradproof.derivations.meaning.references import Unindexable
from gradproof.derivations.notation.reading import read_formula
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Group, Node, Scripts
from gradproof.derivations.slips import named_slip

from .cases import carried_out
from .exercise import Exercise
from .naming import Forms, Pair
from .said import Said, key_of, names_in, translated, variables_of

WRONG_VARIABLE, INNER = named_slip("wrong variable"), named_slip("factor dropped")


def forms_before(
    left: Node, right: Node, glossary: Glossary, exercise: Exercise, asked: tuple[str, ...] | None
) -> tuple[list[Forms], tuple[Condition, ...]]:
    """The forms, nearest first, from which a slip led to the right side; and the conditions under which they hold.

    asked    the letters of the question that the line belongs to, () if it is about arrays, None if it answers nothing
    """
    said = said_once(left, right, glossary)
    if said is None:
        return [], ()
    before, wrote = said.pairs[0]
    near = [before] if before.has(Partial) or wrote.has(Partial) else [before, inserted(before)]
    further = [] if any(isinstance(each, Downstream) for each in said.given) else list(further_on(before, wrote))
    results = [] if asked is None else list(_results(right, glossary, exercise, asked))
    whole = _is_whole(right, wrote, glossary)
    pools: list[list[Pair]] = [[(form, wrote) for form in near], [(form, wrote) for form in further], results]
    found = [Forms(_different(pool, said.given), whole) for pool in pools]
    return [*found, Forms((), whole, tuple(_by_others(said, right, glossary, exercise, asked)))], said.given


def _by_others(
    said: Said, right: Node, glossary: Glossary, exercise: Exercise, asked: tuple[str, ...] | None
) -> Iterator[tuple[str, Pair]]:
    """The derivatives by other variables, carried out: of the line before, and of what was asked.

    By a number on the way to the variable it is the inner derivative that is lost. What has no letter in it, such as 1,
    is a derivative by something or other.
    """
    before, wrote = said.pairs[0]
    if any(isinstance(each, Downstream) for each in said.given) or not wrote.atoms(Entry):
        return
    asking = said_once(exercise.question(asked), right, glossary) if asked else None
    sources = dict.fromkeys((before, *((asking.pairs[0][0],) if asking is not None else ())))
    for source in sources:
        indices = tuple(sorted(free_indices(source) | free_indices(wrote), key=str))
        for wrong in WRONG_VARIABLE.mistakes(source, indices):
            try:
                yield _name_of(source, wrong), (carried_out(wrong), carried_out(wrote))
            except (ValueError, TypeError, NotImplementedError, LookupError):  # then nothing is known of it
                continue


def _name_of(right: Expr, wrong: Expr) -> str:
    """What a derivative by another variable is called."""
    by, other = ({partial.by for partial in side.atoms(Partial)} for side in (right, wrong))
    numbers = [entry.tensor for entry in other - by if not entry.indices]
    inner = any(depends_on(number, each.tensor) for number in numbers for each in by)
    return INNER.name if inner else WRONG_VARIABLE.name


def _different(pool: list[Pair], given: tuple[Condition, ...]) -> tuple[Pair, ...]:
    """Each form once, in the case of the line, without those that are what was written."""
    found = dict.fromkeys(_in_case(form, wrote, given) for form, wrote in pool)
    return tuple((form, wrote) for form, wrote in found if form != wrote)


def inserted(expression: Expr) -> Expr:
    """The same with the definitions of its numbers inserted once: D as Σ p log(p/q)."""
    numbers = {entry: entry.tensor.body() for entry in expression.atoms(Entry) if _is_defined_number(entry)}
    return expression.xreplace(numbers)


def _is_defined_number(entry: Entry) -> bool:
    return not entry.indices and entry.tensor.definition is not None


def further_on(expression: Expr, wrote: Expr) -> Iterator[Expr]:
    """The same with its derivatives carried out: of one derivative each step, else the result.

    Where what was written has derivatives itself, the chain rule goes through what these differentiate.
    """
    try:
        if isinstance(expression, Partial):
            through = _through(expression, wrote)
            yield from (step.after for step in derive(
                expression.expression, expression.by, title=Text("", ""), through=through
            ).steps)  # fmt: skip
        elif expression.has(Partial):
            yield carried_out(expression)
    except (ValueError, TypeError, NotImplementedError, LookupError):  # then there is no such form
        return


def in_cases(forms: list[Forms], right: Node, given: tuple[Condition, ...]) -> list[tuple[list[Forms], Condition]]:
    """The forms in each of the cases that the right side tells apart; [] where it tells none, or more than two."""
    written = [pair[1] for form in forms for pair in form.pairs]
    deltas = {delta for wrote in written for delta in wrote.atoms(Delta) if set(delta.args) <= free_indices(wrote)}
    if len(deltas) != 1 or not any(isinstance(node, s.Cases) for node in s.walk(right)):
        return []
    first, second = deltas.pop().args
    return [
        ([Forms(_different(list(form.pairs), (*given, case)), form.whole) for form in forms], case)
        for case in (Equal(first, second), Different(first, second))
    ]


def _through(partial: Partial, wrote: Expr) -> tuple[Tensor, ...]:
    """What is differentiated in what was written and stands between the two ends of a derivative."""
    kept = {each.expression.tensor for each in wrote.atoms(Partial) if isinstance(each.expression, Entry)}
    between = set(definitions_in(partial.expression)) - partial.expression.atoms(Tensor) - {partial.by.tensor}
    return tuple(tensor for tensor in between if tensor in kept and depends_on(tensor, partial.by.tensor))


def _results(right: Node, glossary: Glossary, exercise: Exercise, asked: tuple[str, ...]) -> Iterator[Pair]:
    """The results in the letters of the line; of arrays, in the letters that their axes are given."""
    letters = asked or tuple(str(index.name) for index in exercise.letters)
    if not asked and exercise.letters:
        match exercise.statement:
            case Partial(expression=Entry(indices=of), by=Entry(indices=by)):
                axes = read_formula(f"x_{{{' '.join(str(index.name) for index in (*of, *by))}}}")
                assert isinstance(axes, Scripts)
                right = Scripts(Group("(", right), axes.lower, None)
            case _:
                return
    for answer in exercise.answers(letters):
        said = said_once(answer, right, glossary)
        if said is not None:
            yield said.pairs[0]


def said_once(left: Node, right: Node, glossary: Glossary) -> Said | None:
    """A relation as one claim about names that are known; None if it is none, or rests on more."""
    try:
        said = translated(left, right, glossary.copy(), variables_of(left, glossary))
    except (Problem, Unindexable):
        return None
    return said if len(said.pairs) == 1 and not said.free and not said.assumed else None


def _downstream(said: Said) -> bool:
    return any(isinstance(each, Downstream) for each in said.given)


def _is_whole(right: Node, wrote: Expr, glossary: Glossary) -> bool:
    """Whether every quantity that was written still stands in the expression."""
    context = Context(glossary)
    keys = {key_of(context, name) for name in names_in(right)}
    heads = {key[0] for key in keys if key is not None and glossary.knows(*key)}
    seen = {str(entry.tensor.name) for entry in wrote.atoms(Entry)}
    seen |= {str(entry.tensor.name) for tensor in definitions_in(wrote) for entry in tensor.definition[1].atoms(Entry)}
    return heads <= seen


def _in_case(right: Expr, wrote: Expr, given: tuple[Condition, ...]) -> Pair:
    """Both in the case of the line: δ is 1 or 0 there, and equal indices are one."""
    for each in given:
        match each:
            case Equal(first=first, second=second):
                right, wrote = (side.xreplace({second: first}) for side in (right, wrote))
            case Different(first=first, second=second):
                right, wrote = (side.xreplace({Delta(first, second): 0}) for side in (right, wrote))
    return right, wrote
