"""`gradproof read`: how formulas are understood, and the lines that would make them decidable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from gradproof._version import __version__

from .documents import Request, in_children
from .exits import OK, WRONG
from .sources import Input, inputs
from .telling import WORDS, in_language
from .terminal import hanging, harmless, paint

if TYPE_CHECKING:
    from gradproof.grading.checking import Checking
    from gradproof.grading.reading import Offer, Read, ReadPassage

#: The schema of the JSON of `gradproof read`.
SCHEMA = "gradproof/read/1"


def read_files(request: Request, *, as_json: bool, language: str = "en") -> int:
    """Read files, print how each formula is understood, and give the exit code: 1 if a file could not be read.

    language   that of the text; JSON is in English
    """
    from gradproof.grading.reading import read_file, read_text

    def read(source: Input, checking: Checking) -> Read:
        if source.path is None:
            return read_text(source.text, source.shown, checking)
        return read_file(source.path, source.shown, checking)

    results: list[Read] = []
    with closing(in_children(request, inputs(request.names), read)) as found:
        for result in found:
            results.append(result)
            if not as_json:
                print("\n".join(_told(result, language)))
    if as_json:
        document: dict[str, Any] = {"schema": SCHEMA, "version": __version__, "seed": request.seed}
        document["files"] = [result.to_json() for result in results]
        print(json.dumps(document, indent=1, allow_nan=False, ensure_ascii=False))
    return WRONG if any(result.problem for result in results) else OK


def _told(result: Read, language: str) -> Iterator[str]:
    from gradproof.grading.chinese import spoken

    if result.problem:
        problem = harmless(spoken(result.problem, language))
        yield hanging(f"{paint(harmless(result.file), 'name')}: {problem}", 0, 4)
    elif not result.passages:
        yield f"{paint(harmless(result.file), 'name')}: {spoken('no formula', language)}"
    for passage in result.passages:
        yield from _passage(passage, language)


def _passage(passage: ReadPassage, language: str) -> Iterator[str]:
    from gradproof.grading.chinese import spoken

    said = spoken("I read this as" if passage.relations else "I cannot read this", language)
    yield f"{paint(harmless(str(passage.place)), 'name')}: {said}"
    for relation in passage.relations:
        unclear = f"{paint('?', 'open')} {harmless(spoken(relation.missing, language))}"
        yield "    " + hanging(harmless(relation.reading) or unclear, 4, 8)
    shapes = sorted({shape for relation in passage.relations for shape in relation.shapes})
    if shapes:
        yield "  " + hanging(harmless(spoken(f"shapes: {', '.join(shapes)}", language)), 2, 6)
    assumed = sorted({each for relation in passage.relations for each in relation.assumed})
    if assumed:
        yield "  " + hanging(harmless(spoken(f"assumed: {'; '.join(assumed)}", language)), 2, 6)
    for finding in passage.findings:
        word, style = WORDS()[finding.status]
        if not finding.status.ok and style != "faint":
            point = f"at {finding.counterexample}" if finding.counterexample else ""
            reason = harmless(spoken(finding.reason or point or finding.status.value, language))
            column = spoken(f"column {finding.place.column}", language)
            yield "  " + hanging(f"{column}: {paint(in_language(word, language), style)}: {reason}", 2, 6)
    for number, proposal in enumerate(passage.proposals):
        yield "  " + hanging(spoken(_offered(proposal, number), language), 2, 6)
        yield from (f"      {harmless(line)}" for line in proposal.lines)


def _offered(proposal: Offer, number: int) -> str:
    if not proposal.refuted:
        return "or with these:" if number else "it holds if these lines are added:"
    part = "a relation" if len(proposal.refuted) == 1 else "some relations"
    free = f", whatever {harmless(', '.join(proposal.free))} may be," if proposal.free else ""
    asked = ("or are these meant" if number else "are these lines meant") if proposal.asked else "with these lines"
    mark = "? then" if proposal.asked else ""
    return f"{asked}{mark}{free} {part} would be refuted, at {harmless(proposal.refuted[0])}:"
