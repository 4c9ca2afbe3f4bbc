"""How the findings of a document are told on a terminal: where, what, and why; the formula as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from .terminal import hanging, harmless, paint, width

if TYPE_CHECKING:
    from gradproof.grading.findings import Checked, Finding
    from gradproof.grading.status import LineStatus

#: The longest remark that stands on the line of what it is about.
_ASIDE = 30
#: The most characters of a formula that are told.
_LONGEST = 400


@cache
def WORDS() -> dict[LineStatus, tuple[str, str]]:  # noqa: N802 - a table that loads when it is needed
    """The word for each status, in the order of the summary, and its style."""
    from gradproof.grading.status import LineStatus as S

    return {
        S.PROVED: ("proved", "good"),
        S.AGREES: ("agrees", "good"),
        S.REFUTED: ("REFUTED", "bad"),
        S.ERROR: ("ERROR", "bad"),
        S.EQUAL_IF: ("holds if", "open"),
        S.NEEDS: ("asks", "open"),
        S.UNDECIDED: ("undecided", "open"),
        S.VACUOUS: ("vacuous", "open"),
        S.UNAVAILABLE: ("unavailable", "open"),
        S.UNREADABLE: ("unreadable", "open"),
        S.DEFINITION: ("definition", "faint"),
        S.CONDITION: ("condition", "faint"),
    }


#: The same words in Chinese.
CHINESE = {
    "proved": "已证明", "agrees": "一致", "REFUTED": "被否定", "ERROR": "出错", "holds if": "有条件成立",
    "asks": "待说明", "undecided": "未判定", "vacuous": "无内容", "unavailable": "不可用", "unreadable": "无法读取",
    "definition": "定义", "condition": "条件", "skipped": "已跳过", "at": "反例", "add": "请补充",
    "as expected": "符合预期", "out of time": "超时", "known": "已知",
}  # fmt: skip


def in_language(word: str, language: str) -> str:
    return CHINESE[word] if language == "zh" else word


def told(checked: Checked, language: str = "en") -> Iterator[str]:
    """The lines on a document."""
    from gradproof.grading.chinese import spoken

    if checked.problem:
        problem = harmless(spoken(checked.problem, language))
        yield hanging(f"{paint(harmless(checked.file), 'name')}: {problem}", 0, 4)
    for finding in checked.findings:
        yield from finding_told(finding, language)
    for place in checked.skipped:
        yield paint(f"{harmless(str(place))}: {in_language('skipped', language)}", "faint")


def finding_told(finding: Finding, language: str = "en") -> Iterator[str]:
    """One line for what holds or claims nothing; for the rest the formula, what is wrong with it, and the way out."""
    from gradproof.grading.chinese import spoken

    word, style = WORDS()[finding.status]
    word = in_language(word, language)
    place, left, right = map(harmless, (str(finding.place), finding.left, finding.right))
    status, reason = (harmless(spoken(text, language)) for text in (finding.status.value, finding.reason))
    label = f" [{harmless(finding.label)}]" if finding.label else ""
    known = f"  ({in_language('known', language)})" if finding.known else ""
    head = f"{paint(place, 'name')}: {paint(word, style)}{label}{known}"
    formula = harmless(finding.formula)
    if finding.status.ok or (style == "faint" and not finding.failure):
        note = f"  ({reason})" if reason and reason not in status else ""
        room = max(width() - len(f"{place}: {word}{label}  {note if len(note) <= _ASIDE else ''}"), 16)
        aside = len(note) <= _ASIDE
        yield f"{head}  {paint(_short(formula, room), 'faint')}{note if aside else ''}"
        if not aside:
            yield "    " + hanging(reason, 4, 8)
        return
    yield head
    if left:
        yield "    " + hanging(_short(left, _LONGEST), 4, 8)
        yield "      " + hanging(_short(f"{finding.sign} {right}", _LONGEST), 6, 10)
    elif formula:
        yield "    " + hanging(_short(formula, _LONGEST), 4, 8)
    if finding.counterexample and str(finding.counterexample) not in finding.reason:
        point = spoken(str(finding.counterexample), language)
        yield "    " + hanging(f"{in_language('at', language)} {point}", 4, 8)
    if reason or not finding.counterexample:
        yield "    " + hanging(reason or status, 4, 8)
    add = in_language("add", language)
    yield from (f"    {add}: {harmless(line)}" for line in finding.add if line not in finding.reason)


def _short(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"
