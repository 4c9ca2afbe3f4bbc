"""Every sentence that checking and grading can say has a Chinese text: the source is read for all of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradproof.derivations.notation.reading import Unread, read
from gradproof.grading.chinese import TABLES, spoken
from gradproof.grading.status import LineStatus

from .conftest import judge, statements

PACKAGE = Path(__file__).parents[2] / "gradproof"
FOLDERS = ("grading", "documents", "derivations/meaning", "derivations/notation/reading")
#: What says things to graders only, or writes declarations instead of sentences.
APART = ("chinese", "feedback", "rubric", "own_exercise", "classroom", "lexicon", "layers", "proposing", "exercise",
         "understanding", "marks")  # fmt: skip
#: What takes a sentence: a report, an exception, a fault.
SAYS = {
    "LineReport", "Needs", "NotUnderstood", "ShapeClash", "Unreadable", "Unread", "Unindexable", "Fault", "FileProblem",
    "BadDeclaration", "NotExpanded",
}  # fmt: skip
#: What says why a method stops, and what the command says of names and options.
STOPS = {"Unsupported", "NotYetBounded"}
USES = {"CommandError", "NothingHandedIn", "BadNames", "BadSummary", "NoCluster", "NoExercise", "FileProblem"}
NAMES = {"reason", "message", "met"}
#: Modules of commands that have no option --lang for what they say, or say it of other commands.
OTHER_COMMANDS = {
    "app",
    "formats",
    "locking",
    "note_options",
    "noting",
    "selection",
    "showing",
    "stability",
    "verifying",
}
#: Said by `expect`, with words about the place that its callers give.
EXPECTED = "X is expectedX, but X; is a bracket missing?"
APART_FROM = (EXPECTED, "X : R -> R")
#: Texts of several words.
WORDS = re.compile(r"[a-z]{2,} [a-z]|X [a-z]{2,} |[a-z]{2,} X")
#: Two English words side by side, but for what is written in a declaration.
ENGLISH = re.compile(r"\b(?!layout )[a-z]{3,} [a-z]{2,}")
#: One of so many statements of the corpus is judged.
SHARE = 6
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def filled(node: ast.expr) -> Iterator[tuple[int, str]]:
    """The texts in an expression, an X for each part that is filled in."""
    match node:
        case ast.Constant(value=str() as text):
            yield node.lineno, text
        case ast.JoinedStr(values=values):
            yield node.lineno, "".join(str(v.value) if isinstance(v, ast.Constant) else "X" for v in values)
        case _:
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    yield from filled(part)


def texts(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args, keywords=keywords):
            named = [keyword.value for keyword in keywords if name in SAYS or keyword.arg in NAMES]
            return [*(args if name in SAYS else ()), *named]
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() as value) if name.isupper():
            return [value]
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in NAMES:
            return [value]
        case ast.Return(value=ast.Constant() | ast.JoinedStr() | ast.IfExp() as value):
            return [value]
    return []


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """What a module may say: texts of several words."""
    for node in ast.walk(ast.parse(source)):
        for expression in texts(node):
            for line, text in filled(expression):
                if WORDS.search(text) and text not in APART_FROM:
                    yield line, text
        match node:
            case ast.Call(func=ast.Attribute(attr="expect"), args=[_, ast.Constant(value=str() as why)]):
                yield node.lineno, EXPECTED.replace("dX", f"d {why}")


def test_every_sentence_has_a_chinese_text() -> None:
    missing, seen = [], 0
    for folder in FOLDERS:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            if any(each in path.relative_to(PACKAGE).parts or path.stem == each for each in APART):
                continue
            for line, text in sentences(path.read_text(encoding="utf-8")):
                seen += 1
                if not CHINESE.search(spoken(text, "zh")):
                    missing.append(f"{path.relative_to(PACKAGE)}:{line}: {text}")
    assert seen > 200
    assert not missing, "add a Chinese text to a table in grading/chinese for\n" + "\n".join(missing)


def said_by(source: str, takers: set[str]) -> Iterator[tuple[int, str]]:
    """The texts of several words that these are given."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in takers:
                yield from ((line, text) for each in args for line, text in filled(each) if WORDS.search(text))


