"""The reference is what its command writes, and every public docstring says what a reader needs."""

from __future__ import annotations

import importlib.util
import inspect
import re
from types import ModuleType
from typing import Any

import pytest

import gradproof
from gradproof.regression import checked, strategies

from .blocks import ROOT, blocks


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def described(maker: ModuleType) -> dict[str, Any]:
    """Everything that has a section in the reference, by name."""
    found = {name: getattr(gradproof, name) for names in maker.THEMES.values() for name in names.split()}
    found |= {name: getattr(checked, name) for name in maker.CHECKED.split()}
    found |= {f"strategies.{name}": getattr(strategies, name) for name in maker.STRATEGIES.split()}
    for module, names in maker.MODULES.items():
        found |= {f"{module}.{name}": getattr(getattr(gradproof, module), name) for name in names.split()}
    return found


def test_the_pages_are_what_the_command_writes(maker: ModuleType) -> None:
    """To mend it: python docs/make_reference.py"""
    assert maker.PYTHON.read_text(encoding="utf-8") == maker.python_page()
    commands = [block.text.splitlines()[0] for block in blocks(maker.COMMAND)]  # what they print is a transcript
    assert commands == [f"$ gradproof {name} --help" for name in maker.COMMANDS.split()]


def test_all_commands_are_there(maker: ModuleType) -> None:
    from typer.main import get_command

    from gradproof.cli.app import app

    assert maker.COMMANDS.split() == list(get_command(app).commands)


def test_functions_say_what_they_return_and_raise(described: dict[str, Any]) -> None:
    functions = {name: inspect.unwrap(thing) for name, thing in described.items() if not isinstance(thing, type)}
    assert len(functions) > 30
    silent = [
        f"{name}: {word}"
        for name, function in functions.items()
        for word in ("(Returns|Gives)", "Raises")
        if not re.search(rf"\b{word}\b", function.__doc__ or "")
    ]
    assert silent == []


def test_what_is_called_explains_its_parameters(maker: ModuleType, described: dict[str, Any]) -> None:
    unexplained = []
    for name, thing in described.items():
        own = not isinstance(thing, type) or {"__new__", "__init__", "__dataclass_fields__"} & set(vars(thing))
        if not own or hasattr(thing, "__members__") or (isinstance(thing, type) and issubclass(thing, Exception)):
            continue
        text = maker.docstring(thing, name)
        given = [each.split(":")[0].split("=")[0].strip(" *") for each in maker.parameters(thing)[0]]
        unexplained += [f"{name}: {each}" for each in given if each not in ("", "/") and each not in words(text)]
    assert unexplained == []


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def test_a_name_without_a_docstring_is_refused(maker: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(gradproof.Dim):
        pass

    with pytest.raises(ValueError, match="Silent has no docstring"):
        maker.docstring(Silent, "Silent")
    monkeypatch.setattr(gradproof, "__all__", [*gradproof.__all__, "novelty"])
    with pytest.raises(ValueError, match="novelty"):
        maker.python_page()


@pytest.mark.parametrize(
    ("docstring", "page"),
    [
        ("Says.\n\nx    one,\n     or two\ny    1\nRaises E.", "Says.\n\n- `x`: one,\n  or two\n- `y`: 1\n\nRaises E."),
        ("Like ``f(x)``:\n\n>>> f(1)\n", "Like `f(x)`:\n\n```pycon\n>>> f(1)\n```"),
        ("of, by   two", "- `of`, `by`: two"),
    ],
)  # fmt: skip
def test_docstrings_become_markdown(docstring: str, page: str, maker: ModuleType) -> None:
    assert maker.markdown(docstring) == page


def test_examples_in_docstrings_run(maker: ModuleType) -> None:
    examples = [block.text for block in blocks(maker.PYTHON) if block.language == "pycon"]
    assert examples
    for text in examples:
        exec("\n".join(line.removeprefix(">>> ") for line in text.splitlines()), {})  # our own docstrings


def test_defaults_are_shown_as_they_are_written(maker: ModuleType) -> None:
    def sample(a: int, b: dict[str, int] | None = None, *, c: str = "x, y") -> str:
        return f"{a}{b}{c}"

    shown = "sample(a: int, b: dict[str, int] | None = None, *, c: str = 'x, y') -> str"
    assert maker.signature("sample", sample) == shown
