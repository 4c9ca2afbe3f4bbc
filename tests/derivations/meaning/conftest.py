"""What the tests of meaning share: the value of a formula under declarations."""

from __future__ import annotations

from gradproof.derivations.meaning import (
    Again,
    Context,
    Glossary,
    Meaning,
    Translator,
    Value,
    declared,
    observe_domains,
)
from gradproof.derivations.notation.reading import read_formula


def meaning(text: str, given: str = "") -> Meaning:
    glossary, macros = declared(given)
    return meaning_in(glossary, text, macros)


def meaning_in(glossary: Glossary, text: str, macros: object = None) -> Meaning:
    node = read_formula(text, macros=macros)  # type: ignore[arg-type]
    for _ in range(60):
        glossary.sorts.start_again()
        context = Context(glossary)
        context.observe(node)
        observe_domains(context, (node,))
        try:
            return Translator(context).meaning(node)
        except Again:
            continue
    raise AssertionError("the sizes do not come to rest")


def value(text: str, given: str = "") -> Value:
    found = meaning(text, given)
    assert isinstance(found, Value)
    return found
