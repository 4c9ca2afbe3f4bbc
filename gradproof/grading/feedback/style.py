"""How pages of graded submissions look: light and dark, on a desk, on a phone, and on paper."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

_FONT = ("gradproof.notes", "assets/stix-two-math/stix-two-math-subset.woff2")

_SHEET = """
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b2430; --mute: #5a6776; --line: #d5dbe1; --panel: #f5f7f9;
  --blue: #0067a3; --blue-soft: #eaf3fa; --green: #00704f; --green-soft: #e6f3ee; --red: #b3261e; --red-soft: #fcedeb;
  --amber: #8a5a00; --amber-soft: #fdf3dc; --tint: #ffd9d4; --tint-line: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --ink: #e4e8ec; --mute: #9ba8b5; --line: #333c45; --panel: #1b2128;
    --blue: #6cb8ec; --blue-soft: #16273a; --green: #58c79f; --green-soft: #132c24; --red: #ff8f84;
    --red-soft: #3a1c1a; --amber: #e3b04b; --amber-soft: #332812; --tint: #5c2320; --tint-line: #ff8f84;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial,
    "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
}
math { font-family: "Graded Math", "STIX Two Math", "Cambria Math", math; font-size: 1.12rem; }
math[display="block"] { display: inline math; math-style: normal; }
code, pre { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; }
a { color: var(--blue); text-underline-offset: .15em; }
:focus-visible { outline: .15rem solid var(--blue); outline-offset: .15rem; }
header, main, footer { max-width: 56rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.4rem; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2rem); line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .3rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 0; }
h3 { font-size: .95rem; margin: 1.5rem 0 .35rem; }
.legend, footer { color: var(--mute); font-size: .875rem; }
.legend { margin: 0 0 1.6rem; max-width: 46rem; }
article { padding: 1.6rem 0; border-top: .1rem solid var(--ink); }
.marks { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .6rem; margin: .6rem 0 0; padding: 0; }
.badge { font-size: .8rem; line-height: 1.35; padding: .16rem .65rem; border: 1px solid; border-radius: 1rem;
  white-space: nowrap; font-weight: 600; }
.right, .EARNED, .CARRIED { color: var(--green); } .wrong, .LOST, .MISSING { color: var(--red); }
.open, .OPEN { color: var(--amber); } .none { color: var(--mute); }
.badge.right, .badge.EARNED, .badge.CARRIED { background: var(--green-soft); }
.badge.wrong, .badge.LOST, .badge.MISSING { background: var(--red-soft); }
.badge.open, .badge.OPEN { background: var(--amber-soft); } .badge.none { background: var(--panel); }
.score { font-weight: 650; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; overflow-y: hidden; max-width: 100%; padding: .15rem 0; scrollbar-width: thin; }
.lines { list-style: none; margin: .6rem 0 0; padding: 0; display: grid;
  grid-template-columns: max-content max-content minmax(0, 1fr) max-content; }
.lines > li { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: center;
  column-gap: .8rem; padding: .6rem .7rem; border-bottom: 1px dotted var(--line);
  border-left: .22rem solid transparent; }
.lines > li.first { background: var(--red-soft); border-left-color: var(--red); border-bottom-style: solid; }
.where { color: var(--mute); font-size: .78rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
.left { justify-self: end; }
.formula { min-width: 0; grid-column: 3; }
.lines > li > .badge { grid-column: 4; justify-self: end; }
.wide > .formula { grid-column: 2 / 4; }
.said { grid-column: 3 / -1; font-size: .9rem; color: var(--mute); margin-top: .25rem; min-width: 0; }
.first .said, .open-line .said { color: var(--ink); }
.said p { margin: .15rem 0; } .said .slip { font-weight: 650; color: var(--red); }
.changed { background: var(--tint); border-bottom: 2px solid var(--tint-line); border-radius: .12em .12em 0 0;
  padding: .08em .12em; }
.box { border: 1px solid; padding: .1em .25em; } .cancelled { text-decoration: line-through; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.4; border-top: 1.5px solid var(--ink);
  border-bottom: 1.5px solid var(--ink); margin: .4rem 0; }
th { font-weight: 600; font-size: .78rem; color: var(--mute); text-align: left; border-bottom: 1px solid var(--line); }
th, td { padding: .28rem 1.1rem .28rem .2rem; vertical-align: baseline; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.class { width: 100%; } td.number { white-space: nowrap; }
.point { margin: .35rem 0; } .point caption { text-align: left; font-size: .82rem; color: var(--mute); }
.point .side { font-weight: 650; }
pre.source { background: var(--panel); border-radius: .3rem; padding: .5rem .8rem; margin: .2rem 0; font-size: .84rem;
  line-height: 1.4; overflow-x: auto; }
pre.source mark { background: var(--tint); color: inherit; border-bottom: 2px solid var(--tint-line); }
footer { padding: 1.5rem 1.25rem 3rem; }
@media (max-width: 44rem) {
  header, main, footer { padding-left: .9rem; padding-right: .9rem; }
  .lines { grid-template-columns: max-content minmax(0, 1fr) max-content; }
  .left { grid-column: 1 / -1; justify-self: start; }
  .formula, .wide > .formula { grid-column: 1 / -1; grid-row: auto; }
  .lines > li > .badge { grid-column: 3; grid-row: 1; }
  .said { grid-column: 1 / -1; }
  th, td { padding-right: .6rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --mute: #444; }
  body { font-size: 10.5pt; } header { padding-top: 0; }
  article { break-before: page; } main > article:first-child { break-before: auto; }
  .lines > li, table { break-inside: avoid; } .scroll, pre.source { overflow: visible; white-space: pre-wrap; }
  .badge, .changed, .first, pre.source { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; } .back { display: none; }
}
"""


@cache
def style() -> str:
    """The style sheet of a page, with the font for mathematics in it."""
    package, name = _FONT
    font = base64.b64encode(files(package).joinpath(name).read_bytes()).decode("ascii")
    source = f'url(data:font/woff2;base64,{font}) format("woff2")'
    return f'@font-face {{ font-family: "Graded Math"; src: {source}; }}{_SHEET}'
