"""The derivative of a power x^a of a positive number, for every real exponent."""

from gradproof.derivations.calculus import Domain, Scalar, Text, define, derive

x = Scalar("x", Domain.POSITIVE)
a = Scalar("a")
f = define("f", x**a)


def reference(x, a):
    return a * x ** (a - 1)


def operation(torch, x, a):
    return torch.pow(x, a)


power_derivative = derive(
    f[()],
    x,
    name="power_derivative",
    title=Text("The derivative of a power", "幂函数的导数"),
    textbook=a * x ** (a - 1),
    reference=reference,
    operation=operation,
    sources=("Goodfellow, Bengio, Courville, Deep Learning, 2016, section 4.3",),
    remarks=(
        Text(
            "a = −1 gives 1/x with the derivative −1/x², and a = 1/2 the root with the derivative 1/(2√x).",
            "取 a = −1 得 1/x，导数为 −1/x²；取 a = 1/2 得平方根，导数为 1/(2√x)。",
        ),
    ),
)
