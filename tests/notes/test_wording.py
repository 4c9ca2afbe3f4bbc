"""Every word is there in both languages, and what is asked for exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import gradproof.notes
from gradproof.derivations.calculus import Domain, Text
from gradproof.derivations.notation import tree_text
from gradproof.notes.prose import Kind, pieces
from gradproof.notes.scope import joint_scope, symbols_of, translated, with_symbols, without_count
from gradproof.notes.tree import Formula
from gradproof.notes.wording import DOMAINS, LABELS, MARKS, METHODS, SENTENCES, WORDS, method_name, words
from gradproof.verify.verdict import Verdict

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def asked_for() -> set[str]:
    """The keys that the package passes to `words`."""
    found = set()
    for path in Path(gradproof.notes.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "words":
                found |= {n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)}
    return found


def test_every_text_that_is_asked_for_is_there() -> None:
    keys = asked_for()
    assert "contents" in keys and len(keys) > 30, "the search for keys finds them"
    assert keys <= set(WORDS)


@pytest.mark.parametrize("table", [WORDS, LABELS, SENTENCES, DOMAINS], ids=["words", "labels", "sentences", "domains"])
def test_no_text_is_empty_or_in_the_other_language(table: dict[object, Text]) -> None:
    for text in table.values():
        assert text.en.strip() and text.zh.strip()
        assert not CHINESE.search(text.en)
        assert set(re.findall(r"\{\w+\}", text.en)) == set(re.findall(r"\{\w+\}", text.zh))
        same = text.en == text.zh
        assert not same or not re.search(r"[a-z]{3}", text.en)


def test_every_verdict_and_domain_has_its_words() -> None:
    verdicts = {*Verdict, None}
    assert set(LABELS) == set(SENTENCES) == set(MARKS) == verdicts
    assert len(set(MARKS.values())) == len(verdicts), "verdicts differ by shape"
    assert len({text.en for text in LABELS.values()}) == len({text.zh for text in LABELS.values()}) == len(verdicts)
    assert set(DOMAINS) == set(Domain)


def test_the_methods_of_the_checks_have_names() -> None:
    from gradproof.verify.autograd import DTYPES, TorchAutograd
    from gradproof.verify.check import default_methods, methods_on_torch

    torch = [TorchAutograd("cpu", dtype=dtype) for dtype in DTYPES]
    assert {method.name for method in (*default_methods(), *methods_on_torch(), *torch)} <= set(METHODS)
    assert method_name("Coq", "zh") == "Coq"


def test_unknown_words_are_an_error() -> None:
    with pytest.raises(KeyError):
        words("no such text", "en")
    with pytest.raises(ValueError, match="fr"):
        words("contents", "fr")


@pytest.mark.parametrize(
    ("scope", "chinese"),
    [
        ("every m, n", "对任意 m, n"),
        ("every n; every differentiable function φ", "对任意 n；对任意可微函数 φ"),
        ("every I; every E that depends on the rest through z^(2) only", "对任意 I；对任意只通过 z^(2) 依赖其余量的 E"),
        ("every value of the variables; away from the kinks", "对变量的任意取值；尖点除外"),
        ("every n; away from the kinks; away from ties", "对任意 n；尖点除外；并列除外"),
        ("7000 points, float64, cpu", "7,000 个点，float64, cpu"),
        (
            "the backward pass of torch.softmax; n = 1, 2; any shift in the place of the maximum",
            "torch.softmax 的反向传播；n = 1, 2；最大值可换成任意平移量",
        ),
        ("float64 graph on cpu; where x < 20", "cpu 上的 float64 计算图；在 x < 20 处"),
        ("where a > 1, b > 1 and 2 more", "在 a > 1, b > 1 及另外 2 个条件下"),
    ],
)
def test_scopes_are_translated(scope: str, chinese: str) -> None:
    assert translated(scope, "zh") == chinese
    assert translated(scope, "en").replace(",", "") == scope.replace(",", "")


def test_scopes_of_real_proofs_are_translated() -> None:
    from gradproof.derivations import catalogue
    from gradproof.verify.check import claims_of
    from gradproof.verify.exact.every_size import scope

    scopes = {scope(claim) for derivation in catalogue.derivations() for claim in claims_of(derivation)}
    assert len(scopes) > 10
    assert [each for each in scopes if "every" in translated(each, "zh")] == []


def test_joint_scope_keeps_every_reservation() -> None:
    scopes = ("every n", "every m, n; away from the kinks", "every value of the variables")
    assert joint_scope(scopes) == "every m, n; away from the kinks"
    assert joint_scope(("every value of the variables",)) == "every value of the variables"
    assert joint_scope(()) == ""
    assert without_count("7000 points, float64, cuda") == "float64, cuda"


def test_names_in_scopes_are_formulas() -> None:
    scope = "every n_1, m; every differentiable function phi; away from the kinks"
    assert symbols_of(scope) == ("n_1", "m", "phi")
    shown = [tree_text(part.tree) for part in with_symbols(scope, symbols_of(scope)) if isinstance(part, Formula)]
    assert shown == ["n_1", "m", "φ"]


def test_prose_finds_variables_and_leaves_words() -> None:
    found = [(piece.kind, piece.text) for piece in pieces("A kink at x, where p_i and (1/4)^L; I don't say a b-c.")]
    assert [text for kind, text in found if kind is Kind.VARIABLE] == ["x", "p"]
    assert (Kind.SUBSCRIPT, "i") in found
    assert (Kind.SUPERSCRIPT, "L") in found
    code = [(piece.kind, piece.text) for piece in pieces("Torch's `vector_norm(x, 1)` at x")]
    assert (Kind.CODE, "vector_norm(x, 1)") in code and (Kind.VARIABLE, "x") in code
    assert not any(kind is Kind.SUBSCRIPT for kind, _ in code)
    whole = "At x = 0 the σ′ of a one-hot y"
    assert "".join(piece.text for piece in pieces(whole)).replace("\u00a0", " ") == whole
    assert [p.text for p in pieces(whole) if p.kind is Kind.VARIABLE] == ["x", "σ", "y"]
    assert "x\u00a0=\u00a00" in "".join(piece.text for piece in pieces(whole)), "no line break inside x = 0"


def italic(said: str) -> str:
    """The letters that are variables, with a dot between places."""
    return "".join(piece.text if piece.kind is Kind.VARIABLE else "." for piece in pieces(said)).strip(".")


@pytest.mark.parametrize(
    ("said", "variables"),
    [
        ("2Ax only if A is symmetric", "Ax.A"),
        ("A norm is a number; of xᵀAx, a maximum", "x.Ax"),
        ("y log(xw + b), log a and a = 1/2", "y.xw.b.a.a"),
        ("On xy = 1 it is as far", "xy"),
        ("当 A 对称时，对 xy 求导", "A.xy"),
        ("the p-norm of a one-hot y, along the x-axis", "p.y.x"),
        ("KL(p‖q), nn.Linear, eps = 1e-12, tr(AX)", "p.q.AX"),
    ],
)
def test_products_and_letters_beside_signs_are_variables(said: str, variables: str) -> None:
    assert italic(said) == variables


def test_brackets_after_a_hat_are_a_superscript() -> None:
    found = [(piece.kind, piece.text) for piece in pieces("Not x c^(x − 1): no")]
    assert (Kind.SUPERSCRIPT, "x\u00a0−\u00a01") in found
