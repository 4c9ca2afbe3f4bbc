"""A step of gradient descent on a quadratic function: each eigen-coordinate is multiplied by 1 − ηλ."""

from gradproof.derivations.calculus import Partial, Scalar, Text, identity
from gradproof.derivations.calculus.identities import use
from gradproof.derivations.calculus.passes import common_factor

from ..minima import eigenvalues
from ..minima.eigenvalues import SPECTRAL_THEOREM, E, eigenvalue, n, x

i = n.index("i")
eta = Scalar("eta")


def reference(eta, lambda_, x):
    return (1 - eta * lambda_) * x


descent_on_quadratic = identity(
    x[i] - eta * Partial(E[()], x[i]),
    [use(eigenvalues.eigen_gradient), common_factor],
    name="descent_on_quadratic",
    title=Text("Each eigen-coordinate shrinks by 1 − ηλ", "每一步使特征坐标乘以 1 − ηλ"),
    textbook=(1 - eta * eigenvalue[i]) * x[i],
    reference=reference,
    sources=("Goh, Why Momentum Really Works, Distill, 2017",),
    remarks=(
        Text(
            "The coordinates do not mix, so that after t steps the factor is (1 − ηλ)^t: it goes to 0 exactly "
            "if 0 < ηλ < 2. All of them do exactly if η < 2/λ for the largest eigenvalue.",
            "各坐标互不影响，t 步之后的因子为 (1 − ηλ)^t：当且仅当 0 < ηλ < 2 时趋于 0。"
            "所有坐标都收敛，当且仅当 η < 2/λ，其中 λ 为最大特征值。",
        ),
        SPECTRAL_THEOREM,
    ),
)
