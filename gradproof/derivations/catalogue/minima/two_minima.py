"""Two minima, one lower than the other: where descent ends depends on where it starts."""

from sympy import Rational

from gradproof.derivations.calculus import Partial, Relation, Scalar, Text, define, derive, identity
from gradproof.derivations.calculus.passes import insert
from gradproof.derivations.calculus.squares import complete_squares, drop_multiples, take_out_square

x = Scalar("x")
f = define("f", x**4 / 4 + x**3 / 3 - x**2)


def operation(torch, x):
    return torch.pow(x, 4) / 4 + torch.pow(x, 3) / 3 - torch.square(x)


def slope_reference(x):
    return x * (x - 1) * (x + 2)


two_minima_slope = derive(
    f[()],
    x,
    name="two_minima_slope",
    title=Text("A function with two minima: the slope", "有两个极小值的函数：斜率"),
    textbook=x * (x - 1) * (x + 2),
    reference=slope_reference,
    operation=operation,
    remarks=(
        Text(
            "It is 0 at −2, 0 and 1: three stationary points.",
            "它在 −2、0 和 1 处为 0：共有三个驻点。",
        ),
    ),
)


def curvature_reference(x):
    return 3 * x**2 + 2 * x - 2


two_minima_curvature = derive(
    Partial(f[()], x),
    x,
    name="two_minima_curvature",
    title=Text("A function with two minima: the curvature", "有两个极小值的函数：曲率"),
    lemmas=[two_minima_slope],
    textbook=3 * x**2 + 2 * x - 2,
    reference=curvature_reference,
    operation=operation,
    remarks=(
        Text(
            "It is 6 at −2 and 3 at 1, so both are minima; it is −2 at 0, a maximum. Descent that starts to the left "
            "of 0 goes to −2, from the right of 0 to 1: the initial value decides.",
            "在 −2 处为 6，在 1 处为 3，故两处都是极小；在 0 处为 −2，是极大。从 0 左侧出发的梯度下降走向 −2，"
            "从右侧出发则走向 1：初始值决定结果。",
        ),
    ),
)


def reference(x):
    return -(8 / (3 + 0 * x))


two_minima_bound = identity(
    f[()],
    [insert(f), take_out_square(x, -2), complete_squares(x.tensor), drop_multiples((x + 2) ** 2, Relation.AT_LEAST)],
    name="two_minima_bound",
    title=Text("A function with two minima: the global one", "有两个极小值的函数：全局最小值"),
    textbook=Rational(-8, 3),
    reference=reference,
    remarks=(
        Text(
            "At −2 the square is 0 and the value −8/3 is reached. The other minimum, at 1, has the value −5/12: it is "
            "lowest nearby, and not the lowest of all.",
            "在 −2 处平方项为 0，取到 −8/3。另一个极小值在 1 处，值为 −5/12：它只是局部最小，并非全局最小。",
        ),
    ),
)
