"""The gradients of cross-entropy and divergence by the logits: of q for a fixed p, and of p for a fixed q."""

import numpy as np

from gradproof.derivations.calculus import Dim, Domain, Sum, Text, Vector, define, derive, log

from ..softmax import jacobian
from ..softmax.jacobian import p, z

n = Dim("n")
i, j, k = n.indices("i j k")
y = Vector("y", n, Domain.SIMPLEX)
divergence_from_target = define("D", Sum(y[k] * log(y[k] / p[k]), k))
q = Vector("q", n, Domain.SIMPLEX)
divergence_of_prediction = define("D", Sum(p[k] * log(p[k] / q[k]), k))


def reference(z, y):
    p = np.exp(z) / np.sum(np.exp(z))
    return p - y


def operation(torch, z, y):
    return torch.nn.functional.kl_div(torch.log_softmax(z, 0), y, reduction="sum")


kl_gradient_by_logits = derive(
    divergence_from_target[()],
    z[j],
    name="kl_gradient_by_logits",
    title=Text("The gradient of KL(y‖p) with respect to the logits of p", "KL(y‖p) 对 p 的 logits 的梯度"),
    through=[p],
    lemmas=[jacobian.softmax_jacobian],
    textbook=p[j] - y[j],
    reference=reference,
    operation=operation,
)


def reference_reverse(z, q):
    p = np.exp(z) / np.sum(np.exp(z))
    D = np.sum(p * np.log(p / q))
    return p * (np.log(p / q) - D)


def operation_reverse(torch, z, q):
    return torch.nn.functional.kl_div(torch.log(q), torch.softmax(z, 0), reduction="sum")


reverse_kl_gradient_by_logits = derive(
    divergence_of_prediction[()],
    z[j],
    name="reverse_kl_gradient_by_logits",
    title=Text("The gradient of KL(p‖q) with respect to the logits of p", "KL(p‖q) 对 p 的 logits 的梯度"),
    through=[p],
    lemmas=[jacobian.softmax_jacobian],
    fold=[divergence_of_prediction],
    textbook=p[j] * (log(p[j] / q[j]) - divergence_of_prediction[()]),
    reference=reference_reverse,
    operation=operation_reverse,
)
