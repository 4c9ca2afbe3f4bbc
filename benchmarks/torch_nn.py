"""What torch.nn documents, and whether Torch computes it: the table of docs/torch-nn.md.

python benchmarks/torch_nn.py [--write] [MODULE …]

    --write   write docs/torch-nn.md; else the page is printed. Naming modules leaves the others out
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch.nn.modules import activation

from gradproof.regression.torch_nn.checking import rows
from gradproof.regression.torch_nn.page import page

PAGE = Path(__file__).parents[1] / "docs" / "torch-nn.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/torch-nn.md")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as ELU; none means all")
    options = parser.parse_args()
    if options.write and options.modules:
        parser.error("the page has all modules; name none with --write")
    text = page(tuple(rows(frozenset(options.modules))), torch.__version__, frozenset(activation.__all__))
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
