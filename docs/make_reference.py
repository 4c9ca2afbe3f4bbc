"""Write the reference, docs/reference-python.md and docs/reference-command.md, from docstrings and options.

    python docs/make_reference.py

Signatures are taken from the source, so that a default is shown as it is written there. A public name that belongs to
no theme below, or that has no docstring, ends this with an error. A test compares both pages with what is written here.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import gradproof
from gradproof.regression import checked

ROOT = Path(__file__).resolve().parents[1]
PYTHON, COMMAND = ROOT / "docs/reference-python.md", ROOT / "docs/reference-command.md"

#: The public names of `gradproof`, by theme, each in the order in which a reader meets them.
THEMES = {
    "Sizes, tensors, definitions": "Dim Index Scalar Vector Matrix Tensor Entry Domain define ShapeError",
    "Formulas": (
        "Sum Partial delta exp log sqrt sigmoid tanh softplus relu step sign erf log1p expm1 xlogx Largest Selected "
        "Limit Activation"
    ),
    "Conditions": "Equal Different Positive Negative NonZero Untied Downstream",
    "Derivations": "derive identity Program Derivation Step Text",
    "Claims and verdicts": "Claim Relation check verify_derivation Verdict Evidence Report Counterexample",
    "Floating point": "stability stability_of",
    "Documents and notes": "check_document grade lecture_notes",
    "Your own code": (
        "assert_identity assert_gradient assert_jacobian assert_hessian assert_backward assert_stable in_torch"
    ),
}
#: What the assertions return and raise; it stands in `gradproof.regression.checked`.
CHECKED = "Checked RefutedError DisagreementError UndecidedError WrongShapeError"
STRATEGIES = "real logits weights positive between_0_and_1 probabilities one_hot binary labels inputs Description"
#: Names of modules that are public as a whole, or not described: their pages are named in the introduction.
MODULES = {"derivations": "chapters find names", "verify": "claims_of verify_derivations ChildPool Budget"}

HEAD = """\
# Reference: Python

Written by `python docs/make_reference.py` from the docstrings; do not edit it here. `import gradproof as gp` gives
every name; nothing heavy is loaded before a name is used. Shapes are written as in NumPy: (n, m) has n rows. Numbers
are real and have no unit, errors in floating point are in units in the last place, times in seconds.
"""
COMMAND_HEAD = """\
# Reference: the command

