"""The gradient of the minimum, which is −max of −z: all of it goes to the entry that attains it."""

import numpy as np

from gradproof.derivations.calculus import Dim, Largest, Selected, Text, Untied, Vector, define, derive

n = Dim("n")
i, k = n.indices("i k")
z = Vector("z", n)
smallest = define("m", -Largest(-z[k], k))


def reference(z):
    return np.where(z == np.min(z), 1.0, 0.0)


def operation(torch, z):
    return torch.amin(z, 0)


min_gradient = derive(
    smallest[()],
    z[i],
    name="min_gradient",
    title=Text("The gradient of the minimum", "最小值的梯度"),
    given=(Untied(Largest(-z[k], k)),),
    textbook=Selected(-z[k], k, i),
    reference=reference,
    operation=operation,
    sources=("Boyd, Vandenberghe, Subgradients, 2022, section 3.4",),
)
