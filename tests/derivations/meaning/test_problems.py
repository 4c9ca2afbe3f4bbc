"""What has no meaning here: each sentence says what is there and the way out, at its place in the line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from gradproof.derivations import meaning
from gradproof.derivations.meaning import Problem, declared
from gradproof.derivations.notation.reading import read_formula
from gradproof.derivations.notation.reading.syntax import Chain
from gradproof.grading.said import translated

#: A relation, its declarations, the piece of it that the sentence is about, and words of the sentence.
PROBLEMS = [
    (r"\lim_{a \to 0} x = x", "a : n\nx : R", "", "is an index missing?"),
    (r"\lim_{h \to 0} a = a", "a : n", "", "write it for one entry"),
    (r"\lim x = x", "x : R", r"\lim x", "a limit says what goes where"),
    (r"\softmax(x, y)_i = x", "x, y : n", "", "takes one argument"),
    (r"\softmax(x)_i = x", "x : R", "", "as in z : n"),
    (r"\sin x = x", "x : R", r"\sin x", "the function sin is not understood"),
    (r"\operatorname{tr}(A) = 1", "A : m x n", "", "an axis of size m meets one of size n"),
    (r"\operatorname{tr}(a) = 1", "a : n", "", "it takes a square matrix"),
    (r"\det A = 1", "A : n x n", "", "a square matrix that is written out"),
    (r"\operatorname{diag}(x) = x", "x : R", "", "a vector or a square matrix"),
    ("a + b = a", "a : n\nb : m", "", "n meets m"),
    ("x^{-1} = x", "x : n", "", "of its entries, write 1/x_i"),
    ("A^{-1} = A", "A : m x n", "", "only a square one has an inverse"),
    (r"\frac{\partial A^{-1}}{\partial A_{ij}} = 0", "A : n x n", "", "with A B = I"),
    ("x' = x", "x : R", "x'", "declare it, as in x : R -> R"),
    ("x_i = x", "x : R", "x_i", "declare x : n"),
    ("a_{ij} = a_i", "a : n", "a_{ij}", "is one too many?"),
    ("a_{i-1} = a_i", "a : n", "a_{i-1}", "the subscript i-1 is shifted"),
    ("A + b = A", "A : n x n\nb : n", "", "declare the vector as a row"),
    ("A + B = A", "A : n x n\nB : m x n", "", "n × n meets m × n"),
    ("A B = B", "A : m x n\nB : m x n", "", "a transpose may be missing"),
    ("a b = 1", "a, b : n", "a b", "two columns side by side"),
    (r"\langle a, b \rangle = 1", "a : n\nb : m", "", "n meets m"),
    ("a^T b = 1", "a : n\nb : m", "", "n times m; are both of one size?"),
    (r"D_{KL}(x \| y) = 1", "x, y : R", "", "declare them, as in p, q : simplex n"),
    ("a = 1", "a : n", "", "what is missing on one of them?"),
    ("a_i = b", "a, b : n", "", "write the indices on both sides"),
    ("x^y = x", "x, y : R", "", "declare it, as in x : >0"),
    ("x^{9999} = x", "x : R", "", "exponents go to"),
    ("g(x, y) = x", "x, y : R", "g(x, y)", "define it, as in g(x) = …"),
    (r"E[x] = x", "x : R", "E[x]", "over what is the expectation taken?"),
    ("g'(x) = x", "x : R", "g'(x)", "declare it, as in g : R -> R"),
    ("f(x, x) = x", "x : R\nf(x) = x^2", "f(x, x)", "1 arguments and gets 2"),
    ("f(x, x) = x", "x : R\nf : R -> R", "f(x, x)", "takes one argument and gets 2"),
    (r"\frac{\partial}{\partial x} = x", "x : R", r"\frac{\partial}{\partial x}", "what is differentiated?"),
    (r"\frac{\partial x}{\partial (2 x)} = x", "x : R", "", "it is taken by a name, such as w"),
    (r"\nabla = x", "x : R", r"\nabla", "of what is the gradient taken?"),
    (r"\nabla x = x", "x : R", r"\nabla x", r"write \nabla_w"),
    (r"x! = x", "x : R", "x!", "a factorial is not understood here"),
    (r"\log(a) + a_i = \begin{pmatrix} 1 & 2 \end{pmatrix}", "a : n", "", "matrix that is written out"),
    (r"x \pm y = x", "x, y : R", r"x \pm y", "one line for + and one for -"),
    (r"a \otimes b = a", "a, b : n", r"a \otimes b", "write x y^T"),
    (r"x / y z = x", "x, y, z : R", "x / y z", r"write \frac or brackets"),
    (r"\begin{pmatrix} a & x \end{pmatrix} = x", "a : n\nx : R", "", "a line for each block"),
    (r"\begin{pmatrix} x & x \\ x \end{pmatrix} = x", "x : R", "", "is an & missing?"),
    ("A^2 = A", "A : m x n", "", "write the product"),
    (r"\begin{pmatrix} x & y \\ y & x \end{pmatrix}^{-1} = x", "x, y : R", "", "write A^{-1}"),
    ("f = f", "f : R -> R", "f", "write f(x)"),
    ("|a| = 1", "a : n", "|a|", r"a norm is written \|x\|"),
    ("|x|_2 = 1", "x : R", "|x|_2", r"a norm is written \|x\|_2"),
    (r"\|A\|_2 = 1", "A : m x n", "", "the Frobenius norm is"),
    (r"\|a\|_3 = 1", "a : n", "", "1, 2, F and ∞ are"),
    (r"\|A\|_\infty = 1", "A : m x n", "", "the largest sum of a row"),
    (r"\int x = x", "x : R", r"\int x", "sums, products, max, min and lim are"),
    (r"\prod_i a_i = 1", "a : n", "", "declare it positive"),
    (r"\sum x = x", "x : R", r"\sum x", "write it below the sum"),
    (r"\sum_{2} x = x", "x : R", "2", "is no letter"),
    (r"\sum_{i=1}^{2 n} a_i = 1", "a : n", "", "it is a name, such as n"),
    (r"1\{x\} = x", "x : R", "", "conditions read"),
    (r"\begin{cases} x \\ y & x > 0 \end{cases} = x", "x, y : R", "", "which holds where?"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "given", "piece", "words"), PROBLEMS, ids=[each[0] for each in PROBLEMS])
def test_a_sentence_says_what_is_there_and_the_way_out(line: str, given: str, piece: str, words: str) -> None:
    glossary, macros = declared(given)
    formula = read_formula(line, macros=macros)
    assert isinstance(formula, Chain)
    left, right = formula.members
    assert left is not None
    assert right is not None
    with pytest.raises(Problem) as found:
        translated(left, right, glossary)
    message, span = str(found.value), found.value.span
    assert words in message
    assert ";" in message or "?" in message, "no way out"
    assert 0 <= span.start < span.end <= len(line), "no place"
    assert piece in ("", line[span.start : span.end])


def test_every_sentence_of_the_package_has_a_way_out() -> None:
    """Of those that stand in the code as they are: what is there, and behind a semicolon or a question what to do."""
    without = []
    for path in Path(meaning.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
            if called and node.func.id in ("NotUnderstood", "Needs", "ShapeClash", "Unindexable"):
                text = ast.unparse(node.args[0])
                if text[:1] in "'\"f" and not re.search(r"[;?]", text):
                    without.append(f"{path.name}: {text}")
    assert without == []
