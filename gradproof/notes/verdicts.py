"""Verdicts for the pages, taken from reports of real runs and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gradproof.derivations.calculus import Derivation
from gradproof.verify.check import RESULT, TORCH, claims_of, torch_claims_of
from gradproof.verify.counterexample import Counterexample, with_minus
from gradproof.verify.exact import EverySize
from gradproof.verify.verdict import Evidence, Report, Verdict

from .numbers import short
from .scope import joint_scope, symbols_of, translated, with_symbols, without_count
from .tree import Badge, Checked, Document, Mark, Method
from .wording import method_name, verdict_label, words


class ForeignReportError(ValueError):
    """A report about other formulas than those of the derivation: its verdict says nothing about these pages."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The reports on one derivation and its branches, by the name of the claim; None where there is no report.

    on_torch    those on what Torch computes, if it was asked for
    """

    reports: Mapping[str, Report | None]
    on_torch: Mapping[str, Report] = field(default_factory=dict)

    def verdict(self, name: str) -> Verdict | None:
        report = self.reports.get(name)
        return report.verdict if report else None

    def mark(self, name: str, language: str) -> Mark:
        verdict = self.verdict(name)
        return Mark(verdict, verdict_label(verdict, language))

    def counterexamples(self, language: str) -> tuple[str, ...]:
        """Where lines are wrong, each with the name of the claim."""
        everything = {**self.reports, **self.on_torch}
        found = ((name, report.counterexample) for name, report in everything.items() if report)
        return tuple(_at(name, point, language) for name, point in found if point)


def _at(name: str, point: Counterexample, language: str) -> str:
    values = {tensor: _nested(value) for tensor, value in point.values.items()}
    where = [f"{letter} = {value}" for letter, value in (point.sizes | point.indices | values).items()]
    place = words("list_separator", language).join(where)
    return with_minus(words("wrong_at", language).format(name=name, place=place, left=point.lhs, right=point.rhs))


def _nested(value: object) -> str:
    return f"({', '.join(map(_nested, value))})" if isinstance(value, list) else str(value)


def findings(derivation: Derivation, reports: Sequence[Report]) -> Findings:
    """The reports sorted to the claims of the derivation. Raises ForeignReportError if one is about something else."""
    claims = {claim.name: claim for claim in claims_of(derivation)}
    on_torch = {claim.name: claim for claim in torch_claims_of(derivation)}
    found: dict[str, Report | None] = dict.fromkeys(claims)
    found_on_torch: dict[str, Report] = {}
    for report in reports:
        claim = claims.get(report.claim.name) or on_torch.get(report.claim.name)
        if claim is None or (claim.lhs, claim.relation, claim.rhs) != (
            report.claim.lhs,
            report.claim.relation,
            report.claim.rhs,
        ):
            raise ForeignReportError(f"the report on {report.claim.name!r} is not about {derivation.name} as it is now")
        if claim.name in on_torch:
            found_on_torch[claim.name] = report
        else:
            found[claim.name] = report
    return Findings(found, found_on_torch)


def badges(derivation: Derivation, found: Findings, language: str) -> tuple[Badge, ...]:
    """What is known of a section: first its lines by verdict, then the numeric checks of its result."""
    counts = Counter(found.verdict(name) for name in found.reports)
    total = counts.total()
    if not total or set(counts) == {None}:
        return (Badge(None, (words("no_report", language),)),)
    result = []
    for verdict in (*Verdict, None):
        if not counts[verdict]:
            continue
        symbols: tuple[str, ...] = ()
        if verdict is Verdict.PROVED:
            key = "all_proved" if counts[verdict] == total else "lines_proved"
            scope = joint_scope(_proof_scopes(found))
            shown = translated(scope, language)
            text = words(key, language).format(count=counts[verdict], total=total, scope=shown)
            symbols = symbols_of(scope)
        else:
            label = verdict_label(verdict, language)
            text = words("lines_with", language).format(count=counts[verdict], total=total, label=label)
        result.append(Badge(verdict, with_symbols(text.rstrip(", ，"), symbols)))
    report = found.reports.get(derivation.name + RESULT)
    for evidence in report.evidence if report else ():
        if evidence.verdict not in (Verdict.PROVED, Verdict.REFUTED):  # these speak of the line as such
            badge = _numeric_badge(evidence, language)
            result += [badge] if badge else []
    about = found.on_torch.get(derivation.name + TORCH)
    return (*result, *[_torch_badge(evidence, language) for evidence in (about.evidence if about else ())])


def _torch_badge(evidence: Evidence, language: str) -> Badge:
    label, scope = verdict_label(evidence.verdict, language), translated(evidence.scope, language)
    parts = (method_name(evidence.method, language), label, scope)
    return Badge(evidence.verdict, (" · ".join(part for part in parts if part),))


def _proof_scopes(found: Findings) -> tuple[str, ...]:
    reports = (report for report in found.reports.values() if report and report.verdict is Verdict.PROVED)
    return tuple(item.scope for report in reports for item in report.evidence if item.verdict is Verdict.PROVED)


def _numeric_badge(evidence: Evidence, language: str) -> Badge | None:
    if evidence.verdict is Verdict.UNDECIDED and not evidence.disagrees:
        return None  # a method that could not try says nothing, good or bad
    parts = [method_name(evidence.method, language)]
    if evidence.verdict is not Verdict.AGREES:
        parts.append(verdict_label(evidence.verdict, language))
    if evidence.scope:
        scope = translated(evidence.scope, language)
        parts.append(scope.removesuffix(", cpu").removesuffix("，cpu"))
    if evidence.worst is not None:
        parts.append(words("worst", language).format(worst=short(evidence.worst)))
    return Badge(evidence.verdict, (" · ".join(parts),))


def checked(reports: Iterable[Report]) -> Checked:
    """The table "How this was checked" over all reports: one row for each method and device."""
    reports = tuple(reports)
    devices = {item.method: item.device for report in reports for item in report.evidence if item.device}
    rows: dict[tuple[str, str], list[Evidence]] = {}
    scopes: dict[tuple[str, str], str] = {}
    seeds: set[int] = set()
    versions: dict[str, str] = {}
    for report in reports:
        for evidence in report.evidence:
            key = (evidence.method, evidence.device or devices.get(evidence.method, ""))
            rows.setdefault(key, []).append(evidence)
            if evidence.verdict is Verdict.AGREES:  # of a proof, the scope is that of the line
                scopes.setdefault(key, without_count(evidence.scope))
            seeds |= {evidence.seed} if evidence.seed is not None else set()
            versions |= evidence.versions
    methods = tuple(_method(key[0], scopes.get(key, ""), found) for key, found in rows.items())
    return Checked(methods, tuple(sorted(seeds)), tuple(sorted(versions.items())))


def _method(name: str, scope: str, found: Sequence[Evidence]) -> Method:
    counts = Counter(evidence.verdict for evidence in found)
    worst = [evidence.worst for evidence in found if evidence.worst is not None]
    bounds = [evidence.bound for evidence in found if evidence.bound is not None]
    return Method(
        name=name,
        scope=scope,
        claims=len(found),
        verdicts=tuple((verdict, counts[verdict]) for verdict in Verdict if counts[verdict]),
        drawn=sum(evidence.drawn for evidence in found),
        effective=sum(evidence.effective for evidence in found),
        worst=max(worst, default=None),
        bound=sum(bounds) if bounds else None,  # that any of them is false
    )


def method_scope(method: Method, language: str) -> str:
    """What a method speaks of: a proof of all sizes, the others of the points that they tried."""
    return words("all_sizes", language) if method.name == EverySize.name else translated(method.scope, language)


def counts_sentence(document: Document, language: str) -> str:
    """How many lines there are, and what was found about them."""
    total = sum(count for _, count in document.counts)
    if [verdict for verdict, _ in document.counts] == [Verdict.PROVED]:
        return words("how_all_proved", language).format(total=total)
    return words("how_counts", language).format(total=total, counts=counted(document.counts, language))


def counted(counts: Iterable[tuple[Verdict | None, int]], language: str) -> str:
    """How many lines there are of each verdict: "53 proved; 1 not decided"."""
    shown = (
        words("counted", language).format(count=count, label=verdict_label(verdict, language))
        for verdict, count in counts
    )
    return words("separator", language).join(shown)
