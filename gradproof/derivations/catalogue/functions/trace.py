"""Traces: tr(AX) by X is Aᵀ, and tr(XᵀAX) by X is (A + Aᵀ)X."""

from gradproof.derivations.calculus import Dim, Matrix, Sum, Text, define, derive

m, n = Dim("m", "r s"), Dim("n", "k l")
i, r, s = m.indices("i r s")
j, k = n.indices("j k")
A = Matrix("A", n, m)
B = Matrix("B", m, m)
X = Matrix("X", m, n)
linear = define("f", Sum(A[k, r] * X[r, k], k, r))
square = define("q", Sum(X[r, k] * B[r, s] * X[s, k], k, r, s))


def reference(A):
    return A.T


def operation(torch, A, X):
    return torch.sum(A.T * X)


trace_gradient = derive(
    linear[()],
    X[i, j],
    name="trace_gradient",
    title=Text("The gradient of tr(AX)", "tr(AX) 的梯度"),
    textbook=A[j, i],
    reference=reference,
    operation=operation,
    sources=("Petersen, Pedersen, The Matrix Cookbook, 2012, section 2.5.1",),
    remarks=(
        Text(
            "The trace is the scalar product of Aᵀ and X, taken entry by entry: so this is the rule for linear "
            "functions again.",
            "迹就是 Aᵀ 与 X 逐元素的内积，因此这就是线性函数的规则。",
        ),
    ),
)


def square_reference(B, X):
    return (B + B.T) @ X


def square_operation(torch, B, X):
    return torch.sum(X * (B @ X))


trace_quadratic_gradient = derive(
    square[()],
    X[i, j],
    name="trace_quadratic_gradient",
    title=Text("The gradient of tr(XᵀBX)", "tr(XᵀBX) 的梯度"),
    textbook=Sum((B[i, r] + B[r, i]) * X[r, j], r),
    reference=square_reference,
    operation=square_operation,
    sources=("Petersen, Pedersen, The Matrix Cookbook, 2012, section 2.5.2",),
)
