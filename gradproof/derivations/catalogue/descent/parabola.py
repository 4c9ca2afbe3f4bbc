"""The best step on a parabola: the slope divided by the curvature."""

from gradproof.derivations.calculus import Domain, Partial, Scalar, Text, define, derive, identity
from gradproof.derivations.calculus.identities import use
from gradproof.derivations.calculus.passes import one_fraction

x = Scalar("x")
a = Scalar("a", Domain.POSITIVE)
b, c = Scalar("b"), Scalar("c")
f = define("f", a * x**2 + b * x + c)


def operation(torch, a, b, c, x):
    return a * torch.square(x) + b * x + c


def slope_reference(a, b, x):
    return 2 * a * x + b


parabola_slope = derive(
    f[()],
    x,
    name="parabola_slope",
    title=Text("The slope of a parabola", "抛物线的斜率"),
    textbook=2 * a * x + b,
    reference=slope_reference,
    operation=operation,
)


def curvature_reference(a):
    return 2 * a


parabola_curvature = derive(
    Partial(f[()], x),
    x,
    name="parabola_curvature",
    title=Text("The curvature of a parabola", "抛物线的曲率"),
    lemmas=[parabola_slope],
    textbook=2 * a,
    reference=curvature_reference,
    operation=operation,
)


def reference(a, b):
    return -b / (2 * a)


best_step_on_parabola = identity(
    x - Partial(f[()], x) / Partial(Partial(f[()], x), x),
    [use(parabola_curvature), use(parabola_slope), one_fraction],
    name="best_step_on_parabola",
    title=Text("The best step on a parabola is |f′|/f″", "抛物线上的最佳步长是 |f′|/f″"),
    textbook=-b / (2 * a),
    reference=reference,
    sources=("Nocedal, Wright, Numerical Optimization, 2006, section 2.2",),
    remarks=(
        Text(
            "From every x, one step of this length ends at the minimum. A large slope alone does not mean a long step: "
            "the curvature divides it. This is Newton's method.",
            "从任何 x 出发，走这样一步恰好到达最低点。仅仅斜率大并不意味着步长应当大：还要除以曲率。这就是牛顿法。",
        ),
    ),
)
