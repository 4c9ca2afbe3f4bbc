"""Reverse mode over named definitions: the chain rule backwards, with named adjoints, linear in depth.

A program is a scalar loss whose definition uses other definitions. The adjoint of a definition z is ∂E/∂z; a *named*
adjoint (δ_k := ∂E/∂z_k) is written by its name in everything that follows, which keeps every line short however deep
the network is. Every line of a derivation here is said under `Downstream`: the loss depends on the quantity only
through the next named adjoints, so that a layer is proved once, for every network above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sympy import Add, Expr, S

from . import rules
from .conditions import Condition, Downstream
from .derivation import Derivation, Rule, Step, Text
from .differentiation import carried_out, depends_on, differentiate
from .indices import Index, fresh
from .lines import Lines, finish
from .rewriting import rewrite
from .sums import Partial, Sum
from .tensors import Entry, Tensor, definitions_in
from .totals import behind_totals


@dataclass(frozen=True, slots=True)
class _Adjoint:
    """∂E/∂v: its entry by a name or a formula, and what it rests on."""

    value: Callable[..., Expr]
    frontier: tuple[Tensor, ...]
    inlined: tuple[Tensor, ...]


class Program:
    """A scalar loss over named definitions, immutable.

    loss      a scalar with a definition, such as ``define("E", …)``, or a scalar without one that stands for any loss
              of the tensors `outputs`
    adjoints  names for the adjoints of definitions: {z: "delta"}
    fold      defined tensors to be written in results, such as activations
    Raises ValueError when a named tensor is not part of the program.
    """

    def __init__(
        self,
        loss: Tensor,
        adjoints: Mapping[Tensor, str] | None = None,
        fold: tuple[Tensor, ...] = (),
        outputs: tuple[Tensor, ...] = (),
    ) -> None:
        if loss.dims:
            raise ValueError(f"{loss.name} has shape {tuple(d.name for d in loss.dims)}; a loss is a scalar")
        self.loss = loss
        self.root = Entry(loss)
        self.fold = fold
        self.outputs = outputs
        roots = [self.root] if loss.definition is not None else []
        order: dict[Tensor, None] = {}
        for root in [*roots, *(Entry(t, *_letters(t)) for t in outputs)]:
            order.update(dict.fromkeys(definitions_in(root)))
        self.definitions = tuple(order)
        self._consumers = _consumers(self.definitions)
        self._adjoints: dict[Tensor, _Adjoint] = {}
        self._formulas: dict[Tensor, Tensor] = {}
        self.named: dict[Tensor, Tensor] = {}
        for tensor, name in (adjoints or {}).items():
            if tensor not in order:
                raise ValueError(f"{tensor.name} is no definition of the program of {loss.name}")
            indices = _letters(tensor)
            body = Partial(self.root, Entry(tensor, *indices))
            self.named[tensor] = Tensor(name, *tensor.dims, definition=(indices, body))

    def adjoint(self, tensor: Tensor) -> Tensor:
        """The named adjoint δ of a definition; index it like any tensor."""
        return self.named[tensor]

    def derive(
        self,
        by: Entry,
        *,
        name: str = "",
        title: Text,
        textbook: Expr | None = None,
        given: tuple[Condition, ...] = (),
        reference: Callable[..., Any] | None = None,
        operation: Callable[..., Any] | None = None,
        sources: tuple[str, ...] = (),
        remarks: tuple[Text, ...] = (),
    ) -> Derivation:
        """∂loss/∂by with its steps, in terms of named adjoints and of the forward quantities to fold.

        operation  Torch's own operation for the loss, or for the one output if the loss is arbitrary; see `Derivation`
        """
        lines, frontier, _ = self._lines(by)
        assumed: tuple[Condition, ...] = ()
        if self.loss not in frontier:
            assumed = (Downstream(self.root, frontier),)
        return Derivation(
            name=name,
            title=title,
            statement=lines.statement,
            indices=by.indices,
            steps=tuple(lines.steps),
            textbook=textbook,
            given=(*assumed, *given),
            reference=reference,
            operation=operation,
            sources=sources,
            remarks=remarks,
            explicit=partial(self._explicit, lines.current),
        )

    def _explicit(self, expression: Expr) -> Expr:
        """The expression with each named adjoint defined by what was derived for it, where the loss is given."""
        if self.loss.definition is None:
            return expression
        quantities = {name: tensor for tensor, name in self.named.items()}

        def replaced(part: Expr) -> Expr:
            if isinstance(part, Entry) and part.tensor in quantities:
                return Entry(self._formula(quantities[part.tensor]), *part.indices)
            return part

        return rewrite(expression, replaced)

    def _formula(self, tensor: Tensor) -> Tensor:
        """The named adjoint of a definition, defined by the formula that reverse mode gives."""
        if tensor not in self._formulas:
            name, indices = self.named[tensor], _letters(tensor)
            lines, _, _ = self._lines(Entry(tensor, *indices))
            self._formulas[tensor] = Tensor(name.name, *name.dims, definition=(indices, self._explicit(lines.current)))
        return self._formulas[tensor]

    def _lines(self, by: Entry) -> tuple[Lines, tuple[Tensor, ...], tuple[Tensor, ...]]:
        """The lines of ∂loss/∂by, the named definitions that they stop at, and those passed on the way."""
        consumers = self._consumers.get(by.tensor, ())
        if not consumers and by.tensor not in self.outputs:
            raise ValueError(f"{self.loss.name} does not depend on {by.tensor.name}")
        independent = not any(depends_on(a, b) for a in consumers for b in consumers if a != b)
        above = {tensor: self._adjoint(tensor) for tensor in consumers}
        frontier = tuple(dict.fromkeys(t for c in consumers for t in above[c].frontier))
        inlined = tuple(dict.fromkeys(t for c in consumers for t in above[c].inlined))
        near = [tensor for tensor in (*frontier, *inlined, *consumers) if tensor != self.loss]
        fold = tuple(t for t in self.fold if t in near or any(used in near for used in t.definition[1].atoms(Tensor)))
        names = [self.named[t] for t in near if t in self.named]
        uses = tuple(dict.fromkeys((*frontier, *inlined, *consumers, *fold, *names)))
        if self._entangled(frontier):
            frontier, uses = (self.loss,), (*self.definitions, *self.named.values())
        used: dict[Rule, None] = {}
        lines = Lines(Partial(self.root, by))
        if consumers == (self.loss,):
            formula = Partial(self.loss.definition[1], by)
            lines.add(formula, rules.DEFINITION, uses=uses)
            lines.add(carried_out(formula, used), *_noted(used), uses=uses)
        else:
            pairs = [(tensor, tuple(fresh(index) for index in _letters(tensor))) for tensor in consumers]
            if independent:
                paths = [Sum(Partial(self.root, t[i]) * Partial(t[i], by), *i) for t, i in pairs]
                lines.add(Add(*paths), rules.CHAIN_SUM, uses=uses)
            direct = [Sum(above[t].value(*i) * _direct(t, i, by, used), *i) for t, i in pairs]
            lines.add(Add(*direct), rules.ADJOINT, *_noted(used), uses=uses)
        finish(lines, fold)
        lines.steps[:] = [replace(step, uses=_with_totals(step, uses)) for step in lines.steps]
        return lines, frontier, inlined

    def _entangled(self, frontier: tuple[Tensor, ...]) -> bool:
        """Whether one of these depends on another. Then the loss is no function of them as independent quantities, a
        path would count twice, and the lines are said of the whole program. Raises ValueError if it has no whole."""
        pairs = [(a, b) for a in frontier for b in frontier if a != b and depends_on(a, b)]
        if pairs and self.loss.definition is None:
            (a, b), *_ = pairs
            raise ValueError(f"{a.name} is defined with the help of {b.name}: the adjoint of only one can have a name")
        return bool(pairs)

    def _adjoint(self, tensor: Tensor) -> _Adjoint:
        """∂loss/∂tensor as it is written in what follows."""
        if tensor not in self._adjoints:
            if tensor == self.loss:
                found = _Adjoint(lambda *i: S.One, (tensor,), (tensor,))
            elif tensor in self.named:
                name = self.named[tensor]
                found = _Adjoint(lambda *i: Entry(name, *i), (tensor,), (tensor,))
            elif tensor in self.outputs:
                found = _Adjoint(lambda *i: Partial(self.root, Entry(tensor, *i)), (tensor,), (tensor,))
            else:
                formal = tuple(fresh(index) for index in _letters(tensor))
                lines, frontier, inlined = self._lines(Entry(tensor, *formal))
                result = lines.current
                found = _Adjoint(
                    lambda *i: result.xreplace(dict(zip(formal, i, strict=True))), frontier, (*inlined, tensor)
                )
            self._adjoints[tensor] = found
        return self._adjoints[tensor]


def _with_totals(step: Step, uses: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """A step that says what a defined tensor sums to needs the definitions that make it so."""
    behind = behind_totals(step.before) if rules.CENTRED in step.rules or rules.FACT in step.rules else ()
    return tuple(dict.fromkeys((*uses, *behind)))


def _direct(tensor: Tensor, indices: tuple[Index, ...], by: Entry, used: dict[Rule, None]) -> Expr:
    """∂(definition of tensor)/∂by where `by` stands in the definition itself."""
    body = tensor.body(*indices)

    def keep_direct(part: Expr) -> Expr:
        if isinstance(part, Partial) and isinstance(part.expression, Entry) and part.expression.tensor != by.tensor:
            return S.Zero
        return part

    return rewrite(differentiate(body, by, used), keep_direct)


def _consumers(definitions: tuple[Tensor, ...]) -> dict[Tensor, tuple[Tensor, ...]]:
    found: dict[Tensor, list[Tensor]] = {}
    for tensor in definitions:
        for used in sorted(tensor.definition[1].atoms(Tensor), key=lambda t: str(t.name)):
            found.setdefault(used, []).append(tensor)
    return {tensor: tuple(users) for tensor, users in found.items()}


def _letters(tensor: Tensor) -> tuple[Index, ...]:
    """Formal indices for the axes of a tensor."""
    if tensor.definition is not None:
        return tuple(tensor.definition[0])
    return tuple(Index(f"i{place}", dim) for place, dim in enumerate(tensor.dims))


def _noted(used: dict[Rule, None]) -> tuple[Rule, ...]:
    return tuple(used) or (rules.SUM,)
