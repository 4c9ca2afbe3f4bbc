"""A further language: its texts are shown, what it lacks stays English and is counted, and a slip in it is named."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Text, Translation
from gradproof.notes import OverlayError, build, html, latex, read_overlay
from gradproof.notes.overlay import all_texts, different_texts, template

FRENCH = """
language = "fr"
[texts]
"notes.contents" = "Table des matières"
"notes.range" = "{indices} de 1 à {size}"
"entry.softmax_jacobian.title" = "La matrice jacobienne de softmax"
"rule.quotient" = "règle du quotient"
"verdict.none.label" = "non vérifié"
"""


def overlay_of(text: str, folder: Path) -> Path:
    file = folder / "fr.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_its_texts_are_shown_and_the_rest_is_english(jacobian: Derivation, tmp_path: Path) -> None:
    overlay = read_overlay(overlay_of(FRENCH, tmp_path))
    assert overlay.language == "fr" and len(overlay.missing) == len(different_texts()) - 5
    document = build([jacobian], {}, overlay.language)
    page, source = html(document), latex(document)
    assert '<html lang="fr">' in page and "pdflang={fr}" in source
    for said in ("Table des matières", "La matrice jacobienne de softmax", "règle du quotient", "non vérifié"):
        assert said in page and said in source
    assert "de 1 à" in page and "insert the definition" in page and "quotient rule" not in page
    assert re.findall(r"[\u4e00-\u9fff]", page) == []


def test_the_template_holds_every_text_and_is_an_overlay(tmp_path: Path) -> None:
    written = subprocess.run(
        [sys.executable, "-m", "gradproof.notes.overlay", "fr"], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    assert written == template("fr")
    assert read_overlay(overlay_of(written, tmp_path)).missing == tuple(different_texts())
    full = overlay_of(re.sub(r"^# ", "", written, flags=re.MULTILINE), tmp_path)
    assert tomllib.loads(full.read_text(encoding="utf-8"))["texts"] == {
        name: text.en for name, text in different_texts().items()
    }
    assert read_overlay(full).missing == ()


def test_everything_that_the_notes_take_from_the_catalogue_has_an_id() -> None:
    texts = set(all_texts().values())
    for entry in catalogue.derivations():
        steps = [step for part in entry.walk() for step in part.steps]
        assert {entry.title, *entry.remarks, *(rule.text for step in steps for rule in step.rules)} <= texts


def test_a_text_with_two_ids_is_translated_once(tmp_path: Path) -> None:
    assert set(different_texts().values()) == set(all_texts().values())
    assert "notes.no_report" in different_texts() and "verdict.none.label" not in different_texts()
    two = FRENCH + '"notes.no_report" = "pas vérifié"'
    with pytest.raises(OverlayError, match="translated otherwise"):
        read_overlay(overlay_of(two, tmp_path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'language = "fr"\n[texts]\n"notes.contentz" = "x"',
            "'notes.contentz'; the nearest is 'notes.contents'",
        ),
        ('language = "fr"\n[texts]\n"notes.range" = "{indices}"', "has to hold {indices}, {size} in braces"),
        ('language = "fr"\n[texts]\n"notes.contents" = "{x}"', "has to hold nothing in braces"),
        ('language = "fr"\n[texts]\n"notes.contents" = 1', "is not a text"),
        ('language = "zh"\n[texts]', "code of a further language"),
        ('language = "f/../r"\n[texts]', "code of a further language"),
        ('language = "fr"\ntexts = 3', "and a table [texts]"),
        ('language = "fr"\n[texts]\n[more]', "and nothing else"),
        ("language = ", "cannot be read"),
    ],
)
def test_a_slip_in_the_file_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(OverlayError, match=re.escape(said)) as error:
        read_overlay(overlay_of(text, tmp_path))
    assert "fr.toml" in str(error.value)


def test_a_text_is_in_no_other_language() -> None:
    text = Text("mean", "均值")
    assert text.in_language(Translation("fr", {text: "moyenne"})) == "moyenne"
    assert text.in_language(Translation("de", {})) == "mean"
    with pytest.raises(ValueError, match="fr"):
        text.in_language("fr")
