"""Taylor's theorem, the reason for gradient descent: near a point a function is its tangent, up to second order."""

from gradproof.derivations.calculus import Dim, Domain, Limit, Matrix, Scalar, Sum, Text, Vector, identity
from gradproof.derivations.calculus.identities import continuous
from gradproof.derivations.calculus.passes import in_limit, linear, multiply_out, one_fraction

t, h = Scalar("t", Domain.POSITIVE), Scalar("h")


def reference(t):
    return 1 / t**3


taylor_of_reciprocal = identity(
    Limit((1 / (t + h) - 1 / t + h / t**2) / h**2, h, 0),
    [in_limit(one_fraction), continuous],
    name="taylor_of_reciprocal",
    title=Text("Taylor in one variable: what the tangent leaves out", "一元泰勒展开：切线忽略了什么"),
    textbook=1 / t**3,
    reference=reference,
    remarks=(
        Text(
            "The function is f(t) = 1/t, its tangent f(t) + f′(t)h with f′(t) = −1/t². It is off by about ½f″(t)h², "
            "and ½f″(t) is 1/t³: halving the step quarters the error. So a small step changes f by f′(t)h, and "
            "downhill is where f′(t)h is negative.",
            "函数为 f(t) = 1/t，切线为 f(t) + f′(t)h，其中 f′(t) = −1/t²。误差约为 ½f″(t)h²，而 ½f″(t) 正是 1/t³："
            "步长减半，误差变为四分之一。因此小步使 f 改变约 f′(t)h，f′(t)h 为负的方向就是下坡。",
        ),
    ),
)

n = Dim("n")
k, m = n.indices("k m")
A = Matrix("A", n, n)
u = Vector("x", n)
v = Vector("v", n)


def quadratic_reference(A, x, v):
    return x @ A @ x + x @ A @ v + v @ A @ x + v @ A @ v


def quadratic_operation(torch, A, x, v):
    return torch.dot(x + v, A @ (x + v))


taylor_of_quadratic = identity(
    Sum((u[k] + v[k]) * A[k, m] * (u[m] + v[m]), k, m),
    [multiply_out, linear],
    name="taylor_of_quadratic",
    title=Text("Taylor in several variables: exact for a quadratic form", "多元泰勒展开：对二次型精确成立"),
    textbook=Sum(u[k] * A[k, m] * u[m], k, m)
    + Sum((A[k, m] + A[m, k]) * u[m] * v[k], k, m)
    + Sum(v[k] * A[k, m] * v[m], k, m),
    reference=quadratic_reference,
    operation=quadratic_operation,
    sources=("Deisenroth, Faisal, Ong, Mathematics for Machine Learning, 2020, section 5.8",),
    remarks=(
        Text(
            "The middle is the gradient (A + Aᵀ)x times v, the last term half of vᵀ(A + Aᵀ)v with the Hessian. For any "
            "smooth function the same holds up to terms of third order in v.",
            "中间项是梯度 (A + Aᵀ)x 与 v 的内积，最后一项是黑塞矩阵给出的 vᵀ(A + Aᵀ)v 的一半。"
            "对任何光滑函数，略去 v 的三阶项后同样成立。",
        ),
    ),
)
