"""NumPy and Torch source of a derivation: a function of the value and a function of the derivative.

The sizes are read from the shapes of the arguments, definitions become local variables. The source is plain: it says
what the formula says, and takes no care of overflow.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from gradproof.derivations.calculus import (
    Applied,
    Derivation,
    Dim,
    Entry,
    Index,
    Limit,
    Partial,
    Tensor,
    free_indices,
)

from .array_source import ArrayWriter, inputs_of
from .derivative_data import derivative_axes, derivative_key, derivative_name
from .names import python_name
from .source import NUMPY, TORCH, Library, NoSourceError, activation_name

_INDENT = "    "


def numpy_source(derivation: Derivation, name: str | None = None) -> str:
    """A NumPy module with the functions NAME_value (the expression that is differentiated, if there is one) and NAME.

    Raises NoSourceError for what has no source, e.g. a derivative that is not carried out.
    """
    return _module(derivation, name, NUMPY)


def torch_source(derivation: Derivation, name: str | None = None) -> str:
    """The same as `numpy_source` for Torch; the value can be differentiated by autograd."""
    return _module(derivation, name, TORCH)


def function_source(
    name: str, expression: Expr, indices: tuple[Index, ...], library: Library = NUMPY, title: str = ""
) -> str:
    """``def NAME(...)`` that computes an expression, an axis for each of `indices`. Raises NoSourceError."""
    inputs = _Inputs.of(expression, indices)
    names = inputs.names(library)
    arrays = [names[tensor] for tensor in inputs.tensors]
    arrays += [names[derivative_key(partial)] for partial in inputs.derivatives]
    writer = ArrayWriter(library, names, next((names[tensor] for tensor in inputs.tensors if tensor.dims), ""))
    lines = []
    for tensor in inputs.defined:
        formal, body = tensor.definition
        lines.append(f"{names[tensor]} = {writer.whole(body, formal).text}")
    lines.append(f"return {writer.whole(expression, indices).text}")
    sizes, missing = inputs.read_sizes(tuple(writer.sizes), names)
    parameters = [*arrays, *inputs.functions, *missing]
    docstring = _docstring(title, inputs, names, expression, indices)
    body_lines = [*docstring, *sizes, *lines]
    return "\n".join([f"def {name}({', '.join(parameters)}):", *((_INDENT + line).rstrip() for line in body_lines), ""])


def _module(derivation: Derivation, name: str | None, library: Library) -> str:
    name = name or python_name(derivation.name.replace(".", "_") or "result")
    title = derivation.title.en
    functions = []
    statement = derivation.statement
    value = statement.expression if isinstance(statement, Partial) else None
    if value is not None and _is_written(value):
        axes = tuple(index for index in derivation.indices if index in free_indices(value))
        functions.append(function_source(f"{name}_value", value, axes, library, f"What is differentiated in: {title}"))
    result = derivation.explicit() if derivation.explicit is not None else derivation.result
    functions.append(function_source(name, result, derivation.indices, library, title))
    imports = library.import_line + "\n"
    if any("math." in function for function in functions):
        imports = "import math\n\n" + imports
    return "\n\n".join([imports, *functions])


def _is_written(value: Expr) -> bool:
    """Whether a value can be computed: it is no data, and has no derivative or limit that is not carried out."""
    if isinstance(value, Entry):
        return value.tensor.definition is not None
    return not value.atoms(Partial, Limit)


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What a function needs: arrays, derivatives given as data, opaque functions; and the tensors defined from them."""

    tensors: tuple[Tensor, ...]
    derivatives: tuple[Partial, ...]
    functions: tuple[str, ...]
    defined: tuple[Tensor, ...]
    sizes: tuple[Dim, ...]

    @classmethod
    def of(cls, expression: Expr, indices: tuple[Index, ...]) -> _Inputs:
        tensors: dict[Tensor, None] = {}
        derivatives: dict[Expr, Partial] = {}
        functions: dict[str, None] = {}
        defined: dict[Tensor, None] = {}
        sizes: dict[Dim, None] = dict.fromkeys(index.dim for index in indices)

        def visit(part: Expr) -> None:
            sizes.update(dict.fromkeys(sorted(part.atoms(Dim) | {i.dim for i in part.atoms(Index)}, key=str)))
            for found in inputs_of(part):
                if isinstance(found, Partial):
                    derivatives.setdefault(derivative_key(found), found)
                elif isinstance(found, Applied):
                    functions[activation_name(found)] = None
                elif found.definition is None:
                    tensors[found] = None
                elif found not in defined:
                    visit(found.definition[1])
                    defined[found] = None

        visit(expression)
        by_name = sorted(tensors, key=lambda tensor: python_name(tensor.name))
        return cls(tuple(by_name), tuple(derivatives.values()), tuple(sorted(functions)), tuple(defined), tuple(sizes))

    def names(self, library: Library) -> dict[Expr, str]:
        """A Python name for each tensor, derivative and size; one that is taken gets a line behind it."""
        taken = {library.prefix, *self.functions}
        names: dict[Expr, str] = {}
        wanted: list[tuple[Expr, str]] = [
            *((tensor, python_name(tensor.name)) for tensor in (*self.tensors, *self.defined)),
            *((derivative_key(partial), derivative_name(partial)) for partial in self.derivatives),
            *((size, python_name(size.name)) for size in self.sizes),
        ]
        for key, name in wanted:
            while name in taken:
                name += "_"
            taken.add(name)
            names[key] = name
        return names

    def read_sizes(self, used: tuple[Dim, ...], names: dict[Expr, str]) -> tuple[list[str], list[str]]:
        """Lines that read the sizes from shapes, and the sizes that no argument has, which become parameters."""
        arrays = [(names[tensor], tuple(tensor.dims)) for tensor in self.tensors]
        arrays += [(names[derivative_key(p)], tuple(i.dim for i in derivative_axes(p))) for p in self.derivatives]
        lines, missing = [], []
        for size in used:
            place = next(((name, dims.index(size)) for name, dims in arrays if size in dims), None)
            if place is None:
                missing.append(names[size])
            else:
                lines.append(f"{names[size]} = {place[0]}.shape[{place[1]}]")
        return lines, missing


def _docstring(
    title: str, inputs: _Inputs, names: dict[Expr, str], expression: Expr, indices: tuple[Index, ...]
) -> list[str]:
    shapes = [f"{names[tensor]}: {_shape(tensor.dims)}" for tensor in inputs.tensors]
    shapes += [f"{names[derivative_key(p)]}: {_shape(i.dim for i in derivative_axes(p))}" for p in inputs.derivatives]
    if inputs.functions:
        shapes.append(f"functions of an array, entry by entry: {', '.join(inputs.functions)}")
    result = f"Returns an array of shape {_shape(index.dim for index in indices)}" if indices else "Returns a number"
    axes = f", with the axes {', '.join(index.name for index in indices)}." if indices else "."
    first = title.replace("\\", "").replace('"', "'") or str(expression)
    return [f'"""{first}.' if not first.endswith(".") else f'"""{first}', "", *shapes, result + axes, '"""']


def _shape(dims: object) -> str:
    names = [dim.name for dim in dims]  # type: ignore[attr-defined]
    return f"({', '.join(names)}{',' if len(names) == 1 else ''})" if names else "a number"


__all__ = ["NoSourceError", "function_source", "numpy_source", "torch_source"]
