"""The learning rate: below 2/λ a step shrinks the distance to the minimum, above 2/λ it grows."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Domain, Positive, Relation, Scalar, Text, identity
from gradproof.derivations.calculus.identities import turn_sign
from gradproof.derivations.calculus.rules import POSITIVE_TERM
from gradproof.derivations.calculus.squares import around_one, drop_multiples

eta = Scalar("eta", Domain.POSITIVE)
eigenvalue = Scalar("lambda", Domain.POSITIVE)
factor = (1 - eta * eigenvalue) ** 2


def reference(eta, lambda_):
    return np.ones_like(eta * lambda_)


learning_rate_right = identity(
    factor,
    [around_one, drop_multiples(2 - eta * eigenvalue, Relation.LESS, POSITIVE_TERM)],
    name="learning_rate_right",
    title=Text("A learning rate below 2/λ converges", "学习率小于 2/λ 时收敛"),
    textbook=S.One,
    given=(Positive(2 - eta * eigenvalue),),
    reference=reference,
    sources=("Goh, Why Momentum Really Works, Distill, 2017",),
    remarks=(
        Text(
            "The square of the distance is multiplied by this factor in every step. A small ηλ leaves it close to 1: "
            "the loss falls slowly. At ηλ = 1 the minimum is reached at once.",
            "每一步中，距离的平方都乘以这个因子。ηλ 很小时它接近 1：损失下降很慢。ηλ = 1 时一步到达极小点。",
        ),
    ),
)

learning_rate_too_large = identity(
    factor,
    [around_one, turn_sign, drop_multiples(eta * eigenvalue - 2, Relation.MORE, POSITIVE_TERM)],
    name="learning_rate_too_large",
    title=Text("A learning rate above 2/λ diverges", "学习率大于 2/λ 时发散"),
    textbook=S.One,
    given=(Positive(eta * eigenvalue - 2),),
    reference=reference,
    sources=("Goh, Why Momentum Really Works, Distill, 2017",),
    remarks=(
        Text(
            "The distance grows in every step, and the loss with it. At ηλ = 2 exactly, descent jumps from one side to "
            "the other and stays at the same height.",
            "每一步距离都增大，损失随之增大。当 ηλ 恰为 2 时，参数在两侧来回跳动，高度不变。",
        ),
    ),
)
