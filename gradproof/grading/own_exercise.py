"""An exercise that a grader writes: a TOML file, or a LaTeX file with one marked chain from the question to the result.

It is proved, and proved again after what it says was written as LaTeX and read, before anybody is graded against it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from sympy import Expr

from gradproof.derivations.calculus import Text
from gradproof.derivations.meaning import BadDeclaration, Glossary, declared
from gradproof.derivations.notation.reading import Macros
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.documents import Declared, FileProblem, Passage, read_document
from gradproof.documents.files import read_text

from .exercise import Exercise, NoExercise, Stage, unproved
from .rubric.formulas import BadFormula, equal_sides, read_members
from .rubric.tables import BadTable, Table

#: How the chain of a LaTeX file is marked.
LABEL = "exercise"
_NAMES = ("title", "given", "start", "goal", "steps")


@dataclass(frozen=True, slots=True)
class _Chain:
    """What a file says: declarations, and the members from the question to the result, each with its place."""

    title: Text
    given: str
    glossary: Glossary
    members: tuple[Node, ...]
    places: tuple[str, ...]


def own_exercise(path: Path) -> Exercise:
    """The exercise in a .toml or .tex file. Raises NoExercise with a sentence that says why there is none."""
    try:
        chain = _from_toml(path) if path.suffix.lower() == ".toml" else _from_latex(path)
        return _proved(path.stem, chain)
    except (FileProblem, tomllib.TOMLDecodeError, BadTable, BadDeclaration, BadFormula) as problem:
        raise NoExercise(f"{path.name}: {problem}") from problem


def _proved(name: str, chain: _Chain) -> Exercise:
    start = chain.members[0]
    stages: list[Stage] = []
    statement: Expr | None = None
    for number, (member, place) in enumerate(zip(chain.members[1:], chain.places[1:], strict=True), start=1):
        try:
            asked, formula = equal_sides(start, member, chain.glossary)
        except BadFormula as problem:
            raise BadFormula(f"{place} {problem}") from problem
        if statement is not None and asked != statement:  # arrays are given letters anew in each line
            raise BadFormula(f"{place} has other indices than the start; write all of them with indices")
        statement = asked
        stages.append(Stage(str(number), (), formula))
    assert statement is not None, "a chain has a start and a goal"
    found = Exercise(name, chain.title, chain.given, statement, (stages[-1].formula,), tuple(stages))
    missing = unproved(found)
    if missing:
        raise BadFormula(f"it cannot be graded: {missing}")
    return found


def _from_toml(path: Path) -> _Chain:
    table = Table(tomllib.loads(read_text(path)), "the exercise", _NAMES)
    start, goal = table.words("start"), table.words("goal")
    if start is None or goal is None:
        missing = "start" if start is None else "goal"
        raise BadTable(f"{missing} is missing; write start = 'what is asked' and goal = 'the result', both in LaTeX")
    given = table.words("given") or ""
    glossary, macros = declared(given)
    texts = [("start", start), *_steps(table), ("goal", goal)]
    members = tuple(_one(text, name, macros) for name, text in texts)
    places = tuple(f"{name} = '{text}'" for name, text in texts)
    return _Chain(table.text("title", Text(path.stem, path.stem)), given, glossary, members, places)


def _steps(table: Table) -> list[tuple[str, str]]:
    steps = table.data.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        raise BadTable("steps are a list of texts in LaTeX, as in steps = ['…', '…']")
    return [(f"step {number}", step) for number, step in enumerate(steps, start=1)]


def _one(text: str, name: str, macros: Macros) -> Node:
    try:
        members = read_members(text, macros)
    except BadFormula as problem:
        raise BadFormula(f"{name} = '{text}' {problem}") from problem
    if len(members) != 1:
        raise BadFormula(f"{name} = '{text}' is an equation; write the side that belongs there alone")
    return members[0]


def _from_latex(path: Path) -> _Chain:
    document = read_document(path, path.name)
    passages = [part for part in document.passages if part.label == LABEL]
    if len(passages) != 1:
        found = "no display is" if not passages else f"{len(passages)} displays are"
        raise BadTable(
            f"{found} marked; write % gradproof: label {LABEL} before the one from the question to the result"
        )
    passage: Passage = passages[0]
    before = document.parts[: document.parts.index(passage)]
    given = "\n".join(line for part in before if isinstance(part, Declared) for line in part.lines)
    glossary, macros = declared(given, macros=document.macros)
    try:
        members = read_members(passage.text, macros)
    except BadFormula as problem:
        raise BadFormula(f"line {passage.place().line}: the chain {problem}") from problem
    if len(members) < 2:
        raise BadFormula(f"line {passage.place().line}: the chain has no result; write the question = the result")
    places = tuple(f"line {passage.place(member.span.start).line}: this" for member in members)
    return _Chain(Text(path.stem, path.stem), given, glossary, tuple(members), places)
