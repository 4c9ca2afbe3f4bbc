"""What a derivation is: steps that the engine took, each with its rule, and the statement that they prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from types import MappingProxyType
from typing import Any

from sympy import Expr

from .conditions import Condition, Relation
from .tensors import Entry, Tensor


@dataclass(frozen=True, slots=True)
class Text:
    """A text in English (`en`) and Chinese (`zh`)."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The text in "en" or "zh", or in a `Translation`; raises ValueError for another language."""
        if isinstance(language, Translation):
            return language.texts.get(self, self.en)
        if language not in ("en", "zh"):
            raise ValueError(f"no texts in {language!r}; the languages are en and zh")
        return self.zh if language == "zh" else self.en


class Translation(str):
    """A further language, which stands wherever the name of one does: its code, such as "fr", with its texts.

    texts    what texts are in it; one that is missing stays English
    """

    texts: Mapping[Text, str]

    def __new__(cls, code: str, texts: Mapping[Text, str]) -> Translation:
        made = super().__new__(cls, code)
        made.texts = MappingProxyType(dict(texts))
        return made


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of the calculus. Its text is the reason that the reader of a step sees."""

    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One line, called `id`: `before` became `after` by `rules`, and `relation` is between them.

    `uses` are the defined tensors whose definition the step needs; `lemmas` are the names of derivations whose results
    it used. `certificate` is what an estimate gives away, the larger side minus the smaller one, in a form that shows
    that it is not negative.
    """

    id: str
    before: Expr
    after: Expr
    rules: tuple[Rule, ...]
    uses: tuple[Tensor, ...] = ()
    lemmas: tuple[str, ...] = ()
    relation: Relation = Relation.EQUAL
    certificate: Expr | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """A statement, the steps from it to the result, and what a person would have written.

    name, title  what it is called by commands, and by people
    statement    what is derived: a `Partial`, or the left side of an identity
    indices      the free indices of the statement, in the order of the axes of the result
    steps        from the statement to the result; the last `after` is the result
    textbook     the form in textbooks, proved equal to the result
    branches     derivations of cases (i = j, i ≠ j), named NAME.case
    given        conditions under which every line is said
    reference    a plain NumPy function of the named tensors and sizes that computes the result; written by hand
    operation    what Torch has of its own for what is derived: a function of the module torch and of tensors named like
                 the entry's, forward only, that computes what the statement differentiates (of an identity: its left
                 side), an axis for each index. Where the loss is arbitrary, it computes the tensor through which the
                 loss depends on the rest. A tensor with a formula may be an argument, too; Torch then starts there.
                 It is a named function of a module, which other processes can import
    sources      where a reader finds the formula
    remarks      what the notes say beside it
    explicit     the result with named adjoints given by their own formulas, for code; None where there are none
    stable       whether the result is the form to compute with in floating point, and the statement the naive one
    """

    name: str
    title: Text
    statement: Expr
    indices: tuple[Any, ...]
    steps: tuple[Step, ...]
    textbook: Expr | None = None
    branches: tuple[Derivation, ...] = ()
    given: tuple[Condition, ...] = ()
    reference: Callable[..., Any] | None = None
    operation: Callable[..., Any] | None = None
    sources: tuple[str, ...] = ()
    remarks: tuple[Text, ...] = ()
    explicit: Callable[[], Expr] | None = field(default=None, compare=False, repr=False)
    stable: bool = False

    @property
    def result(self) -> Expr:
        return self.steps[-1].after if self.steps else self.statement

    @property
    def relation(self) -> Relation:
        """How the statement is related to the result: a chain with a ≤ in it says ≤."""
        return reduce(Relation.then, (step.relation for step in self.steps), Relation.EQUAL)

    @property
    def by(self) -> Entry | None:
        """The entry by which the statement is differentiated, if it is a derivative."""
        from .sums import Partial

        return self.statement.by if isinstance(self.statement, Partial) else None

    def walk(self) -> Iterator[Derivation]:
        """This derivation and its branches."""
        yield self
        for branch in self.branches:
            yield from branch.walk()

    def latex(self, language: str = "en") -> str:
        """The lines as LaTeX, one align* environment for the derivation and for each case."""
        from gradproof.derivations.notation import derivation_latex

        return derivation_latex(self, language)

    def text(self, language: str = "en", width: int = 80) -> str:
        """The lines as plain text for a terminal of `width` columns."""
        from gradproof.derivations.notation import derivation_text

        return derivation_text(self, language, width)

    def _repr_latex_(self) -> str:
        """How a notebook that cannot show HTML shows it: without the marks of what changed, which MathJax lacks."""
        from gradproof.derivations.notation import derivation_latex

        return derivation_latex(self, "en", marked=False)

    def _repr_html_(self) -> str:
        from gradproof.derivations.notation.fragment import derivation_html

        return derivation_html(self)
