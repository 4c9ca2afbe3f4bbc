"""A lecturer's own symbols: renaming there and back changes nothing, renamed lines are proved, and nothing clashes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Text
from gradproof.derivations.calculus.renaming import names_in, renamed
from gradproof.derivations.notation import derivation_text, tree_text
from gradproof.notes import SymbolError, build, in_own_symbols
from gradproof.notes.lessons import lesson_of
from gradproof.verify.check import verify_derivation
from gradproof.verify.verdict import Verdict


def bare(derivation: Derivation) -> Derivation:
    """Without the functions that speak of the old names."""
    branches = tuple(map(bare, derivation.branches))
    return replace(derivation, reference=None, operation=None, branches=branches)


@pytest.mark.parametrize("name", catalogue.names())
def test_there_and_back_is_the_same(name: str) -> None:
    derivation = catalogue.find(name)
    there = {old: f"q{place}" for place, old in enumerate(sorted(names_in(derivation)))}
    strange = renamed(derivation, there)
    assert strange != bare(derivation)
    assert names_in(strange) == set(there.values())
    assert renamed(strange, {new: old for old, new in there.items()}) == bare(derivation)


@pytest.mark.parametrize(
    ("name", "symbols"),
    [
        ("cross_entropy_gradient", {"z": "o", "y": "t", "p": "y_hat"}),
        ("layer_weights", {"z": "a", "W": "V", "j": "m"}),
        ("layer_delta", {"phi": "f"}),
        ("norm_gradient", {"x": "r", "r": "x"}),
    ],
)
def test_renamed_lines_are_proved_as_they_stand(name: str, symbols: dict[str, str]) -> None:
    if name not in catalogue.names() or not set(symbols) <= names_in(catalogue.find(name)):
        pytest.fail(f"{name} has other symbols: {sorted(names_in(catalogue.find(name)))}")
    (own,) = in_own_symbols([catalogue.find(name)], symbols)
    reports = verify_derivation(own)
    assert {report.verdict for report in reports} == {Verdict.PROVED}
    (section,) = build([own], {name: reports}, "en").sections()
    assert all(row.mark.verdict is Verdict.PROVED for row in section.steps.rows)


def test_what_is_read_is_the_same_but_for_the_letters(jacobian: Derivation) -> None:
    (own,) = in_own_symbols([jacobian], {"z": "o", "p": "y"})
    before, after = (derivation_text(each, width=200) for each in (jacobian, own))
    assert re.sub(r"(?<!\w)[zp](?=_|ᵀ|\b)", lambda found: {"z": "o", "p": "y"}[found[0]], before) == after
    assert "∂y_i/∂o_j" in after


def test_worked_example_and_mistakes_speak_the_same_symbols(jacobian: Derivation) -> None:
    (own,) = in_own_symbols([jacobian], {"z": "o"})
    lesson = lesson_of(own)
    assert lesson.example is not None and set(lesson.example.values) == {"o"}
    (section,) = build([own], {}, "en", lessons={own.name: lesson}).sections()
    assert section.mistakes and all("z" not in tree_text(mistake.formula) for mistake in section.mistakes)


def test_a_swap_is_no_clash() -> None:
    (own,) = in_own_symbols([catalogue.find("norm_gradient")], {"x": "r", "r": "x"})
    assert str(own.statement) != str(catalogue.find("norm_gradient").statement)


@pytest.mark.parametrize(
    ("symbols", "said"),
    [
        ({"z": "p"}, "z cannot be p in softmax_jacobian: p is written so there"),
        ({"z": "t", "p": "t"}, "z cannot be t in softmax_jacobian: p is written so there"),
        ({"q": "t"}, "no derivation here has the symbol 'q'"),
        ({"z": "1"}, "the name '1' cannot be written"),
    ],
)
def test_a_clash_is_refused(jacobian: Derivation, symbols: dict[str, str], said: str) -> None:
    with pytest.raises(SymbolError, match=re.escape(said)):
        in_own_symbols([jacobian], symbols)


def test_one_letter_is_one_letter_however_it_is_spelled(jacobian: Derivation) -> None:
    with pytest.raises(SymbolError, match="z cannot be λ"):
        in_own_symbols([jacobian], {"z": "lambda", "p": "λ"})


def test_a_tensor_is_not_called_like_the_sigmoid() -> None:
    derivation = catalogue.find("hidden_layer_hidden_weights")
    with pytest.raises(SymbolError, match="the function sigmoid is written so there"):
        in_own_symbols([derivation], {"x": "sigma"})


def test_remarks_speak_the_same_symbols(jacobian: Derivation) -> None:
    remark = Text("At x_i = z the code `z` and z² stay a norm.", "当 z_j 与 x 时")
    (own,) = in_own_symbols([replace(jacobian, remarks=(remark,))], {"z": "o", "j": "m"})
    assert own.remarks[0].en.replace("\u00a0", " ") == "At x_i = o the code `z` and o² stay a norm."
    assert own.remarks[0].zh == "当 o_m 与 x 时"
