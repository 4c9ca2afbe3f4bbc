"""Figures: drawn from the entries, the same bytes each time, without words, and absent without matplotlib."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from sympy import S

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Activation, Partial, Scalar, Text, derive
from gradproof.notes import build, html, latex
from gradproof.notes.figures import Figure, figures_of
from gradproof.notes.figures.choices import CHOICES
from gradproof.notes.figures.drawing import INK, MUTE, stand_alone
from gradproof.notes.figures.values import values_of
from gradproof.notes.lessons import Lesson
from gradproof.notes.tree import Document


@pytest.fixture(scope="module")
def drawn(lessons_taught: dict[str, Lesson]) -> list[Figure]:
    return [figure for found in lessons_taught.values() for figure in found.figures]


def test_every_choice_is_an_entry_and_has_a_figure(lessons_taught: dict[str, Lesson]) -> None:
    assert set(CHOICES) <= set(lessons_taught)
    assert all(len(lessons_taught[name].figures) == 1 for name in CHOICES)


def test_curves_are_drawn_by_themselves(lessons_taught: dict[str, Lesson]) -> None:
    (figure,) = lessons_taught["sigmoid_derivative"].figures
    assert "0.25" in figure.alternative("en") and "0.25" in figure.alternative("zh")
    assert figures_of(catalogue.find("softmax_shift")) == ()


def test_what_is_drawn_are_the_values() -> None:
    sigmoid = catalogue.find("sigmoid_derivative")
    x = next(tensor for tensor in sigmoid.statement.by.tensor.atoms(type(sigmoid.statement.by.tensor)))
    across = np.linspace(-4, 4, 9)
    expected = 1 / (1 + np.exp(-across))
    for expression, values in ((sigmoid.statement.expression, expected), (sigmoid.result, expected * (1 - expected))):
        drawn = values_of(expression, {x: across})
        assert (np.abs(drawn - values) <= 16 * np.spacing(values)).all()  # a few roundings


def test_the_same_figure_is_the_same_bytes(lessons_taught: dict[str, Lesson]) -> None:
    for name in ("sigmoid_derivative", "mse_gradient"):
        assert figures_of(catalogue.find(name)) == lessons_taught[name].figures


def test_another_result_is_another_figure(lessons_taught: dict[str, Lesson]) -> None:
    sigmoid = catalogue.find("sigmoid_derivative")
    step = sigmoid.steps[-1]
    doubled = replace(sigmoid, steps=(*sigmoid.steps[:-1], replace(step, after=2 * step.after)))
    (figure,) = figures_of(doubled)
    assert figure.svg != lessons_taught["sigmoid_derivative"].figures[0].svg
    assert "0.50" in figure.alternative("en").partition("derivative")[2]


def test_drawings_have_no_words_no_dates_and_names_of_their_own(drawn: list[Figure]) -> None:
    names: list[str] = []
    for figure in drawn:
        root = ElementTree.fromstring(figure.svg)
        assert not any(element.tag == "text" for element in root.iter())
        names += re.findall(r'\bid="([^"]+)"', figure.svg)
        assert set(re.findall(r"#(?![0-9a-f]{6}\b)([^)\"]+)", figure.svg)) <= set(names)
        assert "http" not in figure.svg and "date" not in figure.svg.lower()
        assert "var(--ink)" in figure.svg or "var(--mute)" in figure.svg, "it follows light and dark"
        assert figure.pdf.startswith(b"%PDF-") and b"CreationDate" not in figure.pdf
    assert len(names) == len(set(names))


def test_a_drawing_in_a_file_of_its_own_needs_nothing_of_a_page(drawn: list[Figure]) -> None:
    for figure in drawn:
        alone = stand_alone(figure.svg)
        root = ElementTree.fromstring(alone)
        assert {element.tag.partition("}")[0] for element in root.iter()} == {"{http://www.w3.org/2000/svg"}
        assert "var(" not in alone and (INK in alone or MUTE in alone)


def test_lines_differ_by_more_than_colour(lessons_taught: dict[str, Lesson]) -> None:
    (figure,) = lessons_taught["sigmoid_derivative"].figures
    dashes = {found for found in re.findall(r"stroke-dasharray: ([^;\"]+)", figure.svg)}
    assert dashes, "one of the two curves is dashed"


def test_a_saddle_has_its_surface() -> None:
    x, y = Scalar("x"), Scalar("y")
    for far in (S.Zero, Scalar("t") * Scalar("u")):  # also of a line through the surface, at its start
        own = derive((x + far) ** 2 - y**2, by=x, name="saddle_slope", title=Text("A saddle", "鞍点"))
        (figure,) = figures_of(own)
        assert figure.name == "saddle_slope-surface" and "−4.00 and 4.00" in figure.alternative("en")
    assert figures_of(replace(own, statement=Partial(own.statement, x))) == (), "of a second derivative it says nothing"


def test_an_activation_that_may_be_any_has_no_curve() -> None:
    x = Scalar("x")
    own = derive(Activation("phi")(x), by=x, name="own", title=Text("Any", "任意"))
    assert figures_of(own) == ()


def test_curves_are_drawn_where_they_have_a_shape() -> None:
    x = Scalar("x")
    own = derive(x**4 / 4 + x**3 / 3 - x**2, by=x, name="own", title=Text("Two minima", "两个极小值"))
    (figure,) = figures_of(own)
    assert "(−3, 2.25)" in figure.alternative("en")


def test_figures_have_captions_and_alternatives_in_both_languages(taught: dict[str, Document]) -> None:
    for language, document in taught.items():
        pictures = [picture for section in document.sections() for picture in section.pictures]
        assert len(pictures) == 5
        assert all(len(picture.alternative) > 15 and picture.caption for picture in pictures)
        assert all(bool(re.search("[\u4e00-\u9fff]", picture.caption)) is (language == "zh") for picture in pictures)
        file = latex(document)
        assert file.count(r"\gppicture{figures/") == len(pictures)


def test_without_matplotlib_nothing_is_drawn_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "matplotlib" else found(name))
    sigmoid = catalogue.find("sigmoid_derivative")
    assert figures_of(sigmoid) == ()
    document = build([sigmoid], {}, "en", lessons={sigmoid.name: Lesson()})
    assert document.undrawn
    for printed in (html(document), latex(document)):
        assert "matplotlib is not installed" in printed
    assert not build([sigmoid], {}, "en").undrawn, "where no figure was asked for, none is missing"
