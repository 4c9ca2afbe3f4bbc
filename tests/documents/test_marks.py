"""What comments and front matter say to gradproof, in every kind of file."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradproof.documents import Declared, Document, Handling, Passage, read_document, text_document

FILES = {
    "a.tex": "% gradproof: y = \\sigma(z)\n% gradproof: skip\ntext $u$\n$$a = b$$\n% gradproof: expect-wrong\n"
    "%gradproof: label eq1\n\\[c = d\\] $e = f$\n",
    "a.md": "<!-- gradproof: y = \\sigma(z) -->\n<!-- gradproof:\nskip -->\ntext $u$\n$$a = b$$\n\n"
    "<!-- gradproof: expect-wrong\n label eq1 -->\n$$c = d$$ $e = f$\n",
    "a.py": "# gradproof: y = \\sigma(z)\n# gradproof: skip\n# text $u$\n# $$a = b$$\n# gradproof: expect-wrong\n"
    '# gradproof: label eq1\ndef f():\n    """\n    .. math:: c = d\n\n    $e = f$\n    """\n',
}


def write(folder: Path, name: str, text: str) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_document(path, name)


@pytest.mark.parametrize("name", FILES)
def test_marks_concern_the_next_statement(name: str, tmp_path: Path) -> None:
    document = write(tmp_path, name, FILES[name])
    found = [(p.text.strip(), p.handling, p.label) for p in document.passages]
    assert found == [
        ("u", Handling.CHECK, ""),
        ("a = b", Handling.SKIP, ""),
        ("c = d", Handling.EXPECT_WRONG, "eq1"),
        ("e = f", Handling.CHECK, ""),
    ]
    (declared,) = [part for part in document.parts if isinstance(part, Declared)]
    assert declared.lines == (r"y = \sigma(z)",)
    line = FILES[name].split("\n")[declared.places[0].line - 1]
    assert line[declared.places[0].column - 1 :].startswith(r"y = \sigma(z)")


def test_an_order_marks_its_formula_and_a_declaration_marks_none(tmp_path: Path) -> None:
    text = "<!-- gradproof: b : R -->\n$$a = b$$\n<!-- gradproof: {} -->\n$$c = d$$ $e = f$\n"
    for order in ("check", "skip", "expect-wrong", "label eq1"):
        document = write(tmp_path, "a.md", text.format(order))
        assert [passage.marked for passage in document.passages] == [False, True, False]
        assert not document.faults


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tex", "$a = b$\n% gradproof: check\n$c$ % gradproof: label x\n"),
        ("a.md", "$a = b$\n<!-- gradproof: check -->\n$c$ <!-- gradproof: label x -->\n"),
        ("a.py", "# $a = b$\n# gradproof: check\n# $c$\n# gradproof: label x\n"),
        (
            "a.ipynb",
            '{"cells": [{"cell_type": "markdown", "source": "\\n<!-- gradproof: check -->"},'
            ' {"cell_type": "code", "source": "# gradproof: label x"}]}',
        ),
    ],
)
def test_a_mark_that_no_formula_follows_is_a_fault(name: str, text: str, tmp_path: Path) -> None:
    (fault,) = write(tmp_path, name, text).faults
    assert "there is none" in fault.message and fault.place.line == 2
    (fault,) = text_document("$$a = b$$\n<!-- gradproof: skip -->").faults
    assert fault.place.line == 2


def test_marks_within_a_block_concern_the_block(tmp_path: Path) -> None:
    text = "\\begin{align}\n a &= b \\\\ % gradproof: expect-wrong\n % gradproof: b : R\n c &= d\n\\end{align}\n"
    declared, passage = write(tmp_path, "a.tex", text).parts
    assert isinstance(declared, Declared) and declared.lines == ("b : R",)
    assert isinstance(passage, Passage) and passage.handling is Handling.EXPECT_WRONG


def test_a_declaration_stands_where_it_counts_from(tmp_path: Path) -> None:
    parts = write(tmp_path, "a.tex", "$$a = b$$\n% gradproof: b : R\n$$c = d$$").parts
    assert [type(part).__name__ for part in parts] == ["Passage", "Declared", "Passage"]


def test_front_matter_declares(tmp_path: Path) -> None:
    text = "---\ntitle: x\ngradproof: |\n  X : N x d\n\n  y = X w\nother: 1\n---\n$$a = b$$\n"
    declared, _ = write(tmp_path, "a.md", text).parts
    assert isinstance(declared, Declared)
    assert declared.lines == ("X : N x d", "y = X w")
    assert [(p.line, p.column) for p in declared.places] == [(4, 3), (6, 3)]


@pytest.mark.parametrize("comment", ["% gradproofs: skip", "% see gradproof: skip", "% skip"])
def test_other_comments_say_nothing(comment: str, tmp_path: Path) -> None:
    (passage,) = write(tmp_path, "a.tex", f"{comment}\n$$a = b$$").passages
    assert passage.handling is Handling.CHECK
