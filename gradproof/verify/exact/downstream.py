"""Derivatives of what holds a value that lies downstream, or a derivative of it.

Such a value V is data, which has no derivative by itself. So it is replaced by a stand-in that is defined as the sum
over c and k of G_k c_k, with the gradient G as data: its derivative is that of V. The same is done with G and its own
gradient H, and with the tensors c, where they lie downstream of others. After the derivative is taken, V and G stand
where their stand-ins stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sympy import Expr, S

from gradproof.derivations.calculus import Downstream, Entry, Index, Tensor

from ..downstream import Described, described
from ..evaluation import Unsupported
from ..structure import any_value, tensors_in
from .derivatives import derivative_of, rebuilt, summed


class StandIns:
    """What stands for the values that conditions describe while one derivative is taken.

    entry_of    an entry of a tensor c, prepared down to the tensor by which is differentiated
    data        tensors that are data here, whatever is said of them: those at which derivatives cut
    Raises Unsupported where two tensors of one name are described, since their gradients would have one name, too.
    """

    def __init__(
        self, conditions: tuple[Downstream, ...], entry_of: Callable[[Entry], Expr], data: Iterable[Tensor]
    ) -> None:
        self.entry_of = entry_of
        cut = set(data)
        everything = {any_value(tensor): known for tensor, known in described(conditions).items()}
        self.known = {tensor: known for tensor, known in everything.items() if tensor not in cut}
        self._standins: dict[Tensor, Tensor] = {}
        self._behind: dict[Tensor, Tensor] = {}
        self._open: set[Tensor] = set()
        different = dict.fromkeys(conditions)
        for tensors in ([c.value.tensor for c in different], *[c.through for c in different]):
            if len({str(tensor.name) for tensor in tensors}) < len(tensors):
                names = ", ".join(str(tensor.name) for tensor in tensors)
                raise Unsupported(f"two of the tensors {names} have one name")

    def inside(self, function: Expr) -> bool:
        """Whether the function holds anything that is described."""
        return any(tensor in self.known for tensor in tensors_in(function))

    def value(self, entry: Entry) -> Expr | None:
        """What an entry of a described tensor is differentiated as, if that holds no stand-in itself."""
        if entry.tensor not in self.known:
            return None
        body = self._standin(entry.tensor).body(*entry.indices)
        return None if tensors_in(body) & self._behind.keys() else body

    def derivative(self, function: Expr, by: Entry, depth: int) -> Expr:
        """∂function/∂by, carried out, with what is described as a function of what it depends on."""
        found = derivative_of(self._replaced(function, depth), by, depth)

        def back(part: Expr) -> Expr:
            standing = isinstance(part, Entry) and part.tensor in self._behind
            return Entry(self._behind[part.tensor], *part.indices) if standing else part

        return rebuilt(found, back, depth)

    def _replaced(self, expression: Expr, depth: int) -> Expr:
        def leaf(part: Expr) -> Expr:
            described_ = isinstance(part, Entry) and part.tensor in self.known
            return Entry(self._standin(part.tensor), *part.indices) if described_ else part

        return rebuilt(expression, leaf, depth)

    def _standin(self, tensor: Tensor) -> Tensor:
        if tensor in self._open:
            raise Unsupported(f"{tensor.name} depends on itself")
        if tensor not in self._standins:
            self._open.add(tensor)
            formal = tuple(Index(f"~{tensor.name}:{place}", dim) for place, dim in enumerate(tensor.dims))
            body = self._linear(self.known[tensor], Entry(tensor, *formal))
            found = Tensor(f"{tensor.name} (to be differentiated)", *tensor.dims, definition=(formal, body))
            self._open.discard(tensor)
            self._standins[tensor], self._behind[found] = found, tensor
        return self._standins[tensor]

    def _linear(self, known: Described, entry: Entry) -> Expr:
        """Σ_c Σ_k slope_k c_k, with the slopes as data."""
        total = S.Zero
        for part in known.through:
            middle = Entry(part, *(Index(f"~0.{place}", dim) for place, dim in enumerate(part.dims)))
            moving = self._replaced(self.entry_of(middle), 1)
            total += summed(known.slope(entry, middle) * moving, middle.indices)
        return total
