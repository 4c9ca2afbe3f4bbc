"""Taylor's theorem for any function of several variables: its slope and its curvature along a line."""

from gradproof.derivations.calculus import Downstream, Partial, Sum, Text, derive

from ..gradients import along
from ..gradients.along import f, n, t, v, x

i, k, m = n.indices("i k l")


def velocity_reference(v):
    return v


def operation(torch, a, v, t):
    return a + t * v


velocity_on_line = derive(
    x[i],
    t,
    name="velocity_on_line",
    title=Text("The velocity along a line", "沿直线的速度"),
    textbook=v[i],
    reference=velocity_reference,
    operation=operation,
)

taylor_curvature = derive(
    Partial(f[()], t),
    t,
    through=[x],
    lemmas=[along.directional_derivative, velocity_on_line],
    name="taylor_curvature",
    title=Text("Taylor in several variables, for any function: the second order", "任意函数的多元泰勒展开：二阶项"),
    textbook=Sum(v[k] * Partial(Partial(f[()], x[k]), x[m]) * v[m], k, m),
    given=(Downstream(f[()], (x,)),),
    sources=("Deisenroth, Faisal, Ong, Mathematics for Machine Learning, 2020, section 5.8",),
    remarks=(
        Text(
            "Along the line x = a + tv, f is a function φ(t) of one variable. Taylor's theorem says φ(1) = φ(0) + "
            "φ′(0) + ½φ″(τ) for some τ between 0 and 1 (Deisenroth, Faisal, Ong, section 5.1). Here are its "
            "derivatives: φ′ is ∇f·v, the directional derivative, and φ″ is vᵀHv with the Hessian H. So f(a + v) ≈ "
            "f(a) + ∇f(a)·v + ½vᵀH(a)v. The second derivatives are assumed to be continuous, so that H is symmetric.",
            "沿直线 x = a + tv，f 是一元函数 φ(t)。泰勒定理：存在 0 与 1 之间的 τ，使 φ(1) = φ(0) + φ′(0) + ½φ″(τ)（"
            "Deisenroth, Faisal, Ong，5.1 节）。这里给出它的导数：φ′ 就是方向导数 ∇f·v，φ″ 是 vᵀHv，其中 H 为黑塞矩阵。"
            "因此 f(a + v) ≈ f(a) + ∇f(a)·v + ½vᵀH(a)v。这里假设二阶导数连续，从而 H 对称。",
        ),
        Text(
            "This is the reason for gradient descent: with v = −η∇f the first-order term is −η‖∇f‖², and the second "
            "one, ½η²∇fᵀH∇f, is of second order in η. For a small η the first one wins, and f falls.",
            "这就是梯度下降的依据：取 v = −η∇f，一阶项为 −η‖∇f‖²，而二阶项 ½η²∇fᵀH∇f 是 η 的二阶量。"
            "η 足够小时一阶项占优，f 下降。",
        ),
    ),
)
