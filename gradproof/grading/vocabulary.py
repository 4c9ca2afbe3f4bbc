"""Words that say nothing of a case: what people write between the lines of a derivation that holds in general.

A list of what is harmless, not of what is harmful: a word that is not here may restrict the formula beside it.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _longest_first(text: str) -> tuple[str, ...]:
    """Words that are taken out of a text one after the other, so that none is taken for a part of a longer one."""
    return tuple(sorted(text.split(), key=len, reverse=True))


#: English words that restrict nothing.
PLAIN = _words(
    """
    a an the this that these those it its is are was be been has have had we i you us our can may will would do does
    and or so then thus hence therefore because since as by with using use used uses via from of to in into on at for
    all each every any where let set define defined defining denote write written writing put call abbreviate first
    second third next finally last now again together combined combining altogether both also just simply easily
    clearly directly indeed likewise similarly namely exactly here above below before after which what whose there such
    between out up over through back respect wrt equivalently particular general generally
    derivative derivatives differential gradient gradients jacobian hessian chain rule rules product quotient power
    sum sums summation log logs logarithm logarithms exponential exponentials softmax sigmoid logistic tanh softplus
    relu hyperbolic tangent loss losses error errors function functions objective cost cross entropy entropies
    divergence kl kullback leibler mse norm norms squared square squares mean means average matrix matrices vector
    vectors column row form index indices notation component components entry entries coordinate weight weights bias
    biases layer layers hidden output outputs input inputs activation activations unit units neuron network perceptron
    regression linear backpropagation backprop delta deltas term terms factor factors fraction fractions numerator
    denominator side sides equation equations identity identities expression formula definition definitions result
    results answer solution exercise question problem homework proof part parts step steps line lines trick way piece
    pieces partial total scalar inner outer logits logit probability probabilities distribution distributions target
    targets prediction predictions batch sample samples example data
    multiply multiplying multiplied multiplication divide dividing divided differentiate differentiating differentiated
    compute computing computed calculate calculating evaluate expand expanding expanded simplify simplifies simplifying
    simplified collect collecting cancel cancels cancelling substitute substituting insert inserting inserted apply
    applying applied plug plugging rewrite rewriting rewritten take taking taken get gets getting give gives giving
    obtain obtains obtaining find finding found follow follows following hold holds become becomes yield yields read
    reads know known see seen show shows shown need note notice recall remember observe want start starting begin
    beginning end ending look looks looking put puts prove proven qed derive deriving derived abbreviation
    depend depends depending update updates updating updated descent descend decay penalty penalties regularisation
    regularization regularised regularized regularizer rate learning residual residuals abbreviates denote denotes
    splitting collected hence i e
    """
)
#: English words that may stand beside a condition on indices which is written as a formula.
OF_CASES = PLAIN | _words("if when case cases suppose assume consider considering ii iii")

#: Chinese words that restrict nothing, and those that may stand beside a condition.
PLAIN_ZH = _longest_first(
    """
    我们 由 用 利用 使用 根据 因为 由于 所以 因此 于是 从而 故 则 有 得 得到 得出 可得 可知 即 即为 又 再 首先
    然后 其次 最后 接着 令 设 记 其中 为 是 的 和 与 及 以及 对 关于 求 求导 求和 导数 偏导数 偏导 梯度 雅可比
    海森 矩阵 向量 链式法则 链式 法则 乘积 商 乘法 除法 公式 展开 平方 化简 整理 代入 带入 损失 函数 交叉熵 熵
    激活 证明 解 答案 答 结果 综上 综上所述 所述 合并 写成 记作 定义 两边 同乘 分子 分母 第一步 第二步 第三步 此处
    这里 上式 下式 注意 注意到 另外 而 那么 就 也 把 将 先 一起 分别 中 里 上 下 了 求得 计算 等式 式子 这 它 它的
    各项 项 相乘 相加 倒数 对数 指数 因而 更新 梯度下降 学习率 权重衰减 正则项 残差
    """
)
OF_CASES_ZH = _longest_first(" ".join((*PLAIN_ZH, "若 当 如果 时 情形 情况 对于 第一种 第二种 一 二")))

#: Words behind which a display that begins with = may be about something else: "and for the bias" = …
TURNING = _words(
    """
    for likewise similarly bias biases weight weights second third next other another each every layer layers hidden
    output outputs input inputs first finally respectively there again also both particular general loss
    """
)
TURNING_ZH = _longest_first("对 对于 偏置 权重 同理 类似 层 其次 首先 最后 另外 而 也 损失")

#: Words that may restrict formulas which stand far from them.
RESTRICTING = _words(
    """
    if when whenever unless case cases suppose supposing assume assuming only true class label onehot hot positive
    negative equal equals same diagonal distinct different otherwise else special fix fixed zero except restrict
    restricted throughout ascent ascend climb climbing uphill maximise maximize maximises maximizes maximising
    maximizing
    """
)
RESTRICTING_ZH = _longest_first(
    "若 当 如果 假设 假定 情形 情况 相等 不同 对角 正类 负类 类别 只 仅 除 固定 特别 上升 最大化"
)
