"""`python -m gradproof.notes.overlay fr` writes the template of an overlay."""

from __future__ import annotations

import sys

from .file import template

if len(sys.argv) != 2:
    sys.exit("which language? python -m gradproof.notes.overlay fr > fr.toml")
print(template(sys.argv[1]), end="")
