"""The first two hints for each slip, for a person who wants to find the mistake alone: a nudge, and where to look.

The nudge names no more than a kind of mistake; what is wrong, the third hint, is the text in the table.
"""

from __future__ import annotations

from gradproof.derivations.calculus import Text

SIGNS = Text("Check the signs in this line.", "检查这一行的符号。")
INDICES = Text("Check the indices in this line.", "检查这一行的下标。")
SUMS = Text("Check the sums in this line.", "检查这一行的求和。")
FACTORS = Text("Count the factors in this line.", "数一数这一行的因子。")
POWERS = Text("Check the powers and roots in this line.", "检查这一行的幂与根号。")
FRACTIONS = Text("Check the fractions in this line.", "检查这一行的分式。")
FUNCTIONS = Text("Check the functions in this line.", "检查这一行的函数。")
SLOPES = Text("Check the derivative of the function in this line.", "检查这一行中函数的导数。")
NAMES = Text("Check the names of the variables in this line.", "检查这一行的变量名。")
TERMS = Text("Count the terms in this line.", "数一数这一行的项。")

#: By the name of the slip: the nudge and the place.
HINTS: dict[str, tuple[Text, Text]] = {
    "sign of the slope": (SLOPES, Text("Does the function rise or fall there?", "函数在那里递增还是递减？")),
    "slope as difference": (SLOPES, Text("How are σ and 1 − σ joined?", "σ 与 1 − σ 之间是什么运算？")),
    "slope at argument": (SLOPES, Text("At which point is the derivative taken?", "导数在哪一点取值？")),
    "one dropped": (SLOPES, Text("Look at the derivative of tanh term by term.", "逐项检查 tanh 的导数。")),
    "square of tanh dropped": (SLOPES, Text("Look at the powers in this derivative.", "检查该导数中的幂。")),
    "exponent": (FUNCTIONS, Text("Look at the exponents of exp.", "检查 exp 的指数。")),
    "divergence reversed": (NAMES, Text("Look at what is divided by what in the log.", "检查 log 内谁除以谁。")),
    "minus of the log": (SIGNS, Text("Look at what stands before the log.", "检查 log 前面的符号。")),
    "sign of entropy": (SIGNS, Text("Can this entropy be negative?", "这个熵可能为负吗？")),
    "quotient order": (FRACTIONS, Text("Look at the numerator of the quotient rule.", "检查商法则的分子。")),
    "sign off the diagonal": (SIGNS, Text("Look at the case of different indices.", "检查下标不同的情形。")),
    "difference turned": (SIGNS, Text("Look at the differences: what is taken from what?", "检查差：谁减去谁？")),
    "sign of the update": (SIGNS, Text("Does this step go up or down the hill?", "这一步是上坡还是下坡？")),
    "sign": (SIGNS, Text("Look at the sign of the whole.", "检查整体的符号。")),
    "sign of a term": (SIGNS, Text("Look at each term of the sum.", "逐项检查这个和的符号。")),
    "commuted": (FACTORS, Text("Look at the order of the matrices.", "检查矩阵的次序。")),
    "swapped indices": (INDICES, Text("Which index belongs to which variable?", "哪个下标属于哪个变量？")),
    "transposed": (INDICES, Text("Look at rows and columns of the matrix.", "检查矩阵的行与列。")),
    "numerator index": (INDICES, Text("Look at the numerator.", "检查分子。")),
    "wrong index": (INDICES, Text("Look at the entries one by one.", "逐个检查各分量。")),
    "delta dropped": (INDICES, Text("What if the two indices differ?", "如果两个下标不同呢？")),
    "delta zero": (INDICES, Text("What if the two indices are equal?", "如果两个下标相等呢？")),
    "equal case only": (INDICES, Text("For which indices does this hold?", "这对哪些下标成立？")),
    "one-hot assumed": (SUMS, Text("What is known of the sum of the targets?", "关于目标值之和，已知什么？")),
    "sum dropped": (SUMS, Text("On how many values does this depend?", "这依赖于多少个值？")),
    "sum added": (SUMS, Text("Over which indices may be summed here?", "这里可以对哪些下标求和？")),
    "mean": (SUMS, Text("Is it a sum or a mean?", "是求和还是平均？")),
    "size dropped": (FACTORS, Text("Look for the size.", "检查维数。")),
    "off by one": (FACTORS, Text("Count the values that are summed.", "数一数求和的项数。")),
    "norm for its square": (POWERS, Text("Look at the norm.", "检查范数。")),
    "power dropped": (POWERS, Text("Look at each square and each root.", "逐个检查平方与根号。")),
    "number dropped": (FACTORS, Text("Look at the numbers.", "检查常数系数。")),
    "fraction inverted": (FRACTIONS, Text("What is divided by what?", "谁除以谁？")),
    "upside down": (FRACTIONS, Text("Look at what stands below the bar.", "检查分母。")),
    "prime dropped": (SLOPES, Text("Is it the function or its derivative?", "是函数本身还是它的导数？")),
    "slope dropped": (SLOPES, Text("Is each derivative of the chain rule there?", "链式法则的每个导数都在吗？")),
    "adjoint dropped": (FACTORS, Text("Look at what comes from the layer above.", "检查上游传来的量。")),
    "penalty without weight": (FACTORS, Text("Look at the term with λ.", "检查含 λ 的项。")),
    "log split": (FUNCTIONS, Text("Which rules hold for the log of a sum?", "和的对数有哪些法则？")),
    "log dropped": (FUNCTIONS, Text("Look for the logarithms.", "检查对数。")),
    "exp dropped": (FUNCTIONS, Text("Look for the exponentials.", "检查指数函数。")),
    "index dropped": (INDICES, Text("Which of these are numbers, and which are vectors?", "哪些是数，哪些是向量？")),
    "bias given input": (FACTORS, Text("What is multiplied by the bias?", "偏置乘以什么？")),
    "distributions mixed": (NAMES, Text("Look at each distribution: which one is it?", "逐个检查分布：是哪一个？")),
    "wrong vector": (NAMES, Text("Which layer does each vector come from?", "每个向量来自哪一层？")),
    "factor dropped": (FACTORS, Text("Look at the chain rule.", "检查链式法则。")),
    "wrong variable": (NAMES, Text("By which variable is the derivative taken?", "对哪个变量求导？")),
    "∂ missing": (FRACTIONS, Text("Which fractions are derivatives?", "哪些分式是导数？")),
    "wrong extremum": (FUNCTIONS, Text("Look at the maximum.", "检查最大值。")),
    "term dropped": (TERMS, Text("Look at the rule for products and sums.", "检查乘积与和的求导法则。")),
    "wrong function": (FUNCTIONS, Text("Look at the name of each function.", "检查各函数的名称。")),
    "minus inside dropped": (SIGNS, Text("Look inside the function.", "检查函数的内部。")),
    "argument sign": (SIGNS, Text("Look at the arguments of the functions.", "检查函数的自变量。")),
    "twice": (FACTORS, Text("Look at the factor 2.", "检查因子 2。")),
    "half": (FACTORS, Text("Look at the factor 1/2.", "检查因子 1/2。")),
    "constant": (TERMS, Text("Look at the constants.", "检查常数项。")),
    "slightly off": (FACTORS, Text("Compare the numbers digit by digit.", "逐位比较数值。")),
}  # fmt: skip
