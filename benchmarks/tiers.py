"""Which tier of evidence says what of which entry of the catalogue, as a page in Markdown.

    python benchmarks/tiers.py [--device cuda] [--seed 0] [--jobs N] > docs/tiers.md

A cell counts the lines of an entry (and of its cases) on which the tier decided, of those that it tried. A tier is not
asked where an earlier one has proved the line; of the line "statement = result" all are asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from measuring import machine

from gradproof.derivations import catalogue
from gradproof.verify import ChildPool, Verdict, verify_derivations
from gradproof.verify.batch import Checked
from gradproof.verify.cache import Setting
from gradproof.verify.running import Limits
from gradproof.verify.tiers import Standing, Tier, standings

HEADING = """# Entries and tiers

Written by `python benchmarks/tiers.py`. What a tier rests on is said in [proofs.md](proofs.md). A cell says the worst
verdict of the tier on the lines of the entry and of its cases, and on how many of the lines that it tried it decided;
an empty cell means that it was not asked, as a cheaper tier had proved every line, or cannot try these lines.
"""
SHORT = {Verdict.PROVED: "proved", Verdict.AGREES: "agrees"}


def page(found: Iterable[Checked]) -> Iterator[str]:
    """The lines of the tables, one table for each chapter that something was found of, and of the totals."""
    known = {each.derivation.name: each for each in found}
    totals = dict.fromkeys(Tier, (0, 0))
    for chapter in catalogue.chapters():
        entries = [known[derivation.name] for derivation in chapter.derivations if derivation.name in known]
        if entries:
            yield from ("", f"## {chapter.title.en}", "")
            yield from _table(entries)
        for entry in entries:
            for tier, standing in standings(entry.records).items():
                decided, tried = totals[tier]
                totals[tier] = decided + standing.decided, tried + standing.tried
    yield from ("", "## In all", "", "| tier | rests on | lines decided | lines tried |", "|---|---|---|---|")
    for tier, (decided, tried) in totals.items():
        yield f"| {tier.name} | {tier.value} | {decided} | {tried} |"


def _table(entries: Iterable[Checked]) -> Iterator[str]:
    yield f"| entry | lines | {' | '.join(tier.name for tier in Tier)} |"
    yield f"|---|---|{'---|' * len(Tier)}"
    for entry in entries:
        by_tier = standings(entry.records)
        cells = (_cell(by_tier.get(tier)) for tier in Tier)
        yield f"| `{entry.derivation.name}` | {len(entry.records)} | {' | '.join(cells)} |"


def _cell(standing: Standing | None) -> str:
    if standing is None:
        return ""
    word = SHORT.get(standing.verdict, f"**{standing.verdict.name.lower()}**")
    return f"{word} {standing.decided}/{standing.tried}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int)
    asked = parser.parse_args()
    setting = Setting(torch=True, device=asked.device, seed=asked.seed)
    limits = Limits() if asked.device == "cpu" else Limits(memory=None)
    with ChildPool(asked.jobs, limits) as pool:
        found = list(verify_derivations(catalogue.derivations(), setting, executor=pool))
    print(HEADING)
    print(f"Seed {asked.seed}, device {asked.device}. {machine('sympy', 'numpy', 'python-flint', 'torch')}")
    print("\n".join(page(found)))


if __name__ == "__main__":
    main()
