"""The mistakes that people make, one a line.

This one table makes the mutants in tests, the "common mistakes" in notes, and the diagnosis of a wrong line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Expr, Rational, S

from gradproof.derivations.calculus import Index, Text, exp, log, xlogx

from .mistakes import (
    TINY,
    adjoint_dropped,
    argument_negated,
    delta_replaced,
    factor_dropped,
    function_confused,
    function_dropped,
    indices_swapped,
    mean_for_sum,
    number_dropped,
    plus,
    power_dropped,
    prime_dropped,
    sign_of_term,
    size_dropped,
    size_off_by_one,
    sum_dropped,
    term_dropped,
    times,
    transposed,
    upside_down,
    wrong_extremum,
    wrong_index,
)
from .slip import Mistake, Slip, everywhere


def _whole(name: str, en: str, zh: str, mistake: Mistake) -> Slip:
    """A mistake that is made with the whole expression."""
    return Slip(name, Text(en, zh), mistake)


def _part(name: str, en: str, zh: str, mistake: Mistake) -> Slip:
    """A mistake that is made at one place of the expression."""
    return Slip(name, Text(en, zh), everywhere(mistake))


#: In the order in which a diagnosis tries them: what says more comes first.
SLIPS: tuple[Slip, ...] = (
    _whole("sign", "the sign is wrong", "符号错误", times(S.NegativeOne)),
    _part("sign of a term", "the sign of one term is wrong", "某一项的符号错误", sign_of_term),
    _whole("swapped indices", "two indices are swapped", "两个下标互换", indices_swapped),
    _part("transposed", "a matrix is transposed", "矩阵被转置", transposed),
    _part("wrong index", "an entry has the wrong index", "某个分量的下标错误", wrong_index),
    _part("delta dropped", "δ is forgotten", "漏掉 δ", delta_replaced(S.One)),
    _part("delta zero", "the case of equal indices is forgotten", "漏掉下标相等的情形", delta_replaced(S.Zero)),
    _part("sum dropped", "a sum is forgotten", "漏掉求和", sum_dropped),
    _part("mean", "a mean in the place of a sum", "把求和写成平均", mean_for_sum),
    _part("size dropped", "the size (as in 1/n) is forgotten", "漏掉维数（如 1/n）", size_dropped),
    _part("off by one", "the size is off by one", "维数差一", size_off_by_one),
    _part("power dropped", "a square or a root is forgotten", "漏掉平方或根号", power_dropped),
    _part("number dropped", "a number as a factor is forgotten", "漏掉常数系数", number_dropped),
    _part("upside down", "a factor is on the wrong side of the fraction", "分子与分母颠倒", upside_down),
    _part("prime dropped", "the activation for its derivative", "把导数写成激活函数本身", prime_dropped),
    _part("adjoint dropped", "the derivative from above is forgotten", "漏掉上层传来的导数", adjoint_dropped),
    _part("log dropped", "a log is forgotten", "漏掉 log", function_dropped(log, xlogx)),
    _part("exp dropped", "an exp is forgotten", "漏掉 exp", function_dropped(exp)),
    _part("factor dropped", "a factor (an inner derivative) is forgotten", "漏掉一个因子（内层导数）", factor_dropped),
    _part("wrong extremum", "the wrong value is taken for the largest", "把别的值当作最大值", wrong_extremum),
    _part("term dropped", "a term is forgotten", "漏掉一项", term_dropped),
    _part("wrong function", "one function is taken for another", "用错函数", function_confused),
    _part("argument sign", "the sign of an argument is wrong", "自变量的符号错误", argument_negated),
    _whole("twice", "a factor 2 too many", "多了因子 2", times(S(2))),
    _whole("half", "a factor 1/2 too many", "多了因子 1/2", times(Rational(1, 2))),
    _whole("constant", "a constant 1 too many", "多了常数 1", plus(S.One)),
    _whole("slightly off", "off by a millionth", "相差百万分之一", times(1 + TINY)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wrong expression and the slip that leads to it."""

    slip: Slip
    expression: Expr


def mutants(expression: Expr, indices: tuple[Index, ...] = ()) -> Iterator[Mutant]:
    """Every wrong expression that one slip makes of this one, each once, under the first slip that leads to it.

    indices    the free indices of the line, where the expression may lack some of them
    """
    seen = {expression}
    for slip in SLIPS:
        for wrong in slip.mistakes(expression, indices):
            if wrong not in seen:
                seen.add(wrong)
                yield Mutant(slip, wrong)
