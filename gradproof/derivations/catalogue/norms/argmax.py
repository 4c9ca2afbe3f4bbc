"""The place of the largest entry is a step function of the entries: where it has a derivative, it is 0."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Dim, Largest, Selected, Text, Untied, Vector, define, derive

n = Dim("n")
i, j, k = n.indices("i j k")
z = Vector("z", n)
place = define("s", i, Selected(z[k], k, i))


def reference(z):
    return np.zeros((np.size(z), np.size(z)))


argmax_derivative = derive(
    place[i],
    z[j],
    name="argmax_derivative",
    title=Text("argmax has no gradient to learn from", "argmax 没有可用的梯度"),
    given=(Untied(Largest(z[k], k)),),
    textbook=S.Zero,
    reference=reference,
    remarks=(
        Text(
            "s is the one-hot vector of the place of the largest entry. It stays the same under small changes and "
            "jumps at ties. The value of the maximum does have a gradient: s itself.",
            "s 是最大分量所在位置的独热向量。微小变化时它不变，在并列处发生跳变。而最大值本身有梯度，就是 s。",
        ),
    ),
)
