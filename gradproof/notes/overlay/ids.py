"""Every text of the notes by its id, which stays the same when its English changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradproof.derivations.calculus import Text
from gradproof.derivations.catalogue import chapters
from gradproof.derivations.slips import SLIPS

from ..figures.texts import ALTERNATIVES, CAPTIONS
from ..scope import SCOPES
from ..wording import DOMAINS, LABELS, METHODS, SENTENCES, WORDS


def all_texts() -> Mapping[str, Text]:
    """The texts of chapters, entries, rules, mistakes and of the notes themselves.

    Raises ValueError for an id of two texts.
    """
    found: dict[str, Text] = {}
    for name, text in (*_notes(), *_course(), *_rules(), *_mistakes()):
        if found.setdefault(name, text) != text:
            raise ValueError(f"the text id {name!r} stands for two texts: {found[name].en!r} and {text.en!r}")
    return found


def different_texts() -> Mapping[str, Text]:
    """The same, where a text with several ids, such as "not checked", has the first one only."""
    first: dict[Text, str] = {}
    for name, text in all_texts().items():
        first.setdefault(text, name)
    return {name: text for text, name in first.items()}


def _course() -> Iterator[tuple[str, Text]]:
    for chapter in chapters():
        yield f"chapter.{chapter.name}", chapter.title
        for place, remark in enumerate(chapter.misread, start=1):
            yield f"chapter.{chapter.name}.misread.{place}", remark
        for entry in chapter.derivations:
            yield f"entry.{entry.name}.title", entry.title
            for place, remark in enumerate(entry.remarks, start=1):
                yield f"entry.{entry.name}.remark.{place}", remark


def _rules() -> Iterator[tuple[str, Text]]:
    for chapter in chapters():
        for entry in chapter.derivations:
            for part in entry.walk():
                for rule in (rule for step in part.steps for rule in step.rules):
                    yield f"rule.{rule.name}", rule.text


def _mistakes() -> Iterator[tuple[str, Text]]:
    for slip in SLIPS:
        yield f"mistake.{slip.name}", slip.text
        yield f"mistake.{slip.name}.hint", slip.nudge


def _notes() -> Iterator[tuple[str, Text]]:
    for key, text in WORDS.items():
        yield f"notes.{key}", text
    for kind, table in (("label", LABELS), ("sentence", SENTENCES)):
        for verdict, text in table.items():
            yield f"verdict.{verdict.name.lower() if verdict else 'none'}.{kind}", text
    for domain, text in DOMAINS.items():
        yield f"values.{domain.name.lower()}", text
    for method, text in METHODS.items():
        yield f"method.{method}", text
    for part, (_, text) in SCOPES.items():
        yield f"scope.{part}", text
    for kind, text in CAPTIONS.items():
        yield f"figure.{kind}", text
    for kind, text in ALTERNATIVES.items():
        yield f"figure.{kind}.alternative", text
