"""Which scripts are labels, indices, powers and transposes, with what is known and what is not."""

from __future__ import annotations

import pytest

from gradproof.derivations.meaning import Context, declared
from gradproof.derivations.meaning.references import Reference, Unindexable
from gradproof.derivations.notation.reading import read_formula
from gradproof.derivations.notation.reading.syntax import Name, Scripts


def refer(text: str, given: str = "") -> Reference:
    glossary, macros = declared(given)
    node = read_formula(text, macros=macros)
    assert isinstance(node, (Name, Scripts))
    return Context(glossary).refer(node)


#: A name, what is declared, its head, its indices.
NAMES = [
    ("x", "", "x", ""),
    ("x_i", "", "x", "i"),
    ("w_{ij}", "", "w", "ij"),
    ("w_{i,j}", "", "w", "ij"),
    ("w_{j i}", "", "w", "ji"),
    ("x_1", "", "x_1", ""),
    ("W_h", "", "W_h", ""),
    (r"w_{rec}", "", "w_rec", ""),
    (r"x_{\text{test}}", "", "x_test", ""),
    (r"\hat{y}_i", "", "y_hat", "i"),
    (r"\bar{x}", "", "x_bar", ""),
    (r"\Sigma_C", "", "Σ_C", ""),
    (r"\delta_{hi}", r"\delta_h : n", "δ_h", "i"),
    ("z_{hi}", "z_h : n", "z_h", "i"),
    ("z_{hi}", "", "z_h", "i"),
    ("z_{oi}", "", "z_o", "i"),
    ("y_k", "k : R", "y_k", ""),
    ("y_t", "t : 1..T", "y", "t"),
    ("x^{(i)}", "", "x", "i"),
    ("x_j^{(i)}", "", "x", "ij"),
    ("W^{(l)}", "", "W^(l)", ""),
    ("W^{(2)}", "", "W^(2)", ""),
    ("a^{[2]}", "", "a^(2)", ""),
    ("a^{[l]}_j", "", "a^(l)", "j"),
    ("w^{(t-1)}", "", "w^(t-1)", ""),
    ("w^*", "", "w^*", ""),
    (r"w_{ij}^{new}", "", "w^new", "ij"),
    ("O^J_i", "", "O^J", "i"),
    ("h^o", "h^o : n", "h^o", ""),
    (r"\mathcal{L}", "", "calL", ""),
]


@pytest.mark.parametrize(("text", "given", "head", "indices"), NAMES)
def test_scripts_are_labels_or_indices(text: str, given: str, head: str, indices: str) -> None:
    found = refer(text, given)
    assert (found.head, "".join(found.indices)) == (head, indices)
    assert found.power is None
    assert not found.transposed


@pytest.mark.parametrize("text", ["x^2", "x_i^2", r"x^{-2}", "x^{n+1}", r"\hat{y}^2", "x^y", "W_h^2"])
def test_a_power_stays_a_power(text: str) -> None:
    assert refer(text).power is not None


@pytest.mark.parametrize(
    "text", ["W^T", r"W^\top", r"W^{\mathrm{T}}", r"W^{\intercal}", r"W_h^T", r"W^{(2)T}", r"W^{(2)\top}"]
)
def test_a_transpose_is_no_power(text: str) -> None:
    found = refer(text)
    assert found.transposed
    assert found.power is None


def test_an_inverse_is_no_power() -> None:
    assert refer(r"\sigma^{-1}").inverse
    assert refer(r"A^{-1}").inverse


def test_primes_are_counted() -> None:
    assert refer("f''").primes == 2


@pytest.mark.parametrize("text", ["S_{k-1}", "h_{t+1}", "x_{2i}", "x_{y_i}"])
def test_what_is_no_index_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Unindexable, match="subscript"):
        refer(text, "t : 1..T\nk : 1..n")


def test_bold_and_plain_letters_are_two_names() -> None:
    assert refer(r"\mathbf{x}").font == "bold"
    assert refer(r"\vec{x}").font == "bold"
    assert refer("x").font == ""
