"""A quadratic function in the coordinates of its eigenvectors: the signs of the eigenvalues tell what 0 is."""

import numpy as np

from gradproof.derivations.calculus import Dim, Partial, Sum, Text, Vector, define, delta, derive

n = Dim("n")
i, j, k = n.indices("i j k")
eigenvalue = Vector("lambda", n)
x = Vector("x", n)
E = define("E", Sum(eigenvalue[k] * x[k] ** 2, k) / 2)
SPECTRAL_THEOREM = Text(
    "This is every quadratic function: a symmetric matrix has an orthonormal basis of eigenvectors (spectral theorem, "
    "Horn and Johnson, Matrix Analysis, 2012, theorem 2.5.6), and in its coordinates the mixed terms are gone.",
    "任何二次函数都可化成这样：对称矩阵有一组由特征向量构成的标准正交基"
    "（谱定理，Horn 与 Johnson，Matrix Analysis，2012，定理 2.5.6），在该基的坐标下没有交叉项。",
)


def operation(torch, lambda_, x):
    return torch.sum(lambda_ * torch.square(x)) / 2


def reference(lambda_, x):
    return lambda_ * x


eigen_gradient = derive(
    E[()],
    x[i],
    name="eigen_gradient",
    title=Text("A quadratic function in eigen-coordinates: the gradient", "特征坐标下的二次函数：梯度"),
    textbook=eigenvalue[i] * x[i],
    reference=reference,
    operation=operation,
    remarks=(SPECTRAL_THEOREM,),
)


def hessian_reference(lambda_):
    return np.diag(lambda_)


eigen_hessian = derive(
    Partial(E[()], x[i]),
    x[j],
    name="eigen_hessian",
    title=Text("A quadratic function in eigen-coordinates: the Hessian", "特征坐标下的二次函数：黑塞矩阵"),
    lemmas=[eigen_gradient],
    textbook=eigenvalue[i] * delta(i, j),
    reference=hessian_reference,
    operation=operation,
    remarks=(
        Text(
            "All eigenvalues positive: 0 is a minimum. All negative: a maximum. Both signs: a saddle point. Where one "
            "is 0, second derivatives do not decide.",
            "特征值全为正：0 是极小点；全为负：极大点；有正有负：鞍点。若某个特征值为 0，二阶导数无法判断。",
        ),
    ),
)
