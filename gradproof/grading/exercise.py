"""An exercise: an entry of the catalogue as a submission is compared with it.

What the entry declares, defines, asks for and finds is written as LaTeX and read again by the reader that reads the
submission, so that both stand in one language. An entry of which the reader does not prove, as it was read, that the
question has this result is no exercise: nobody is graded against something that was misread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sympy import Expr

from gradproof.derivations.calculus import (
    Derivation,
    Domain,
    Downstream,
    Entry,
    Index,
    Limit,
    NonZero,
    Partial,
    Positive,
    Relation,
    Rule,
    Tensor,
    Text,
    Untied,
    definitions_in,
    free_indices,
)
from gradproof.derivations.calculus.differentiation import depends_on
from gradproof.derivations.calculus.functions import Applied
from gradproof.derivations.meaning import BadDeclaration, Glossary, Problem, declared
from gradproof.derivations.meaning.references import INDEX_LETTERS, Unindexable
from gradproof.derivations.notation import latex, tree_latex
from gradproof.derivations.notation.names import written
from gradproof.derivations.notation.reading import read_formula
from gradproof.derivations.notation.reading.syntax import Node

from .judge import Judge, Surroundings
from .milestones import Milestone
from .said import variables_of
from .status import LineReport, LineStatus

_DOMAINS = {
    Domain.REAL: "", Domain.POSITIVE: ">0", Domain.UNIT: "(0,1)", Domain.SIMPLEX: "simplex",
    Domain.ONE_HOT: "onehot", Domain.BINARY: "bits", Domain.SUMS_TO_ONE: "sums-to-one",
}  # fmt: skip


class NoExercise(ValueError):  # noqa: N818 - it is said to the grader
    """An entry that nothing can be graded against yet; the message says why."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A line of the way to the result: its name, such as A2, the rules that led to it, and what it is."""

    id: str
    rules: tuple[Rule, ...]
    formula: Expr


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is asked and what is found, as expressions; `declarations` are the lines that a submission starts from.

    statement   what is derived, such as ∂p_i/∂z_j
    forms       the forms of the result that the entry knows
    stages      a way to the result, for rubrics that speak of its lines
    milestones  what a rubric asks for
    """

    name: str
    title: Text
    declarations: str
    statement: Expr
    forms: tuple[Expr, ...]
    stages: tuple[Stage, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    @property
    def letters(self) -> tuple[Index, ...]:
        """The free indices of the question, by name."""
        return tuple(sorted(free_indices(self.statement), key=lambda index: str(index.name)))

    @property
    def keeps_derivatives(self) -> bool:
        """Whether the result itself has derivatives, such as those of an arbitrary loss."""
        return all(has_derivative(form) for form in self.forms)

    def question(self, letters: tuple[str, ...]) -> Node:
        """The question with other letters for its indices."""
        return as_read(self.statement, self.letters, letters)

    def answers(self, letters: tuple[str, ...]) -> tuple[Node, ...]:
        return tuple(as_read(form, self.letters, letters) for form in self.forms)

    def as_arrays(self) -> Node | None:
        """The question without indices, such as ∂p/∂z; None where it is no derivative of all entries by all entries."""
        match self.statement:
            case Partial(expression=Entry() as of, by=by) if len({*of.indices, *by.indices}) == len(self.letters):
                if not self.letters:
                    return None
                return read_formula(rf"\frac{{\partial {_name(of.tensor)}}}{{\partial {_name(by.tensor)}}}")
        return None


def exercise(derivation: Derivation) -> Exercise:
    """The exercise of an entry. Raises NoExercise."""
    if derivation.relation is not Relation.EQUAL:
        raise NoExercise(f"{derivation.name} is an inequality: it cannot be graded yet")
    forms = tuple(dict.fromkeys(form for form in (derivation.textbook, derivation.result) if form is not None))
    stages = tuple(Stage(step.id, step.rules, step.after) for step in derivation.steps)
    found = Exercise(derivation.name, derivation.title, _known(derivation), derivation.statement, forms, stages)
    problem = unproved(found)
    if problem:
        raise NoExercise(f"{derivation.name} cannot be graded yet: {problem}")
    return found


def unproved(exercise: Exercise) -> str:
    """Why an exercise is not proved once it was written as LaTeX and read again; empty if it is."""
    try:
        glossary, _ = declared(exercise.declarations)
        letters = tuple(str(index.name) for index in exercise.letters)
        question = exercise.question(letters)
        reports = [related(question, answer, glossary, Judge(explain=False)) for answer in exercise.answers(letters)]
    except (BadDeclaration, Problem, Unindexable, ValueError) as problem:
        return str(problem)
    if any(report.status is not LineStatus.PROVED for report in reports):
        return "as it is read, its result is not proved"
    return ""


def related(left: Node, right: Node, glossary: Glossary, judge: Judge) -> LineReport:
    """Whether two formulas are equal."""
    own = glossary.copy()
    return judge.pair(left, right, "=", Surroundings(own, (), variables_of(left, own) | variables_of(right, own)))


def has_derivative(expression: Expr) -> bool:
    """Whether a derivative or a limit that is not carried out stands in it, or in a definition that it uses."""
    bodies = (tensor.definition[1] for tensor in definitions_in(expression))
    return any(bool(part.atoms(Partial, Limit)) for part in (expression, *bodies))


@lru_cache(1 << 10)
def as_read(expression: Expr, letters: tuple[Index, ...], others: tuple[str, ...]) -> Node:
    """An expression, with other letters for indices, as the reader reads it once it is written as LaTeX."""
    renamed = {index: Index(other, index.dim) for index, other in zip(letters, others, strict=True)}
    return read_formula(latex(expression.xreplace(renamed)))


def _name(tensor: Tensor) -> str:
    return tree_latex(written(str(tensor.name)))


def _known(derivation: Derivation) -> str:
    """What a submission may take as known. Raises NoExercise for a condition that cannot be left out or declared.

    Conditions on numbers are declared. That no entry is at a kink (x_i ≠ 0), or that a maximum has no tie, is left out:
    it would speak of a letter that others use otherwise. The result is proved without it, and nothing is refuted there.
    """
    known = [declarations_of(derivation)]
    for given in derivation.given:
        match given:
            case NonZero(expression) | Positive(expression) if not free_indices(expression):
                known.append(f"{latex(expression)} {'>' if isinstance(given, Positive) else chr(92) + 'ne'} 0")
            case Downstream() | NonZero() | Untied():
                pass
            case _:
                raise NoExercise(f"{derivation.name} is said for a case only: it cannot be graded yet")
    return "\n".join(known)


def declarations_of(derivation: Derivation) -> str:
    """The lines that declare and define what stands in an entry, as a text would declare it, without its conditions."""
    through = [given for given in derivation.given if isinstance(given, Downstream)]
    outer = [Entry(tensor, *tensor.definition[0]) for given in through for tensor in given.through if tensor.definition]
    lines = [derivation.statement, derivation.result, derivation.textbook, *outer]
    expressions = [line for line in lines if line is not None]
    defined = tuple(dict.fromkeys(tensor for line in expressions for tensor in definitions_in(line)))
    depending = {given.value.tensor: given for given in through if given.value.tensor not in defined}
    bodies = [*expressions, *(tensor.definition[1] for tensor in defined)]
    tensors = {tensor for body in bodies for tensor in body.atoms(Tensor)} - {*defined, *depending}
    functions = sorted({str(applied.name) for body in bodies for applied in body.atoms(Applied)})
    return "\n".join(
        [
            *(_declared(tensor) for tensor in sorted(tensors, key=lambda tensor: str(tensor.name))),
            *(f"{_name(Tensor(name))} : R -> R" for name in functions),
            *_ranges(derivation.statement),
            *(_dependence(given) for given in depending.values()),
            *_definitions(defined),
            *_written_with_argument(derivation, defined),
        ]
    )


def _ranges(statement: Expr) -> Iterator[str]:
    """Letters that are read as indices only if they are said to be."""
    for index in sorted(free_indices(statement), key=lambda index: str(index.name)):
        if str(index.name) not in INDEX_LETTERS:
            yield f"{index.name} : 1..{index.dim.name}"


def _dependence(given: Downstream) -> str:
    name = _name(given.value.tensor)
    return f"{name} = {name}({', '.join(_name(tensor) for tensor in given.through)})"


def _written_with_argument(derivation: Derivation, defined: tuple[Tensor, ...]) -> Iterator[str]:
    """σ(x) for a quantity σ that depends on what is differentiated by."""
    if derivation.by is not None:
        for tensor in defined:
            adjoint = bool(tensor.definition[1].atoms(Partial))
            if depends_on(tensor, derivation.by.tensor) and tensor is not derivation.by.tensor and not adjoint:
                yield f"{_name(tensor)} = {_name(tensor)}({_name(derivation.by.tensor)})"


def _declared(tensor: Tensor) -> str:
    shape = " x ".join(str(dim.name) for dim in tensor.dims)
    return f"{_name(tensor)} : {f'{_DOMAINS[tensor.domain]} {shape}'.strip() or 'R'}"


def _definitions(defined: tuple[Tensor, ...]) -> Iterator[str]:
    for tensor in defined:
        indices, body = tensor.definition
        yield f"{latex(Entry(tensor, *indices))} = {latex(body)}"
