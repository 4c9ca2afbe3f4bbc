"""The gradient and the Hessian of a quadratic form xᵀAx; A need not be symmetric."""

from gradproof.derivations.calculus import Dim, Matrix, Partial, Sum, Text, Vector, define, derive

n = Dim("n")
i, j, k, m = n.indices("i j k m")
A = Matrix("A", n, n)
x = Vector("x", n)
q = define("q", Sum(x[k] * A[k, m] * x[m], k, m))


def reference(A, x):
    return (A + A.T) @ x


def operation(torch, A, x):
    return torch.dot(x, A @ x)


quadratic_gradient = derive(
    q[()],
    x[i],
    name="quadratic_gradient",
    title=Text("The gradient of a quadratic form", "二次型的梯度"),
    textbook=Sum((A[i, k] + A[k, i]) * x[k], k),
    reference=reference,
    operation=operation,
    sources=("Petersen, Pedersen, The Matrix Cookbook, 2012, section 2.4.2",),
    remarks=(
        Text(
            "It is 2Ax only if A is symmetric; of any other A, only the symmetric part counts.",
            "只有当 A 对称时它才等于 2Ax；对一般的 A，只有其对称部分起作用。",
        ),
    ),
)


def hessian_reference(A):
    return A + A.T


quadratic_hessian = derive(
    Partial(q[()], x[i]),
    x[j],
    name="quadratic_hessian",
    title=Text("The Hessian of a quadratic form", "二次型的黑塞矩阵"),
    lemmas=[quadratic_gradient],
    textbook=A[i, j] + A[j, i],
    reference=hessian_reference,
    operation=operation,
    sources=("Petersen, Pedersen, The Matrix Cookbook, 2012, section 2.4.2",),
)
