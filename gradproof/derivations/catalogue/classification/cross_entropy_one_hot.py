"""Cross-entropy through softmax with a one-hot target: only the logarithm of the true class is left."""

import numpy as np

from gradproof.derivations.calculus import Text, define, delta, derive, log

from ..softmax import jacobian
from ..softmax.jacobian import n, p, z

j, c = n.indices("j c")
loss = define("L", c, -log(p[c]))


def operation(torch, z):
    """The loss for each true class, a row each."""
    n = z.numel()
    return torch.nn.functional.cross_entropy(z.expand(n, n), torch.arange(n), reduction="none")


def reference(z):
    p = np.exp(z) / np.sum(np.exp(z))
    return p - np.eye(np.size(z))


cross_entropy_gradient_one_hot = derive(
    loss[c],
    z[j],
    name="cross_entropy_gradient_one_hot",
    title=Text("Cross-entropy through softmax, true class c", "经过 softmax 的交叉熵：真实类别为 c"),
    through=[p],
    lemmas=[jacobian.softmax_jacobian],
    textbook=p[j] - delta(c, j),
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 6.2.2.3",),
)
