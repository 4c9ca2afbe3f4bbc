"""The gradient of a linear function aᵀx + b is the vector of its coefficients."""

from gradproof.derivations.calculus import Dim, Scalar, Sum, Text, Vector, define, derive

n = Dim("n")
i, k = n.indices("i k")
a = Vector("a", n)
x = Vector("x", n)
b = Scalar("b")
f = define("f", Sum(a[k] * x[k], k) + b)


def reference(a):
    return a


def operation(torch, a, x, b):
    return torch.dot(a, x) + b


linear_gradient = derive(
    f[()],
    x[i],
    name="linear_gradient",
    title=Text("The gradient of a linear function", "线性函数的梯度"),
    textbook=a[i],
    reference=reference,
    operation=operation,
    sources=("Petersen, Pedersen, The Matrix Cookbook, 2012, section 2.4.1",),
    remarks=(
        Text(
            "It is the same everywhere: the constant b moves the values, not the slope.",
            "处处相同：常数 b 只改变函数值，不改变斜率。",
        ),
    ),
)
