"""A parabola lies below its chords: the definition of convexity, for the square."""

from gradproof.derivations.calculus import Domain, Relation, Scalar, Text, identity
from gradproof.derivations.calculus.squares import drop_multiples, spread_of_squares

x, y = Scalar("x"), Scalar("y")
a = Scalar("alpha", Domain.UNIT)


def reference(alpha, x, y):
    return (alpha * x + (1 - alpha) * y) ** 2


square_below_chord = identity(
    a * x**2 + (1 - a) * y**2,
    [spread_of_squares(a, x, y), drop_multiples((x - y) ** 2, Relation.AT_LEAST)],
    name="square_below_chord",
    title=Text("The square lies below its chords", "平方函数位于其弦的下方"),
    textbook=(a * x + (1 - a) * y) ** 2,
    reference=reference,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, section 3.1.1",),
    remarks=(
        Text(
            "On the left is the height of the chord above the point αx + (1 − α)y, on the right the value of the "
            "function there. A function with this property for all x, y and α is convex: every local minimum of it "
            "is a global one.",
            "左边是弦在点 αx + (1 − α)y 处的高度，右边是函数在该点的值。对所有 x、y、α 都满足此性质的函数是凸函数："
            "它的每个局部极小值都是全局最小值。",
        ),
    ),
)
