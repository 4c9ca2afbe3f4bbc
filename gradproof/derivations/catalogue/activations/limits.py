"""What activations and losses do far out, and the convention 0 log 0 = 0."""

from sympy import S

from gradproof.derivations.calculus import Limit, Scalar, Text, exp, identity, log, relu, softplus, tanh
from gradproof.derivations.calculus.identities import known_limit
from gradproof.derivations.calculus.passes import exp_and_log, extend_by, in_limit, take_limit
from gradproof.derivations.calculus.rules import EXP_OUTGROWS, POWER_OUTGROWS, SATURATES

x = Scalar("x")

sigmoid_limit_right = identity(
    Limit(1 / (1 + exp(-x)), x, S.Infinity),
    [take_limit],
    name="sigmoid_limit_right",
    title=Text("The sigmoid goes to 1 at plus infinity", "sigmoid 在正无穷处趋于 1"),
    textbook=S.One,
)

sigmoid_limit_left = identity(
    Limit(1 / (1 + exp(-x)), x, S.NegativeInfinity),
    [in_limit(extend_by(exp(x))), take_limit],
    name="sigmoid_limit_left",
    title=Text("The sigmoid goes to 0 at minus infinity", "sigmoid 在负无穷处趋于 0"),
    textbook=S.Zero,
)

tanh_limit_right = identity(
    Limit(tanh(x), x, S.Infinity),
    [in_limit(exp_and_log), known_limit(1, SATURATES)],
    name="tanh_limit_right",
    title=Text("tanh goes to 1 at plus infinity", "tanh 在正无穷处趋于 1"),
    textbook=S.One,
)

tanh_limit_left = identity(
    Limit(tanh(x), x, S.NegativeInfinity),
    [in_limit(exp_and_log), known_limit(-1, SATURATES)],
    name="tanh_limit_left",
    title=Text("tanh goes to −1 at minus infinity", "tanh 在负无穷处趋于 −1"),
    textbook=S.NegativeOne,
)

softplus_near_relu = identity(
    Limit(softplus(x) - relu(x), x, S.Infinity),
    [known_limit(0, SATURATES)],
    name="softplus_near_relu",
    title=Text("Far to the right, softplus is ReLU", "在正无穷处，softplus 趋近 ReLU"),
    textbook=S.Zero,
)

softplus_slope_right = identity(
    Limit(softplus(x) / x, x, S.Infinity),
    [known_limit(1, SATURATES)],
    name="softplus_slope_right",
    title=Text("Softplus grows like its argument", "softplus 的增长与自变量同阶"),
    textbook=S.One,
)

power_times_exponential = identity(
    Limit(x * exp(-x), x, S.Infinity),
    [known_limit(0, EXP_OUTGROWS)],
    name="power_times_exponential",
    title=Text("The exponential outgrows x", "指数函数的增长快于 x"),
    textbook=S.Zero,
)

xlogx_at_zero = identity(
    Limit(x * log(x), x, 0, 1),
    [known_limit(0, POWER_OUTGROWS)],
    name="xlogx_at_zero",
    title=Text("x log x goes to 0 at 0", "x log x 在 0 处趋于 0"),
    textbook=S.Zero,
    remarks=(
        Text(
            "This is the convention 0 log 0 = 0 of entropy: with it, the entropy is continuous also where a "
            "probability is 0.",
            "这就是熵的约定 0 log 0 = 0：按此约定，熵在某个概率为 0 处仍然连续。",
        ),
    ),
)
