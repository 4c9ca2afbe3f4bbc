"""In every kind of file: all formulas are found, nothing else is, and each character is where its place says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradproof.documents import Document, read_document, text_document

TEX = r"""\documentclass{article}
\newcommand{\half}{\frac{1}{2}}
% $not = this$
\begin{document}
A price of 5\$ and 6\$, \verb|$not = this$| and $ a = b $.
\begin{verbatim}
$not = this$
\end{verbatim}
  \begin{align*}
    E &= \half (y - t)^2 \\[2pt]  % a remark with $dollars = here$
      &= \frac{(y - t)^2}{2} \label{eq:E}
  \end{align*}
Text \(c = d\) and
\[ e = f \]
then $$g = h$$ end.
\end{document}
"""

MARKDOWN = r"""---
title: "costs $x = y$"
---
It costs $5 and $6, not = this, and US$7; `$not = this$` and ``code ` $not = this$``.

Äöü 𝟙 before $a = b$ and $`c = d`$ and {math}`e = f`.

```python
x = "$not = this$"
```

- a list
  ```math
  g = h
  ```

:::{math}
:label: eq:i
i_1 = j_1
:::

> quoted
> $$
> k_1 =
> l_1
> $$

<pre>$not = this$</pre> <!-- $not = this$ -->

{% highlight tex %}
$not = this$
{% endhighlight %}

Inline of kramdown: $$m = n$$ and \\(o = p\\).

\\[q = r\\]

\begin{equation}
s = t
\end{equation}
"""

PYTHON = r'''# A comment with $a = b$ in it
def f(x):
    """Ä docstring, not raw.

    .. math::
        :label: eq:one

        c = \\frac{d}{2} \\\\
          = e

    Text with :math:`f = g` and ``$not = this$``.
    """
    # A block of comments:
    # \begin{align}
    #   h &= i
    # \end{align}
    return "$not = this$"


class C:
    r"""A raw one: $j = \frac{k}{2}$.

    .. math:: l = m
    """
'''

NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": ["A cell\n", "with $a = b$\n"]},
        {"cell_type": "raw", "source": "$not = this$"},
        {"cell_type": "code", "source": "%matplotlib inline\nx = 1  # where $c = d$\n!ls $HOME"},
        {"cell_type": "markdown", "source": "$$\ne = f\n$$"},
    ]
}


def write(folder: Path, name: str, text: str) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_document(path, name)


def lines_of(document: Document, text: str) -> dict[int, list[str]]:
    if document.file.endswith(".ipynb"):
        return {number: "".join(cell["source"]).split("\n") for number, cell in enumerate(NOTEBOOK["cells"], start=1)}
    return {0: text.split("\n")}


CASES = {
    "a.tex": (TEX, 5, "a=b E c=d e=f g=h"),
    "a.md": (MARKDOWN, 9, "a=b c=d e=f g=h i_1 k_1 m=n o=p q=r s=t"),
    "a.py": (PYTHON, 6, "a=b c= f=g h&=i j= l=m"),
    "a.ipynb": (json.dumps(NOTEBOOK), 3, "a=b c=d e=f"),
}


@pytest.mark.parametrize("name", CASES)
def test_every_formula_is_found_in_order_and_nothing_else(name: str, tmp_path: Path) -> None:
    text, _, expected = CASES[name]
    document = write(tmp_path, name, text)
    found = ["".join(passage.text.split()) for passage in document.passages]
    beginnings = expected.split()
    assert len(found) == len(beginnings)
    assert all(text.startswith(beginning) for text, beginning in zip(found, beginnings, strict=True)), found
    assert document.faults == ()


@pytest.mark.parametrize("name", CASES)
def test_each_character_is_where_its_place_says(name: str, tmp_path: Path) -> None:
    text = CASES[name][0]
    document = write(tmp_path, name, text)
    lines = lines_of(document, text)
    looked_at = 0
    for passage in document.passages:
        for offset, letter in enumerate(passage.text):
            place = passage.place(offset)
            assert place.file == name
            if not letter.isspace():
                assert lines[place.cell][place.line - 1][place.column - 1] == letter
                looked_at += 1
    assert looked_at >= 9


def test_labels_come_from_the_text(tmp_path: Path) -> None:
    assert [p.label for p in write(tmp_path, "a.tex", TEX).passages if p.label] == ["eq:E"]
    assert [p.label for p in write(tmp_path, "a.md", MARKDOWN).passages if p.label] == ["eq:i"]
    assert [p.label for p in write(tmp_path, "a.py", PYTHON).passages if p.label] == ["eq:one"]


def test_what_stands_on_lines_of_its_own_is_a_display(tmp_path: Path) -> None:
    inline = {"".join(p.text.split()) for p in write(tmp_path, "a.md", MARKDOWN).passages if not p.display}
    assert inline == {"a=b", "c=d", "e=f", "m=n", "o=p"}


def test_doubled_backslashes_of_a_docstring_that_is_not_raw_are_one(tmp_path: Path) -> None:
    passage = write(tmp_path, "a.py", PYTHON).passages[1]
    assert r"\frac{d}{2} \\" in passage.text and r"\\frac" not in passage.text


def test_macros_are_taken_from_the_whole_file(tmp_path: Path) -> None:
    assert write(tmp_path, "a.tex", TEX).macros["half"].body == r"\frac{1}{2}"


def test_a_bare_formula_is_a_document() -> None:
    (passage,) = text_document("a = b\n").passages
    assert (passage.text, str(passage.place(4))) == ("a = b\n", "-:1:5")
    assert [p.text for p in text_document("let $a = b$ be").passages] == ["a = b"]
    assert text_document(" \n").parts == ()


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("a.tex", "x\n \\begin{align} a = b", "a.tex:2:2"),
        ("a.tex", "x $a = b\n\ny", "a.tex:1:3"),
        ("a.tex", "\\[ a", "a.tex:1:1"),
        ("a.md", "ä $$ a", "a.md:1:3"),
        ("a.md", "```math\na = b\n", "a.md:1:1"),
        ("a.py", "x = (1\n", "a.py:1:1"),
    ],
)
def test_what_has_no_end_is_a_fault_with_a_place(name: str, text: str, where: str, tmp_path: Path) -> None:
    (fault,) = write(tmp_path, name, text).faults
    assert str(fault.place) == where


def test_unclosed_signs_take_linear_time(tmp_path: Path) -> None:
    """Half a million signs that nothing ends: looking for each end through the whole text would take hours."""
    text = "\\begin{align}\n\\[\\($$" * 60_000
    document = write(tmp_path, "a.tex", text)
    assert len(document.faults) > 60_000
