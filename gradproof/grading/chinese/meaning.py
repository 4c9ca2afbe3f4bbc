"""Why a formula has no meaning as it stands, or which one is asked for, in Chinese."""

from __future__ import annotations

MEANING = {
    # shapes
    "one side is an array and the other one entry of it; write the indices on both sides":
        "一边是数组，另一边是它的一个分量；请在两边都写出下标",
    "the left side is {}, the right side {}": "左边是{}，右边是{}",
    "a number": "一个数",
    "of shape {}": "形状 {}",
    "a column stands against a row": "列与行相比",
    "the left side has {} × {} entries, the right side {} × {}": "左边有 {} × {} 个元素，右边有 {} × {} 个",
    "a matrix that is written out stands against an array with sizes": "逐项写出的矩阵与带维数的数组相比",
    "along which axis of {} does {} lie? declare the vector as a row": "{1} 沿 {0} 的哪个轴？请把该向量声明为行",
    "{} meets {}": "{} 与 {} 相遇，形状不合",
    "a row ({}) meets a column ({})": "行（{}）与列（{}）相遇",
    "a matrix of {} meets one of {}": "{} 的矩阵与 {} 的矩阵相遇",
    "an axis of size {} meets one of size {}": "长度为 {} 的轴与长度为 {} 的轴相遇",
    "a product with a matrix that is written out is only read with a number": "逐项写出的矩阵只能与数相乘",
    "{} times {} do not fit": "{} 乘 {} 形状不合",
    "{} do not fit": "{} 形状不合",
    "{} times {} do not fit; a transpose may be missing": "{} 乘 {} 形状不合；可能缺少转置",
    "{} do not fit; a transpose may be missing": "{} 形状不合；可能缺少转置",
    "two columns side by side: is it x^T y, x y^T or the product of entries (\\odot)? write which one":
        "两个列向量相邻：是 x^T y、x y^T，还是逐元素乘积（\\odot）？请写明",
    "{}: a product of arrays with more than two axes": "{}：超过两个轴的数组的乘积",
    "a matrix of {} times one of {} do not fit": "{} 的矩阵乘 {} 的矩阵，形状不合",
    "⟨…⟩ of {} and {}; it takes two arrays of one shape": "{} 与 {} 的 ⟨…⟩；两个数组的形状应相同",
    "the inverse of an array of shape {}; of its entries, write 1/x_i":
        "形状 {} 的数组的逆；若指各元素的倒数，请写 1/x_i",
    "the inverse of a matrix that is not square, of shape {}": "形状 {} 的矩阵不是方阵，却求逆",
    "a determinant is understood of a square matrix that is written out, up to {}":
        "行列式只对逐项写出、不超过 {} 的方阵有效",
    "the ∞-norm of a matrix is the largest sum of a row, which is not read":
        "矩阵的 ∞-范数是各行之和的最大值，尚不能读取",
    "how far does this product reach? put brackets around what is multiplied":
        "此乘积到哪里为止？请用括号括出被乘的式子",
    "a sum under several conditions": "带多个条件的求和",
    "an array ({}) stands where a number is expected": "此处应为数，却是数组（{}）",
    "a matrix that is written out stands where a quantity is expected": "此处应为量，却是逐项写出的矩阵",
    "the rows of this matrix have different lengths": "此矩阵各行长度不同",
    "an index at a matrix that is written out": "逐项写出的矩阵带有下标",
    "{} has {} axes and {} indices": "{} 有 {} 个轴，却有 {} 个下标",
    "{} is a number and has the index {}": "{} 是数，却有下标 {}",
    "{} was declared with {} axes, its definition has {}": "{} 声明为 {} 个轴，其定义有 {} 个",
    # functions
    "what is {}(…)? define it, as in {}(x) = …": "{0}(…) 是什么？请定义，例如 {1}(x) = …",
    "over what is the expectation taken? write it as a sum, or as E_{x \\sim p}":
        "期望对什么取？请写成求和，或 E_{{x \\sim p}}",
    "which function is {}? declare it, as in {} : R -> R, or define it":
        "{0} 是什么函数？请声明，例如 {1} : R -> R，或给出定义",
    "{} was defined as a quantity, not as a function": "{} 定义为量，不是函数",
    "{} at another point: it is defined by other names": "{} 在另一点处：它由其他名称定义",
    "{} was defined with {} arguments, here it gets {}": "{} 定义为 {} 个自变量，此处有 {} 个",
    "{} was declared with one argument, here it gets {}": "{} 声明为一个自变量，此处有 {} 个",
    "an argument of a definition is a name": "定义的自变量应为名称",
    "the derivative of a function with other axes than its argument": "函数的导数与自变量的轴不同",
    "a derivative of a function of several arguments": "多元函数的导数",
    "a call of {}, which is known only as y = {}(x)": "调用了 {0}，但只知道 y = {1}(x)",
    "the inverse function of {} is not understood": "无法理解 {} 的反函数",
    "{} is a function and stands without its argument": "{} 是函数，却没有自变量",
    "{} stands as an argument of {}, of which it is made; which is meant?": "{} 是 {} 的自变量，又由它构成；指哪一个？",
    "{} with {} arguments": "{} 带 {} 个自变量",
    "{} of this": "对此取 {}",
    "{} of a number; declare its argument as a vector, as in z : n": "对数取 {}；请把自变量声明为向量，例如 z : n",
    "{} of a number; it takes a vector, as in {}(z)_i": "对数取 {0}；它作用于向量，例如 {1}(z)_i",
    "this function is not understood": "无法理解此函数",
    "the function {} is not understood": "无法理解函数 {}",
    "the trace of {}": "{} 的迹",
    "diag of {}": "{} 的 diag",
    "a prime at {}, which is no function here": "{} 带撇号，但在此不是函数",
    "a prime at something that is no function of one number": "撇号所作用的不是一个数的函数",
    # derivatives
    "an operator of differentiation stands alone": "求导算子单独出现",
    "how far does the operator of differentiation reach? put brackets around what it is applied to":
        "求导算子作用到何处？请用括号括出作用对象",
    "a derivative is taken by a name, such as w or W_{ij}": "求导应对名称进行，例如 w 或 W_{{ij}}",
    "a second derivative of an array": "数组的二阶导数",
    "∇ stands alone": "∇ 单独出现",
    "how far does ∇ reach? put brackets around what it is applied to": "∇ 作用到何处？请用括号括出作用对象",
    "by what is the gradient taken? write \\nabla_w": "对什么求梯度？请写 \\nabla_w",
    "the gradient of this by several arguments": "对多个自变量的梯度",
    "the gradient by several arrays": "对多个数组的梯度",
    "a derivative with {} axes above and {} below has no agreed form as an array; write it with indices":
        "分子有 {} 个轴、分母有 {} 个轴的导数没有公认的数组形式；请用下标写出",
    "one factor of a chain rule is written with indices, the other without": "链式法则的一个因子带下标，另一个不带",
    # distributions, limits, sums, conditions
    "a divergence of what is not declared as distributions, as in p, q : simplex n":
        "散度的对象未声明为分布，例如 p, q : simplex n",
    "an expectation over something that is no letter": "期望所对的不是字母",
    "an expectation over {}; declare the distribution, as in p : simplex n":
        "期望对 {} 取；请声明分布，例如 p : simplex n",
    "a limit says what goes where: \\lim_{h \\to 0}": "极限须说明什么趋于何处：\\lim_{{h \\to 0}}",
    "a limit at something that is no number": "极限点不是数",
    "a limit is taken in a number": "极限对数取",
    "the limit of an array": "数组的极限",
    "{} is not understood": "无法理解 {}",
    "{} is not understood here": "此处无法理解 {}",
    "this {} is not understood; it reads \\{}_j z_j": "无法理解此 {0}；应写作 \\{1}_j z_j",
    "a product over something that is not visibly positive": "连乘的对象未必为正",
    "a sum that does not begin at 1": "求和不从 1 开始",
    "the index of a sum is a letter": "求和的下标应为字母",
    "the upper bound of a sum is the name of a size": "求和的上限应为维数的名称",
    "over which index does this sum run? write it below the sum": "对哪个下标求和？请写在求和号下方",
    "a case without a condition stands before others; which holds where?":
        "没有条件的情形出现在其他情形之前；各在何处成立？",
    "bars around an array: a norm is written \\|x\\|": "数组两侧为竖线：范数写作 \\|x\\|",
    "a subscript at bars": "竖线带下标",
    "the 2-norm of a matrix is its largest singular value; the Frobenius norm is ‖A‖_F":
        "矩阵的 2-范数是其最大奇异值；Frobenius 范数写作 ‖A‖_F",
    "the norm with the label {} is not understood": "无法理解带标记 {} 的范数",
    "this condition is not understood": "无法理解此条件",
    "this set is not understood; an interval is written (0, 1)": "无法理解此集合；区间写作 (0, 1)",
    "a condition with {} is not understood here": "此处无法理解带 {} 的条件",
    # names
    "{} is defined by itself; recursions are not understood": "{} 由自身定义；无法理解递推",
    "{} is defined as a matrix that is written out": "{} 定义为逐项写出的矩阵",
    "{} depends on something that is no name": "{} 依赖于非名称的内容",
    "{} (bold)": "{}（粗体）",
    "{} stands where a quantity is expected": "此处应为量，却是 {}",
    "the subscript {} is neither a label nor made of index letters": "下标 {} 既不是标签，也不由下标字母组成",
    "the subscript {} is shifted, which is not understood": "下标 {} 带位移，无法理解",
    "the subscript {} is no index": "下标 {} 不是指标",
    "scripts stand at something that is no name": "上下标出现在非名称处",
    # operations
    "a power with the exponent {}: is {} positive? declare it, as in x : >0":
        "指数为 {} 的幂：{} 为正吗？请声明，例如 x : >0",
    "a power beyond what is computed; exponents go to {}": "幂次过高；指数最大为 {}",
    "a determinant is not understood": "无法理解行列式",
    "the inverse of a matrix is not understood": "无法理解矩阵的逆",
    "a power of a matrix: of the matrix, or of its entries? write the product":
        "矩阵的幂：是矩阵的幂还是各元素的幂？请写成乘积",
    "the sign {} is not understood": "无法理解符号 {}",
    "what is divided by is not clear here; write \\frac or brackets": "此处除数不明确；请写 \\frac 或括号",
    "a matrix of blocks is not understood": "无法理解分块矩阵",
    "a list": "列表",
    "a relation": "关系式",
    "an ellipsis": "省略号",
    "a factorial": "阶乘",
    "a value at a point": "在一点处的值",
    "this mark": "此记号",
    "this bracket": "此括号",
    # declarations
    "line {} of the declarations, {}, declares nothing; lines look like X : N x d, k : 1..n, f : R -> R, "
    "y = \\softmax(z), i \\ne j or layout numerator":
        "声明的第 {} 行 {} 没有声明任何内容；各行形如 X : N x d、k : 1..n、f : R -> R、y = \\softmax(z)、i \\ne j 或 "
        "layout numerator",
    "line {} of the declarations: there is no layout {}; the layouts are {}": "声明的第 {} 行：没有布局 {}；布局有 {}",
    "line {} of the declarations: {} is no name; names look like W_{ij}":
        "声明的第 {} 行：{} 不是名称；名称形如 W_{{ij}}",
    "line {} of the declarations: {} is no shape; shapes look like n, N x d, onehot C, >0 or R":
        "声明的第 {} 行：{} 不是形状；形状形如 n、N x d、onehot C、>0 或 R",
    "line {} of the declarations, {}: {}": "声明的第 {} 行 {}：{}",
    "line {} of the declarations, {}, has no left side": "声明的第 {} 行 {} 没有左边",
}  # fmt: skip
