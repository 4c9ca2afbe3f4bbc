"""The derivative of the natural logarithm."""

from gradproof.derivations.calculus import Domain, Scalar, Text, define, derive, log

x = Scalar("x", Domain.POSITIVE)
a = Scalar("a", Domain.POSITIVE)
f = define("f", log(a * x))


def reference(x):
    return 1 / x


def operation(torch, a, x):
    return torch.log(a * x)


logarithm_derivative = derive(
    f[()],
    x,
    name="logarithm_derivative",
    title=Text("The derivative of the logarithm", "对数函数的导数"),
    textbook=1 / x,
    reference=reference,
    operation=operation,
    remarks=(
        Text(
            "The factor in front of x drops out: log(ax) = log a + log x, and the constant log a has no slope.",
            "因子 a 消失了：log(ax) = log a + log x，常数 log a 的斜率为 0。",
        ),
    ),
)
