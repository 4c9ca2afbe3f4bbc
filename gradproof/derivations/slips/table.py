"""The mistakes that people make, one a line.

This one table makes the mutants in tests, the "common mistakes" in notes, and the diagnosis of a wrong line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Expr, Pow, Rational, S

from gradproof.derivations.calculus import Index, Tensor, Text, exp, log, xlogx

from .activations import (
    exponent_number_dropped,
    minus_inside_lost,
    one_dropped,
    slope_as_difference,
    slope_at_argument,
    slope_dropped,
    slope_sign,
    square_of_slope_dropped,
)
from .derivatives import sign_of_derivative_dropped, step_turned, wrong_variable
from .fractions import difference_turned, inverted, numerator_index, quotient_order
from .hints import HINTS
from .information import (
    distributions_mixed,
    divergence_reversed,
    entropy_sign,
    log_minus_lost,
    log_split,
    one_hot_assumed,
)
from .layers import (
    bias_given_input,
    case_of_equal_indices,
    commuted,
    index_dropped,
    norm_for_square,
    penalty_without_weight,
    sign_off_diagonal,
    sum_added,
    wrong_vector,
)
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
    return Slip(name, Text(en, zh), mistake, *HINTS[name])


def _part(name: str, en: str, zh: str, mistake: Mistake, *beside: type[Expr]) -> Slip:
    """A mistake that is made at one place of the expression, not within the kinds of parts named last."""
    return Slip(name, Text(en, zh), everywhere(mistake, *beside), *HINTS[name])


#: In the order in which a diagnosis tries them: what says more comes first.
SLIPS: tuple[Slip, ...] = (
    _part("sign of the slope",
        "the sign of a derivative such as σ′ is wrong",
        "某个导数（如 σ′）的符号错误", slope_sign),
    _part("slope as difference",
        "σ − (1 − σ) stands for σ (1 − σ)",
        "把 σ(1 − σ) 写成 σ − (1 − σ)", slope_as_difference),
    _part("slope at argument",
        "σ′ is taken at the wrong point: x for σ(x)",
        "σ′ 的取值点错误：用 x 代替 σ(x)", slope_at_argument),
    _part("one dropped", "the 1 of 1 − tanh² is forgotten", "漏掉 1 − tanh² 中的 1", one_dropped),
    _part("square of tanh dropped",
        "the square of 1 − tanh² is forgotten",
        "漏掉 1 − tanh² 中的平方", square_of_slope_dropped),
    _part("exponent",
        "the number in the exponent is forgotten: exp(−x) for exp(−2x)",
        "漏掉指数中的系数：把 exp(−2x) 写成 exp(−x)", exponent_number_dropped),
    _part("divergence reversed", "p and q are reversed in KL", "KL 散度中 p 与 q 的次序颠倒", divergence_reversed),
    _part("minus of the log", "the minus before the log is forgotten", "漏掉 log 前的负号", log_minus_lost),
    _part("sign of entropy", "the minus of the entropy is forgotten", "漏掉熵的负号", entropy_sign),
    _part("quotient order", "the terms of the quotient rule are swapped", "商法则中两项次序颠倒", quotient_order),
    _part("sign off the diagonal",
        "the sign of the term without δ is wrong", "不含 δ 的那一项符号错误", sign_off_diagonal),
    _part("difference turned",
        "a difference is turned round: t − o for o − t",
        "差的次序颠倒：把 o − t 写成 t − o", difference_turned, Pow),
    _part("sign of the update",
        "the sign of an update is wrong: w + η ∂E/∂w for w − η ∂E/∂w",
        "更新公式的符号错误：把 w − η ∂E/∂w 写成 w + η ∂E/∂w", step_turned),
    _whole("sign", "the sign is wrong", "符号错误", times(S.NegativeOne)),
    _part("sign of a term", "the sign of one term is wrong", "某一项的符号错误", sign_of_term),
    _part("commuted", "two matrices are multiplied in the wrong order", "矩阵相乘的次序颠倒", commuted),
    _whole("swapped indices", "two indices are swapped", "两个下标互换", indices_swapped),
    _part("transposed", "a matrix is transposed", "矩阵被转置", transposed),
    _part("index dropped", "an index is forgotten: x for x_j", "漏掉下标：把 x_j 写成 x", index_dropped),
    _part("numerator index", "the numerator has the wrong index", "分子的下标错误", numerator_index),
    _part("wrong index", "an entry has the wrong index", "某个分量的下标错误", wrong_index),
    _part("delta dropped", "δ is forgotten", "漏掉 δ", delta_replaced(S.One)),
    _part("delta zero", "the case of equal indices is forgotten", "漏掉下标相等的情形", delta_replaced(S.Zero)),
    _whole("equal case only", "i ≠ j is treated as i = j", "把 i ≠ j 的情形当作 i = j", case_of_equal_indices),
    _part("one-hot assumed",
        "Σ y is taken for 1, as if y were one-hot",
        "默认 y 为独热向量，把 Σ y 当作 1", one_hot_assumed),
    _part("sum dropped", "a sum is forgotten", "漏掉一个求和", sum_dropped),
    _whole("sum added", "a sum that does not belong there", "多了一个求和", sum_added),
    _part("mean", "a mean in the place of a sum", "把求和写成平均", mean_for_sum),
    _part("size dropped", "the size (as in 1/n) is forgotten", "漏掉维数（如 1/n）", size_dropped),
    _part("off by one", "the size is off by one", "维数差一", size_off_by_one),
    _part("norm for its square", "the norm stands for the squared norm", "把范数的平方写成范数", norm_for_square, Pow),
    _part("power dropped", "a square or a root is forgotten", "漏掉平方或根号", power_dropped),
    _part("number dropped", "a number as a factor is forgotten", "漏掉常数系数", number_dropped),
    _part("fraction inverted", "a fraction is upside down", "分数的分子与分母互换", inverted),
    _part("upside down", "a factor is on the wrong side of the fraction", "分子与分母颠倒", upside_down),
    _part("slope dropped", "f′, the derivative of the function, is lost", "漏掉函数的导数 f′", slope_dropped),
    _part("prime dropped", "the function for its derivative", "把导数写成函数本身", prime_dropped),
    _part("adjoint dropped", "the derivative from above is forgotten", "漏掉上游传来的导数", adjoint_dropped),
    _part("penalty without weight",
        "λ stands for λ W in the gradient of the penalty",
        "正则项的梯度把 λW 写成 λ", penalty_without_weight),
    _part("log split", "log(a + b) is split into log a + log b", "把 log(a + b) 拆成 log a + log b", log_split),
    _part("log dropped", "a log is forgotten", "漏掉 log", function_dropped(log, xlogx)),
    _part("exp dropped", "an exp is forgotten", "漏掉 exp", function_dropped(exp)),
    _whole("bias given input", "the gradient of a bias is given x_j", "偏置的梯度多了因子 x_j", bias_given_input),
    _whole("distributions mixed", "p and q are mixed up", "混淆 p 与 q", distributions_mixed),
    _whole("wrong vector", "the wrong vector is a factor", "用错向量", wrong_vector),
    _part("factor dropped", "a factor (an inner derivative) is forgotten", "漏掉一个因子（内层导数）", factor_dropped),
    _part("wrong variable",
        "the derivative is taken by the wrong variable", "对错误的变量求导", wrong_variable),
    _whole("∂ missing", "∂ is missing: E/w stands for ∂E/∂w", "漏写 ∂：把 ∂E/∂w 写成 E/w", sign_of_derivative_dropped),
    _part("wrong extremum", "the wrong value is taken for the largest", "把别的值当作最大值", wrong_extremum),
    _part("term dropped", "a term is forgotten", "漏掉一项", term_dropped),
    _part("wrong function", "one function is taken for another", "用错函数", function_confused),
    _part("minus inside dropped", "the minus inside σ or exp is lost", "漏掉 σ 或 exp 内的负号", minus_inside_lost),
    _part("argument sign", "the sign of an argument is wrong", "自变量的符号错误", argument_negated),
    _whole("twice", "a factor 2 too many", "多了因子 2", times(S(2))),
    _whole("half", "a factor 1/2 too many", "多了因子 1/2", times(Rational(1, 2))),
    _whole("constant", "a constant 1 too many", "多了常数 1", plus(S.One)),
    _whole("slightly off", "off by a millionth", "相差百万分之一", times(1 + TINY)),
)  # fmt: skip
_BY_NAME = {slip.name: slip for slip in SLIPS}


def named_slip(name: str) -> Slip:
    """The slip of this name. Raises ValueError."""
    if name not in _BY_NAME:
        raise ValueError(f"there is no slip named {name!r}")
    return _BY_NAME[name]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wrong expression and the slip that leads to it."""

    slip: Slip
    expression: Expr


def mutants(
    expression: Expr, indices: tuple[Index, ...] = (), tensors: tuple[Tensor, ...] = ()
) -> Iterator[Mutant]:
    """Every wrong expression that one slip makes of this one, each once, under the first slip that leads to it.

    indices    the free indices of the line, where the expression may lack some of them
    tensors    those that may be taken for the ones of the expression, though it lacks them
    """
    seen = {expression}
    for slip in SLIPS:
        for wrong in slip.mistakes(expression, indices, tensors):
            if wrong not in seen:
                seen.add(wrong)
                yield Mutant(slip, wrong)