Written by `python docs/make_reference.py`: what each command says of itself. How checks run, exit codes and JSON are in
[commands.md](commands.md).
"""
COMMANDS = "list show verify notes check lock read grade"


def docstring(thing: Any, name: str) -> str:
    """The docstring of a thing itself, not of a class above it. Raises ValueError where there is none."""
    text = vars(thing).get("__doc__") if isinstance(thing, type) else thing.__doc__
    if not text:
        raise ValueError(f"{name} has no docstring")
    return inspect.cleandoc(text)


def markdown(text: str) -> str:
    """A docstring as Markdown: names and explanations that stand two blanks apart are lists, examples blocks."""
    lines: list[str] = []
    listed = fenced = False
    for line in re.sub(r"``([^`]+)``", r"`\1`", text).splitlines():
        item = re.match(r"([\w`].*?)\s{2,}(\S.*)$", line)
        if line.startswith(">>> ") != fenced:
            fenced = not fenced
            lines += ["```pycon"] if fenced else ["```"]
        if fenced:
            lines.append(line)
        elif item and not line.startswith(" "):
            names = re.sub(r"[\w.]+", r"`\g<0>`", item[1]) if "`" not in item[1] else item[1]
            lines += [*([] if listed or not lines or not lines[-1] else [""]), f"- {names}: {item[2]}"]
            listed = True
        elif listed and line.startswith(" "):
            lines.append(f"  {line.strip()}")
        else:
            lines += [*([""] if listed and line else []), line]
            listed = False
    return "\n".join([*lines, *(["```"] if fenced else [])])


def syntax(thing: Any) -> Any:
    """The syntax tree of a function or a class."""
    return ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(thing)))).body[0]


def parameters(thing: Any) -> tuple[list[str], str]:
    """The parameters of a call, each as in the source, and what comes back."""
    if not isinstance(thing, type):
        node = syntax(thing)
        return _arguments(node.args), ast.unparse(node.returns)
    for one in (each for each in thing.__mro__ if each.__module__.startswith("gradproof")):
        body = syntax(one).body
        made = [each for each in body if isinstance(each, ast.FunctionDef) and each.name in ("__new__", "__init__")]
        if made:
            return _arguments(made[0].args)[1:], ""
        if "__dataclass_fields__" in vars(one):
            return [ast.unparse(each) for each in body if isinstance(each, ast.AnnAssign)], ""
    return [], ""


def _arguments(arguments: ast.arguments) -> list[str]:
    """Split where no bracket is open."""
    found, depth = [""], 0
    for sign in ast.unparse(arguments):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    named = (each.strip() for each in found if each.strip())
    return [each.replace("=", " = ", 1) if ": " in each else each for each in named]


def signature(name: str, thing: Any) -> str:
    if isinstance(thing, type) and issubclass(thing, Exception):
        return ""
    if hasattr(thing, "__members__"):
        return ", ".join(f"{name}.{member}" for member in thing.__members__)
    given, result = parameters(thing)
    line = f"{name}({', '.join(given)}){f' -> {result}' if result else ''}"
    if len(line) <= 100:
        return line
    return "\n".join([f"{name}(", *(f"    {each}," for each in given), f"){f' -> {result}' if result else ''}"])


def members(thing: type) -> Iterator[str]:
    """The public methods and properties that say what they do."""
    for name, member in vars(thing).items():
        function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if name.startswith("_") or not inspect.isfunction(function) or not function.__doc__:
            continue
        call = f"`.{name}`" if isinstance(member, property) else f"`.{name}({', '.join(_shown(function))})`"
        yield f"- {call}: {' '.join(function.__doc__.replace('``', '`').split())}"


def _shown(function: Any) -> list[str]:
    return [each for each in _arguments(syntax(function).args) if each.split(":")[0] not in ("self", "cls", "/", "*")]


def entry(name: str, thing: Any, full: str) -> str:
    """The section of a name: its signature, its docstring, its members, and where it stands."""
    source = Path(inspect.getsourcefile(inspect.unwrap(thing)) or "").relative_to(ROOT)
    called = signature(full, thing)
    parts = [f"### {name}", f"```py\n{called}\n```" if called else "", markdown(docstring(thing, name))]
    if isinstance(thing, type):
        parts.append("\n".join(members(thing)))
    return "\n\n".join(filter(None, [*parts, f"[source](../{source})"]))


def python_page() -> str:
    """Raises ValueError for a public name that has no theme, or no docstring."""
    themed = {name for names in THEMES.values() for name in names.split()}
    public = set(gradproof.__all__) - {"__version__", "strategies", "notes", *MODULES}
    if themed != public:
        raise ValueError(f"docs/make_reference.py: these names have no theme, or are none: {themed ^ public}")
    parts = [HEAD]
    for theme, names in THEMES.items():
        parts += [f"## {theme}", *(entry(name, getattr(gradproof, name), name) for name in names.split())]
        if theme == "Your own code":
            parts.append("What they return and raise is in `gradproof.regression.checked`:")
            parts += [entry(name, getattr(checked, name), name) for name in CHECKED.split()]
    strategies = gradproof.strategies
    parts += ["## Strategies", markdown(docstring(strategies, "strategies"))]
    parts += [entry(name, getattr(strategies, name), f"strategies.{name}") for name in STRATEGIES.split()]
    for module, names in MODULES.items():
        whole = import_module(f"gradproof.{module}")
        parts += [f"## The module {module}", markdown(docstring(whole, module))]
        parts += [entry(f"{module}.{name}", getattr(whole, name), f"{module}.{name}") for name in names.split()]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def command_page() -> str:
    """What each command says of itself, as a transcript."""
    parts = [COMMAND_HEAD]
    for name in COMMANDS.split():
        call = f"{name} --help".strip()
        command = [sys.executable, "-m", "gradproof", *call.split()]
        done = subprocess.run(command, env=os.environ | {"COLUMNS": "80"}, capture_output=True, text=True, check=True)
        said = "\n".join(line.rstrip() for line in done.stdout.splitlines())
        parts.append(f"## gradproof {name}".rstrip() + f"\n\n```console\n$ gradproof {call}\n{said}\n```")
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


if __name__ == "__main__":
    PYTHON.write_text(python_page(), encoding="utf-8")
    COMMAND.write_text(command_page(), encoding="utf-8")
