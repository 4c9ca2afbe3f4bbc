"""Norms and reductions: where they have a derivative, and what is returned where they have none."""

from gradproof.derivations.calculus import Text

TITLE = Text("Norms and reductions", "范数与归约运算")

#: Read in this order; files that are not named here follow by name.
READING_ORDER = (
    "sum_and_mean",
    "row_sums",
    "absolute_value",
    "one_norm",
    "norm",
    "p_norm",
    "max_norm",
    "normalise",
    "frobenius",
    "matrix_one_norm",
    "maximum_of_two",
    "max",
    "min",
    "top_two",
    "kth_value",
    "argmax",
)

#: What students often read, and what is meant.
OFTEN_MISREAD = (
    Text(
        "A norm is a number; to normalise is to divide by it. Neither is regularisation, which adds a penalty to the "
        "loss, often a norm of the weights.",
        "范数（norm）是一个数；归一化（normalise）是除以范数。二者都不是正则化（regularise）：正则化是在损失中加入惩罚"
        "项（常常是一个范数）。",
    ),
    Text(
        "A norm of a matrix as a linear map is not the same norm of its entries as a vector: see the 1-norm of a "
        "matrix.",
        "矩阵作为线性映射的范数，与把其元素当作向量的同名范数不同：见矩阵的 1-范数。",
    ),
    Text(
        "kthvalue counts from the smallest; argmax and argmin return places, through which no gradient flows.",
        "kthvalue 从最小的数起；argmax 与 argmin 返回位置，梯度不经过它们传递。",
    ),
)
