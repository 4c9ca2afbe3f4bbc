"""The catalogue: every file is found, every entry is whole, and names can be guessed."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import gradproof.derivations.catalogue as catalogue
from gradproof.derivations.calculus import Derivation, Dim, Text, Vector, derive
from gradproof.derivations.catalogue import UnknownDerivation, chapters, derivations, find, names
from gradproof.derivations.notation import latex, text

FOLDER = Path(catalogue.__file__).parent
FILES = sorted(path for path in FOLDER.rglob("*.py") if path.name != "__init__.py")
PARTS = [part for entry in derivations() for part in entry.walk()]


def test_every_file_is_an_entry() -> None:
    """Each file holds a derivation that the catalogue lists, and they hold all that it lists."""
    assert len(FILES) > 30
    listed: set[str] = set()
    for path in FILES:
        module = import_module(f"{catalogue.__name__}.{path.parent.name}.{path.stem}")
        held = {name for name, item in vars(module).items() if isinstance(item, Derivation) and find(name) is item}
        assert held, f"{path.name} holds no entry that is listed"
        listed |= held
    assert listed == set(names())


def test_the_chapters_are_those_of_the_course() -> None:
    """Fourteen chapters in the order of the course, and the forms to compute with after them."""
    assert [chapter.name for chapter in chapters()][-1] == "stability"
    assert len(chapters()) == 15
    assert all(len(chapter.derivations) >= 3 for chapter in chapters())


def test_what_a_derivation_rests_on_is_read_before_it() -> None:
    read: set[str] = set()
    rested = 0
    for entry in derivations():
        needed = {name for part in entry.walk() for step in part.steps for name in step.lemmas}
        assert needed <= read, f"{entry.name} comes before {sorted(needed - read)}"
        rested += bool(needed)
        read.add(entry.name)
    assert rested > 20


def test_what_is_often_misread_is_said_in_both_languages() -> None:
    remarks = [remark for chapter in chapters() for remark in chapter.misread]
    assert len(remarks) > 10
    for remark in remarks:
        assert remark.en.strip() and re.search(r"[一-鿿]", remark.zh)
        assert not re.search(r"[一-鿿]", remark.en)


def test_every_folder_is_a_chapter() -> None:
    folders = {path.parent.name for path in FILES}
    assert folders == {chapter.name for chapter in chapters()}
    assert sum(len(chapter.derivations) for chapter in chapters()) == len(names()) == len(set(names()))


def test_the_reading_order_names_files() -> None:
    for chapter in chapters():
        package = import_module(f"{catalogue.__name__}.{chapter.name}")
        files = {path.stem for path in FILES if path.parent.name == chapter.name}
        assert set(package.READING_ORDER) <= files
        assert len(set(package.READING_ORDER)) == len(package.READING_ORDER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_formula_is_typed_as_latex(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "\\" not in source
    assert "$" not in source
    assert source.startswith('"""')


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_an_entry_is_whole(part: Derivation) -> None:
    assert part.steps
    assert part.result == part.steps[-1].after
    assert part.statement == part.steps[0].before
    for before, after in zip(part.steps, part.steps[1:], strict=False):
        assert after.before == before.after
    assert all(step.before != step.after and step.rules for step in part.steps)
    assert len({step.id for step in part.steps}) == len(part.steps)
    assert len({step.id[0] for step in part.steps}) == 1, "the letter tells branches apart"
    if "." not in part.name and not part.result.is_Number:
        assert part.textbook is not None, "the form in textbooks is what a reader compares with"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_titles_and_remarks_are_in_both_languages(part: Derivation) -> None:
    for words in (part.title, *part.remarks, *(rule.text for step in part.steps for rule in step.rules)):
        assert words.en.strip() and words.zh.strip()
    assert part.title.en != part.title.zh or part.title.en == "Softmax"
    assert re.search(r"[一-鿿]", part.title.zh) or part.title.zh.isascii()
    assert not re.search(r"[一-鿿]", part.title.en)


def test_titles_tell_entries_apart() -> None:
    for language in ("en", "zh"):
        titles = [entry.title.in_language(language) for entry in derivations()]
        assert sorted(titles) == sorted(set(titles))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_line_can_be_written(part: Derivation) -> None:
    for expression in (part.statement, *(step.after for step in part.steps)):
        assert latex(expression)
        assert text(expression)


def test_the_words_are_in_the_languages_that_there_are() -> None:
    words = Text("one", "一")
    assert (words.in_language("en"), words.in_language("zh")) == ("one", "一")
    with pytest.raises(ValueError, match="no texts in 'fr'; the languages are en and zh"):
        words.in_language("fr")


def test_an_unknown_name_gets_the_nearest_ones() -> None:
    with pytest.raises(UnknownDerivation, match=r"named 'softmax_jacobi'; the nearest are softmax_jacobian"):
        find("softmax_jacobi")
    with pytest.raises(UnknownDerivation) as error:
        find("zzzzzzzz")
    assert "nearest" not in str(error.value)
    assert "gradproof list" in str(error.value)


def test_branches_are_found_by_name() -> None:
    branch = find("softmax_jacobian.off_diagonal")
    assert branch in find("softmax_jacobian").branches
    assert branch.name not in names()


def _entry(name: str) -> Derivation:
    n = Dim("n")
    i, j = n.indices("i j")
    x = Vector("x", n)
    return derive(x[i] ** 2, x[j], name=name, title=Text("A square", "平方"))


def test_a_file_without_a_derivation_is_refused() -> None:
    module = ModuleType("empty")
    module._hidden = _entry("hidden")
    with pytest.raises(ValueError, match="empty holds no derivation"):
        catalogue._derivations_of(module)


def test_a_derivation_is_named_like_its_variable() -> None:
    module = ModuleType("chapter.square")
    module.square = _entry("cube")
    with pytest.raises(ValueError, match="the derivation 'cube' is held by the variable 'square'"):
        catalogue._derivations_of(module)
    module.square = _entry("square")
    assert [entry.name for entry in catalogue._derivations_of(module)] == ["square"]
