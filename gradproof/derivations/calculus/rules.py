"""The named rules of the calculus and the reasons that a reader sees, one rule a line."""

from __future__ import annotations

from sympy import Expr

from .derivation import Rule, Text
from .functions import Applied


def _rule(name: str, en: str, zh: str) -> Rule:
    return Rule(name, Text(en, zh))


DEFINITION = _rule("definition", "insert the definition", "代入定义")
CHAIN_SUM = _rule("chain rule over uses", "chain rule: add up every path", "链式法则：对所有路径求和")
ADJOINT = _rule("adjoint", "insert the derivatives already found", "代入已求出的导数")
LEMMA = _rule("lemma", "insert a result derived before", "代入前面推出的结果")
SUM = _rule("sum", "differentiate term by term", "逐项求导")
PRODUCT = _rule("product", "product rule", "乘积法则")
QUOTIENT = _rule("quotient", "quotient rule", "商法则")
RECIPROCAL = _rule("reciprocal", "derivative of a reciprocal", "倒数求导")
POWER = _rule("power", "power rule", "幂法则")
CHAIN = _rule("chain", "chain rule", "链式法则")
EXPONENTIAL = _rule(
    "exponential", "derivative of an exponential, c^x = exp(x log c)", "指数函数求导：c^x = exp(x log c)"
)
EXP = _rule("exp", "derivative of exp", "指数函数的导数")
LOG = _rule("log", "derivative of log", "对数函数的导数")
LOG1P = _rule("log1p", "derivative of log(1 + x)", "log(1 + x) 的导数")
EXPM1 = _rule("expm1", "derivative of exp(x) − 1", "exp(x) − 1 的导数")
ERF = _rule("erf", "derivative of the error function", "误差函数的导数")
SIGMOID = _rule("sigmoid", "derivative of the sigmoid", "sigmoid 的导数")
TANH = _rule("tanh", "derivative of tanh", "tanh 的导数")
SOFTPLUS = _rule("softplus", "derivative of softplus", "softplus 的导数")
RELU = _rule("relu", "derivative of ReLU away from 0", "ReLU 在 0 以外的导数")
STEP = _rule("step", "a step is constant away from 0", "阶跃函数在 0 以外为常数")
SIGN = _rule("sign", "the sign is constant away from 0", "符号函数在 0 以外为常数")
ABSOLUTE = _rule("absolute value", "derivative of the absolute value away from 0", "绝对值在 0 以外的导数")
LARGEST = _rule("largest", "only the entry that attains the maximum counts", "只有取到最大值的分量起作用")
SELECTED = _rule("selected", "which entry is the largest changes at ties only", "最大分量的位置只在并列处改变")
XLOGX = _rule("xlogx", "derivative of x log x", "x log x 的导数")
ACTIVATION = _rule("activation", "derivative of the function", "函数的导数")
INDEPENDENT = _rule("independent", "entries are independent of each other", "各分量相互独立")
SIFT = _rule("sift", "only one term of the sum is left", "求和只剩一项")
CASE = _rule("case", "in this case", "在此情形下")
FOLD = _rule("fold", "write the defined quantities again", "换回已定义的量")
FACT = _rule("fact", "the entries sum to 1", "各分量之和为 1")
CENTRED = _rule("centred", "deviations from the mean sum to 0", "与均值的离差之和为 0")
ONE_HOT = _rule("one-hot", "one-hot: one entry is 1, the others are 0", "独热：一个分量为 1，其余为 0")
LINEAR = _rule("linear", "split the sum", "拆分求和")
EXPAND = _rule("expand", "multiply out", "展开")
FACTOR = _rule("factor", "take out the common factor", "提取公因子")
SCALAR_FUNCTIONS = _rule("functions", "write the functions with exp and log", "用 exp 和 log 表示函数")
LOG_RULES = _rule("log rules", "log of a product, of a quotient, of exp", "积、商与 exp 的对数")
EXP_RULES = _rule("exp rules", "exp of a sum is a product", "和的指数是乘积")
SUBSTITUTE = _rule("substitute", "insert the special value", "代入特殊取值")
COMPLETE_SQUARE = _rule("square", "complete the square", "配方")
TAKE_OUT_SQUARE = _rule(
    "take out square", "take out the square of the distance to a stationary point", "提出到驻点距离的平方"
)
SQUARE_BOUND = _rule("square bound", "a square is never negative", "平方不小于零")
COMMON_DENOMINATOR = _rule("common denominator", "write as one fraction", "通分")
EXTEND = _rule("extend", "multiply numerator and denominator by the same", "分子分母同乘一个因子")
TANH_DEFINITION = _rule("tanh definition", "definition of tanh", "tanh 的定义")
SIGMOID_DEFINITION = _rule("sigmoid definition", "definition of the sigmoid", "sigmoid 的定义")
LOG_ONE = _rule("log one", "log 1 = 0", "log 1 = 0")
VANISHING_EXP = _rule("vanishing exp", "the exponential vanishes, the rest is continuous", "指数项趋于 0，其余部分连续")
VANISHING_POWER = _rule(
    "vanishing power", "the powers of a number between 0 and 1 go to 0", "0 与 1 之间的数的幂趋于 0"
)
POSITIVE_SQUARE = _rule("positive square", "a square is positive where it is not 0", "非零数的平方大于零")
POSITIVE_TERM = _rule("positive term", "this term is positive", "这一项大于零")
ESTIMATE = _rule("estimate", "estimate every term by the lemma", "用引理对每一项放缩")
ABOVE_TANGENT = _rule("above tangent", "a convex function lies above its tangent", "凸函数位于其切线上方")
CAUCHY_SCHWARZ = _rule("Cauchy–Schwarz", "inequality of Cauchy and Schwarz", "柯西–施瓦茨不等式")
VARIANCE = _rule("variance", "mean of the squares minus square of the mean", "平方的均值减去均值的平方")
NOT_NEGATIVE = _rule("not negative", "no term is negative", "每一项都不小于零")
LOG_OF_RECIPROCAL = _rule("log of reciprocal", "turn the fraction under the log over", "把对数中的分式倒过来")
EXP_OF_LOG = _rule("exp of log", "write t as exp(log t)", "把 t 写成 exp(log t)")
LOG_OF_EXP = _rule("log of exp", "write x as log(exp x)", "把 x 写成 log(exp x)")
AT_MOST_ONE = _rule("at most one", "no exponent is positive: no term is above 1", "指数都不大于 0：每一项都不超过 1")
PROBABILITY = _rule("probability", "a probability is at most 1", "概率不超过 1")
SIMPLE_VALUES = _rule(
    "simple values", "insert the values of exp, log and tanh that are known", "代入 exp、log、tanh 的已知值"
)
EXP_OUTGROWS = _rule("exp outgrows", "the exponential outgrows every power", "指数函数增长快于任何幂")
EXP_SLOPE = _rule("slope of exp", "the slope of exp at 0 is 1", "指数函数在 0 处的斜率为 1")
CONTINUOUS = _rule("continuous", "continuous here: insert the point", "在此处连续：直接代入")
POWER_OUTGROWS = _rule("power outgrows", "every power outgrows the logarithm", "任何幂的增长快于对数")
SQUARE_OF_SUM = _rule("square of sum", "a double sum is the square of a sum", "二重和是和的平方")
TURN_SIGN = _rule("turn sign", "take the minus sign into the bracket", "把负号移入括号")
SATURATES = _rule("saturates", "the exponential vanishes", "指数项趋于 0")
JOIN_POWERS = _rule("join powers", "powers of one base: add the exponents", "同底数幂相乘：指数相加")
TAKE_OUT = _rule("take out", "take out a factor", "提出一个因子")
SHIFT_EXP = _rule("shift exp", "exp(a) = exp(c) exp(a − c)", "exp(a) = exp(c) exp(a − c)")
WRITE_LOG1P = _rule("write log1p", "definition of log1p, log(1 + u)", "log1p 的定义：log(1 + u)")
WRITE_EXPM1 = _rule("write expm1", "definition of expm1, exp(u) − 1", "expm1 的定义：exp(u) − 1")
MIRROR = _rule("mirror", "1 − σ(u) = σ(−u)", "1 − σ(u) = σ(−u)")
SETTLE = _rule("region", "ReLU and absolute value on this side", "ReLU 与绝对值在这一侧的值")
ABSOLUTE_OF_POSITIVE = _rule("absolute", "the absolute value of a positive number", "正数的绝对值是它自己")
BY_REGION = _rule("by region", "shown for each side below; equal at the kink, too", "两侧分别推导如下；在尖点处也相等")

_OF_FUNCTION = {
    "exp": EXP,
    "log": LOG,
    "log1p": LOG1P,
    "expm1": EXPM1,
    "erf": ERF,
    "Abs": ABSOLUTE,
    "sign": SIGN,
    "sigmoid": SIGMOID,
    "tanh": TANH,
    "softplus": SOFTPLUS,
    "relu": RELU,
    "step": STEP,
    "xlogx": XLOGX,
}


def of_function(function: Expr) -> Rule:
    """The rule by which a function of one number is differentiated."""
    return ACTIVATION if isinstance(function, Applied) else _OF_FUNCTION[type(function).__name__]