@pytest.mark.parametrize(
    ("folder", "takers", "least"),
    [
        ("verify/exact", STOPS, 40),
        ("verify/onevariable", STOPS, 8),
        ("verify/asymptotics", STOPS, 8),
        ("verify/arithmetic", STOPS, 5),
        ("verify/intervals", STOPS, 2),
        ("verify/numeric", STOPS, 2),
        ("grading/classroom", USES, 8),
        ("cli", USES, 15),
    ],
)
def test_what_stops_a_proof_or_a_command_has_a_chinese_text(folder: str, takers: set[str], least: int) -> None:
    found = [
        (f"{path.name}:{line}", text)
        for path in sorted((PACKAGE / folder).rglob("*.py"))
        if path.stem not in OTHER_COMMANDS
        for line, text in said_by(path.read_text(encoding="utf-8"), takers)
    ]
    assert len(found) >= least
    assert not [each for each in found if not CHINESE.search(spoken(each[1], "zh"))]


def test_a_sentence_without_a_text_is_found() -> None:
    source = "def f(x):\n    raise Needs(f'a new question about {x}; what is it?', span)\n"
    (found,) = sentences(source)
    assert found == (2, "a new question about X; what is it?")
    assert not CHINESE.search(spoken(found[1], "zh"))


@pytest.mark.parametrize("table", TABLES)
def test_nothing_that_is_filled_in_gets_lost(table: dict[str, str]) -> None:
    for english, chinese in table.items():
        parts = [f"x{number}" for number in range(english.count("{}"))]
        said = chinese.format(*parts)
        assert all(said.count(part) == 1 for part in parts), english
        assert CHINESE.search(said) or said == "PDF", english


def test_what_is_filled_in_is_translated_as_well_and_a_person_s_words_are_not() -> None:
    said = spoken("it could not be compared: the left side is of shape n × n, the right side a number", "zh")
    assert said == "无法比较：左边是形状 n × n，右边是一个数"
    assert spoken("where a > 0; no method decides it", "zh") == "其中 a > 0；没有方法能判定"
    assert spoken("nobody says this; a definition", "zh") == "nobody says this；定义"
    assert spoken("a definition", "en") == "a definition"
    assert spoken("X" * 3000, "zh") == "X" * 3000


@pytest.mark.parametrize("declared", [True, False])
def test_what_is_said_of_the_corpus_has_no_english_left(declared: bool) -> None:
    """A share of the statements, with and without their declarations: reasons and counterexamples."""
    said: set[str] = set()
    for each in statements()[:: SHARE if declared else SHARE + 1]:
        for report in judge(each["line"], each.get("given", "") if declared else ""):
            said |= {report.reason, str(report.counterexample or "")}
    assert len(said) > 20
    left = [each for each in said if ENGLISH.search(spoken(each, "zh"))]
    assert not left, left


def test_english_that_is_left_is_found() -> None:
    assert ENGLISH.search(spoken("nobody says this of X", "zh"))
    assert not ENGLISH.search(spoken("it holds if this is said: layout numerator", "zh"))


def test_statuses() -> None:
    for status in LineStatus:
        assert CHINESE.search(spoken(status.value, "zh"))


@pytest.mark.parametrize(
    "text",
    [r"\frac{\alpha E}{\partial w}", r"\foo", r"\frac{1}{2", r"(a + b", r"a + ", r"\begin{cases} a & i = j", "x_"],
)
def test_what_could_not_be_read(text: str) -> None:
    found = [part.message for part in read(text) if isinstance(part, Unread)]
    assert found
    assert all(CHINESE.search(spoken(message, "zh")) for message in found)


def test_long_texts_of_hostile_people_take_no_time() -> None:
    text = " meets ".join("X" * 3 for _ in range(190)) + "; these operations take arrays of one shape"
    assert CHINESE.search(spoken(text, "zh"))
