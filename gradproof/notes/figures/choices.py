"""Which figures an entry has: by its name, and for a function of one variable by itself."""

from __future__ import annotations

from collections.abc import Callable

from gradproof.derivations.calculus import Derivation

from .curves import entropy, function_and_derivative
from .drawing import Figure, available
from .heat import softmax_heat_map
from .rates import learning_rates
from .surfaces import descent_path, saddle

#: By the name of an entry. What is not here has the curves of a function and its derivative, if it is about one.
CHOICES: dict[str, Callable[[Derivation], Figure | None]] = {
    "softmax_jacobian": softmax_heat_map,
    "entropy_at_most_log": entropy,
    "linear_regression_weights": descent_path,
    "mse_gradient": learning_rates,
}
#: Entries whose names begin so are about a function of two variables, whose surface is shown.
SURFACES = ("saddle",)


def figures_of(derivation: Derivation) -> tuple[Figure, ...]:
    """The figures of an entry; none where nothing is chosen, or where matplotlib is not installed."""
    if not available():
        return ()
    draw = CHOICES.get(derivation.name)
    if draw is None:
        draw = saddle if derivation.name.startswith(SURFACES) else function_and_derivative
    found = draw(derivation)
    return (found,) if found is not None else ()
