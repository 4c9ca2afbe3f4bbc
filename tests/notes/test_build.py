"""The document tree: every entry is there, every line has the verdict of its own claim, and nothing else has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Dim, Downstream, NonZero, Text, Vector
from gradproof.derivations.notation import Layout, tree_text
from gradproof.notes import ForeignReportError, build
from gradproof.notes.tree import Document, Formula, Prose
from gradproof.notes.verdicts import counts_sentence
from gradproof.verify.verdict import Evidence, Report, Verdict

from .conftest import Reported


def said(prose: Prose) -> str:
    return "".join(tree_text(part.tree) if isinstance(part, Formula) else part for part in prose)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_entry_is_a_section(language: str, whole: dict[str, Document]) -> None:
    document = whole[language]
    assert [section.name for section in document.sections()] == list(catalogue.names())
    assert [chapter.title for chapter in document.chapters] == [
        chapter.title.in_language(language) for chapter in catalogue.chapters()
    ]
    for section, derivation in zip(document.sections(), catalogue.derivations(), strict=True):
        assert [row.id for row in section.steps.rows] == [step.id for step in derivation.steps]
        assert len(section.cases) == len(derivation.branches)
        assert section.remarks == tuple(remark.in_language(language) for remark in derivation.remarks)
        assert all(row.reasons for row in section.steps.rows)


def test_without_reports_nothing_is_said_to_be_checked(jacobian: Derivation) -> None:
    document = build([jacobian], {}, "en")
    (section,) = document.sections()
    assert [(badge.verdict, said(badge.text)) for badge in section.badges] == [(None, "not checked")]
    assert {row.mark.verdict for row in section.steps.rows} == {None}
    assert document.counts == ((None, 25),)
    assert document.checked.methods == ()


def test_each_row_has_the_verdict_of_its_own_claim(jacobian: Derivation, reported: Reported) -> None:
    reports = reported(
        jacobian,
        softmax_jacobian_A3=Verdict.REFUTED,
        softmax_jacobian_A4=Verdict.AGREES,
        softmax_jacobian_off_diagonal_C2=Verdict.UNDECIDED,
        softmax_jacobian_A6=None,
    )
    document = build([jacobian], {jacobian.name: reports}, "en")
    (section,) = document.sections()
    marks = {row.id: row.mark.verdict for row in section.steps.rows}
    marks |= {row.id: row.mark.verdict for case in section.cases for row in case.steps.rows}
    odd = {name: verdict for name, verdict in marks.items() if verdict is not Verdict.PROVED}
    assert odd == {"A3": Verdict.REFUTED, "A4": Verdict.AGREES, "C2": Verdict.UNDECIDED, "A6": None}
    assert len(marks) == 18
    texts = [said(badge.text) for badge in section.badges]
    assert texts == [
        "21 of 25 lines proved, every n",
        "1 of 25 lines: agrees (no proof)",
        "1 of 25 lines: refuted",
        "1 of 25 lines: not decided",
        "1 of 25 lines: not checked",
    ]
    (counterexample,) = section.counterexamples
    assert counterexample.startswith("softmax_jacobian:A3") and "n = 2" in counterexample and "0.75" in counterexample


def test_a_badge_says_proved_only_of_proofs(jacobian: Derivation, reported: Reported) -> None:
    for verdict in Verdict:
        reports = [
            Report(report.claim, (replace(report.evidence[0], verdict=verdict),)) for report in reported(jacobian)
        ]
        (section,) = build([jacobian], {jacobian.name: reports}, "en").sections()
        proved = [said(badge.text) for badge in section.badges if "proved" in said(badge.text)]
        assert proved == (["all 25 lines proved, every n"] if verdict is Verdict.PROVED else [])
        assert {badge.verdict for badge in section.badges} == {verdict}


def test_numeric_checks_of_the_result_have_badges_with_scope(jacobian: Derivation, reported: Reported) -> None:
    tried = Evidence("balls", Verdict.AGREES, scope="7000 points, float64, cpu", worst=0.314, device="cpu")
    absent = Evidence("Torch autograd", Verdict.UNAVAILABLE, detail="no torch")
    reports = [
        replace(report, evidence=(*report.evidence, tried, absent)) if report.claim.name.endswith(":result") else report
        for report in reported(jacobian)
    ]
    (section,) = build([jacobian], {jacobian.name: reports}, "en").sections()
    texts = [said(badge.text) for badge in section.badges]
    assert "float64 with proved bounds · 7,000 points, float64 · largest error 0.31 of the bound" in texts
    assert "Torch autograd · not available here" in texts


def test_a_report_on_another_formula_is_refused(jacobian: Derivation, reported: Reported) -> None:
    step = jacobian.steps[2]
    changed = replace(jacobian, steps=(*jacobian.steps[:2], replace(step, after=2 * step.after), *jacobian.steps[3:]))
    with pytest.raises(ForeignReportError, match="softmax_jacobian:A3"):
        build([changed], {changed.name: reported(jacobian)}, "en")
    other = catalogue.find("tanh_derivative")
    with pytest.raises(ForeignReportError, match="tanh_derivative"):
        build([jacobian], {jacobian.name: reported(other)}, "en")


def test_references_lead_to_sections_that_are_there() -> None:
    entropy = catalogue.find("entropy_gradient_by_logits")
    (alone,) = build([entropy], {}, "en").sections()
    lemmas = [lemma for row in alone.steps.rows for lemma in row.lemmas]
    assert [(lemma.anchor, lemma.text) for lemma in lemmas] == [("", "The Jacobian of softmax")]
    both = build([catalogue.find("softmax_jacobian"), entropy], {}, "en")
    lemmas = [lemma for section in both.sections() for row in section.steps.rows for lemma in row.lemmas]
    assert [(lemma.anchor, lemma.text) for lemma in lemmas] == [("softmax_jacobian", "7.1 The Jacobian of softmax")]


def test_conditions_in_words() -> None:
    conditions = {
        kind: next(
            (derivation, condition)
            for derivation in catalogue.derivations()
            for condition in derivation.given
            if isinstance(condition, kind)
        )
        for kind in (NonZero, Downstream)
    }
    assert set(conditions) == {NonZero, Downstream}
    (section,) = build([catalogue.find("norm_gradient")], {}, "en").sections()
    assert [said(condition) for condition in section.conditions] == ["r ≠ 0"]
    (section,) = build([catalogue.find("layer_weights")], {}, "zh").sections()
    assert [said(condition) for condition in section.conditions] == ["E 只通过 z 可微地依赖于其余各量"]


def test_symbols_and_shapes(jacobian: Derivation) -> None:
    (section,) = build([jacobian], {}, "en").sections()
    rows = [(tree_text(row.symbol), said(row.meaning), row.domain, said(row.shape)) for row in section.symbols]
    assert rows == [("z", "variable", "real", "n"), ("p", "defined below", "positive, sum 1", "n")]
    assert said(section.ranges) == (
        "i, j from 1 to n. δ_ij is 1 if i = j, else 0. Numerator layout: row i, column j of ∂p/∂z is ∂p_i/∂z_j."
    )
    (layer,) = build([catalogue.find("hidden_layer_hidden_weights")], {}, "en").sections()
    shapes = {tree_text(row.symbol): said(row.shape) for row in layer.symbols}
    assert shapes["W^(1)"] == "I × J" and shapes["E"] == "scalar"


def test_both_layouts_where_they_differ(jacobian: Derivation) -> None:
    (section,) = build([jacobian], {}, "en").sections()
    assert [form.layout for form in section.matrix] == [""], "a symmetric matrix is one for both layouts"
    (section,) = build([catalogue.find("cross_entropy_gradient")], {}, "en").sections()
    shown = [(form.layout, tree_text(form.formula)) for form in section.matrix]
    assert shown == [
        ("numerator layout", "∂L/∂z = (p − y)ᵀ"),
        ("denominator layout", "∂L/∂z = p − y"),
    ]


def test_numbers_are_those_of_the_course_in_every_selection(whole: dict[str, Document]) -> None:
    everywhere = {section.name: section.number for section in whole["en"].sections()}
    assert everywhere["softmax_jacobian"] == "7.1" and len(set(everywhere.values())) == len(everywhere)
    chosen = ["entropy_gradient_by_logits", "tanh_derivative"]
    document = build(map(catalogue.find, chosen), {}, "en")
    assert {section.name: section.number for section in document.sections()} == {
        name: everywhere[name] for name in chosen
    }
    assert [chapter.number for chapter in document.chapters] == [
        everywhere[chapter.sections[0].name].partition(".")[0] for chapter in document.chapters
    ]


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_one_layout_where_one_is_asked_for(layout: Layout, jacobian: Derivation) -> None:
    gradient = catalogue.find("cross_entropy_gradient")
    (section,) = build([gradient], {}, "en", layout=layout).sections()
    assert [form.layout for form in section.matrix] == [f"{layout} layout"]
    (section,) = build([jacobian], {}, "en", layout=layout).sections()
    assert [form.layout for form in section.matrix] == [""], "where both agree, it is shown in either"


def test_what_is_not_of_the_catalogue_has_a_chapter_too() -> None:
    n = Dim("n")
    x = Vector("x", n)
    own = Derivation("mine", Text("Mine", "我的"), x[n.index("i")], (n.index("i"),), ())
    document = build([own, catalogue.find("tanh_derivative")], {}, "en")
    assert [(chapter.title, [s.name for s in chapter.sections]) for chapter in document.chapters] == [
        ("Derivations", ["mine"]),
        ("Activation functions", ["tanh_derivative"]),
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_often_misread_stands_with_its_chapter(language: str, whole: dict[str, Document]) -> None:
    for chapter, known in zip(whole[language].chapters, catalogue.chapters(), strict=True):
        assert chapter.misread == tuple(remark.in_language(language) for remark in known.misread)
    assert sum(1 for chapter in whole[language].chapters if chapter.misread) > 10


def test_a_part_of_a_chapter_has_no_remarks_on_the_rest() -> None:
    norms = next(chapter for chapter in catalogue.chapters() if chapter.name == "norms")
    (part,) = build(norms.derivations[1:], {}, "en").chapters
    assert norms.misread and part.misread == ()


def test_a_constant_is_no_program(whole: dict[str, Document]) -> None:
    listed = {section.name: len(section.listings) for section in whole["en"].sections()}
    assert listed["sigmoid_derivative_bound"] == listed["kl_nonnegative"] == 0
    assert catalogue.find("kl_nonnegative").reference is not None
    assert listed["mean_gradient"] == listed["softmax_jacobian"] == listed["exp_at_least_tangent"] == 1


def test_any_function_of_what_it_depends_on() -> None:
    (section,) = build([catalogue.find("directional_derivative")], {}, "en").sections()
    meanings = {tree_text(symbol.symbol): said(symbol.meaning) for symbol in section.symbols}
    assert meanings["f"] == "any differentiable function of x"
    (section,) = build([catalogue.find("chain_rule")], {}, "zh").sections()
    meanings = {tree_text(symbol.symbol): said(symbol.meaning) for symbol in section.symbols}
    assert meanings["φ"] == meanings["ψ"] == "任意可微函数"
    assert "函数的导数" in section.steps.rows[1].reasons


def test_an_unknown_language_is_refused(jacobian: Derivation) -> None:
    with pytest.raises(ValueError, match=r"'fr'.*en, zh"):
        build([jacobian], {}, "fr")


def test_methods_are_counted(jacobian: Derivation, reported: Reported) -> None:
    reports = reported(jacobian, softmax_jacobian_A4=Verdict.AGREES)
    checked = build([jacobian], {jacobian.name: reports}, "en").checked
    proof, numeric = checked.methods
    assert (proof.name, proof.claims, proof.verdicts) == ("every size", 24, ((Verdict.PROVED, 24),))
    assert proof.bound == 24 * 2.0**-60  # a sum of equal powers of two, which is exact
    assert (numeric.scope, numeric.worst, numeric.drawn) == ("float64, cpu", 0.25, 5)
    assert checked.seeds == (0,) and checked.versions == (("numpy", "2.0"),)


def test_functions_in_use_are_defined_at_a_variable_of_their_own() -> None:
    def equations(name: str) -> list[str]:
        (section,) = build([catalogue.find(name)], {}, "en").sections()
        return [tree_text(equation) for equation in section.definitions]

    assert "σ(u) = 1/(1 + e^(−u))" in equations("perceptron_delta")
    assert any(equation == "xlogx(u) = u log u" for equation in equations("entropy_of_one_hot"))
    assert not any(equation.startswith("σ(") for equation in equations("softmax_jacobian"))


def test_the_form_of_textbooks_is_a_whole_line(whole: dict[str, Document]) -> None:
    (norm,) = [section for section in whole["en"].sections() if section.name == "mse_of_norm"]
    assert norm.textbook is not None
    assert tree_text(norm.textbook.formula) == "r²/n = L"
    shown = [section for section in whole["en"].sections() if section.textbook]
    assert len(shown) > 5
    assert all(tree_text(each.textbook.formula).startswith(tree_text(each.steps.statement)) for each in shown)


def test_that_all_lines_are_proved_is_said_in_fewer_words(jacobian: Derivation, reported: Reported) -> None:
    some = {"softmax_jacobian_A3": Verdict.AGREES}
    proved, mixed = (
        counts_sentence(build([jacobian], {jacobian.name: reported(jacobian, **odd)}, "en"), "en") for odd in ({}, some)
    )
    assert proved == "All 25 lines are proved."
    assert mixed == "Of 25 lines: 24 proved; 1 agrees (no proof)."
