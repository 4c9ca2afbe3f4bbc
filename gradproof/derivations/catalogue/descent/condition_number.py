"""Two curvatures, one learning rate: how fast descent can be at best depends on their ratio."""

from gradproof.derivations.calculus import Domain, Scalar, Text, define, identity
from gradproof.derivations.calculus.passes import insert, one_fraction

small = Scalar("mu", Domain.POSITIVE)
kappa = Scalar("kappa", Domain.POSITIVE)
eta = define("eta", 2 / (small + kappa * small), domain=Domain.POSITIVE)


def reference(kappa):
    return (1 - kappa) / (1 + kappa)


def operation(torch, mu, kappa):
    eta = 2 / (mu + kappa * mu)
    return 1 - eta * kappa * mu


best_rate_contraction = identity(
    1 - eta[()] * kappa * small,
    [insert(eta), one_fraction],
    name="best_rate_contraction",
    title=Text("The condition number limits the speed of descent", "条件数限制下降的速度"),
    textbook=(1 - kappa) / (1 + kappa),
    reference=reference,
    operation=operation,
    sources=("Nocedal, Wright, Numerical Optimization, 2006, section 3.3",),
    remarks=(
        Text(
            "The curvatures are μ and κμ, the rate η = 2/(μ + κμ) serves both alike: the steepest coordinate is "
            "multiplied by (1 − κ)/(1 + κ), the flattest one by (κ − 1)/(κ + 1). For the condition number κ = 1 one "
            "step is enough; for κ = 100 a step takes away 2 percent.",
            "两个曲率为 μ 与 κμ，学习率 η = 2/(μ + κμ) 对两者一视同仁：最陡的坐标乘以 (1 − κ)/(1 + κ)，最平的坐标乘以 "
            "(κ − 1)/(κ + 1)。条件数 κ = 1 时一步即可；κ = 100 时每步只减少 2%。",
        ),
    ),
)
