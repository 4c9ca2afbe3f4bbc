"""Why a formula has no meaning as it stands, or which one is asked for, in Chinese."""

from __future__ import annotations

MEANING = {
    # shapes
    "one side is an array and the other one entry of it; write the indices on both sides":
        "一边是数组，另一边是它的一个分量；请在两边都写出下标",
    "the left side is {}, the right side {}; what is missing on one of them?": "左边是{}，右边是{}；哪一边缺了什么？",
    "the left side is {}, the right side {}": "左边是{}，右边是{}",
    "a number": "一个数",
    "an entry": "一个分量",
    "of shape {}": "形状 {}",
    "a column stands against a row; a transpose may be missing": "列与行相比；可能缺少转置",
    "the left side has {} × {} entries, the right side {} × {}; what is missing on one of them?":
        "左边有 {} × {} 个元素，右边有 {} × {} 个；哪一边缺了什么？",
    "a matrix that is written out stands against an array of any size; write its entry, with indices":
        "逐项写出的矩阵与任意维数的数组相比；请用下标写出其元素",
    "along which axis of {} does {} lie? declare the vector as a row": "{1} 沿 {0} 的哪个轴？请把该向量声明为行",
    "{} meets {}; these operations take arrays of one shape": "{} 与 {} 相遇；此运算要求形状相同",
    "a row ({}) meets a column ({}); a transpose may be missing": "行（{}）与列（{}）相遇；可能缺少转置",
    "a matrix of {} meets one of {}; these operations take matrices of one size":
        "{} 的矩阵与 {} 的矩阵相遇；此运算要求大小相同",
    "an axis of size {} meets one of size {}; which is meant?": "长度为 {} 的轴与长度为 {} 的轴相遇；指哪一个？",
    "a product of a matrix that is written out and an array; give the matrix a name, or write the entries":
        "逐项写出的矩阵与数组的乘积；请给矩阵命名，或写出各元素",
    "{} times {} do not fit; a transpose may be missing": "{} 乘 {} 形状不合；可能缺少转置",
    "{} do not fit; a transpose may be missing": "{} 形状不合；可能缺少转置",
    "two columns side by side: is it x^T y, x y^T or the product of entries (\\odot)? write which one":
        "两个列向量相邻：是 x^T y、x y^T，还是逐元素乘积（\\odot）？请写明",
    "{}: a product of arrays with more than two axes; write it with indices and a sum":
        "{}：超过两个轴的数组的乘积；请用下标与求和写出",
    "a matrix of {} times one of {} do not fit; a transpose may be missing":
        "{} 的矩阵乘 {} 的矩阵，形状不合；可能缺少转置",
    "⟨…⟩ of {} and {}; it takes two arrays of one shape": "{} 与 {} 的 ⟨…⟩；两个数组的形状应相同",
    "the inverse of an array of shape {}; of its entries, write 1/x_i":
        "形状 {} 的数组的逆；若指各元素的倒数，请写 1/x_i",
    "the inverse of a matrix of shape {}; only a square one has an inverse": "形状 {} 的矩阵的逆；只有方阵才有逆",
    "a determinant that is not understood; it takes a square matrix that is written out, up to {}":
        "无法理解此行列式；它只对逐项写出、不超过 {} 的方阵有效",
    "the ∞-norm of a matrix is the largest sum of a row; write that as \\max_i \\sum_j |A_{ij}|":
        "矩阵的 ∞-范数是各行之和的最大值；请写成 \\max_i \\sum_j |A_{{ij}}|",
    "how far does this product reach? put brackets around what is multiplied":
        "此乘积到哪里为止？请用括号括出被乘的式子",
    "a sum under several conditions; write one sum for each letter": "带多个条件的求和；请为每个字母写一个求和",
    "an array ({}) stands where a number is expected; is an index missing?":
        "此处应为数，却是数组（{}）；是否缺少下标？",
    "a matrix that is written out stands where a quantity is expected; give it a name":
        "此处应为量，却是逐项写出的矩阵；请给它命名",
    "the rows of this matrix have different lengths; is an & missing?": "此矩阵各行长度不同；是否缺少 &？",
    "an index at a matrix that is written out; give the matrix a name": "逐项写出的矩阵带有下标；请给矩阵命名",
    "{} has {} axes and {} indices; is one too many?": "{} 有 {} 个轴，却有 {} 个下标；是否多了一个？",
    "{} is a number and has the index {}; declare {} : n": "{0} 是数，却有下标 {1}；请声明 {2} : n",
    "{} was declared with {} axes, its definition has {}; which is meant?":
        "{} 声明为 {} 个轴，其定义有 {} 个；指哪一个？",
    "the definition of {} does not fit what is declared; mend one of them: {}": "{} 的定义与声明不合，请改正其一：{}",
    # functions
    "what is {}(…)? define it, as in {}(x) = …": "{0}(…) 是什么？请定义，例如 {1}(x) = …",
    "over what is the expectation taken? write it as a sum, or as E_{x \\sim p}":
        "期望对什么取？请写成求和，或 E_{{x \\sim p}}",
    "which function is {}? declare it, as in {} : R -> R, or define it":
        "{0} 是什么函数？请声明，例如 {1} : R -> R，或给出定义",
    "{} is a quantity and is called here; which is meant?": "{} 是量，此处却被当作函数；指哪一个？",
    "{} at another point; define {}(x) = …": "{0} 在另一点处；请定义 {1}(x) = …",
    "{} is defined with {} arguments and gets {}; which?": "{} 定义为 {} 个自变量，此处有 {} 个；指哪一个？",
    "{} takes one argument and gets {}; which is meant?": "{} 只有一个自变量，此处有 {} 个；指哪一个？",
    "an argument of a definition is a name; as in f(x) = …": "定义的自变量应为名称；例如 f(x) = …",
    "a slope of a function of arrays; write its derivatives with ∂ and indices":
        "数组函数的斜率；请用 ∂ 与下标写出其导数",
    "a prime at a function of several arguments; write ∂f/∂x": "多元函数带撇号；请写 ∂f/∂x",
    "the inverse function of {}; say y = x as f(y) = x": "{} 的反函数；请把 y = x 写成 f(y) = x",
    "{} is a function and stands without its argument; write {}(x)": "{0} 是函数，却没有自变量；请写 {1}(x)",
    "{} stands as an argument of {}, of which it is made; which is meant?": "{} 是 {} 的自变量，又由它构成；指哪一个？",
    "{} takes one argument and has {} here; is a bracket missing?": "{} 只有一个自变量，此处有 {} 个；是否缺少括号？",
    "{} of a matrix that is written out; give it a name, as in z : n":
        "对逐项写出的矩阵取 {}；请给它命名，例如 z : n",
    "{} of a number; declare its argument as a vector, as in z : n": "对数取 {}；请把自变量声明为向量，例如 z : n",
    "{} of a number; it takes a vector, as in {}(z)_i": "对数取 {0}；它作用于向量，例如 {1}(z)_i",
    "this function is not understood; define it, as in f(x) = …": "无法理解此函数；请定义，例如 f(x) = …",
    "the function {} is not understood; write it with exp, log, tanh, σ, max, |x|, or define it":
        "无法理解函数 {}；请用 exp、log、tanh、σ、max、|x| 写出，或给出定义",
    "the trace of {}; it takes a square matrix, as in A : n x n": "{} 的迹；它只对方阵有效，例如 A : n x n",
    "diag of {}; it takes a vector or a square matrix": "{} 的 diag；它作用于向量或方阵",
    "a prime at {}, which is no function here; declare it, as in {} : R -> R":
        "{0} 带撇号，但在此不是函数；请声明，例如 {1} : R -> R",
    "a prime at something that is no function of one number; write \\frac{d}{dx} (…)":
        "撇号所作用的不是一个数的函数；请写 \\frac{{d}}{{dx}} (…)",
    # derivatives
    "an operator of differentiation stands alone; what is differentiated?": "求导算子单独出现；对什么求导？",
    "how far does the operator of differentiation reach? put brackets around what it is applied to":
        "求导算子作用到何处？请用括号括出作用对象",
    "a derivative by something that is no name; it is taken by a name, such as w or W_{ij}":
        "求导的对象不是名称；求导应对名称进行，例如 w 或 W_{{ij}}",
    "a second derivative of an array; write it for one entry, with indices": "数组的二阶导数；请用下标对一个元素写出",
    "∇ stands alone; of what is the gradient taken?": "∇ 单独出现；对什么求梯度？",
    "how far does ∇ reach? put brackets around what it is applied to": "∇ 作用到何处？请用括号括出作用对象",
    "by what is the gradient taken? write \\nabla_w": "对什么求梯度？请写 \\nabla_w",
    "a gradient by several arguments; write ∂f/∂x for each": "对多个自变量的梯度；请分别写 ∂f/∂x",
    "a gradient by several arrays; write \\nabla_w for each": "对多个数组的梯度；请分别写 \\nabla_w",
    "a derivative with {} axes above and {} below has no agreed form as an array; write it with indices":
        "分子有 {} 个轴、分母有 {} 个轴的导数没有公认的数组形式；请用下标写出",
    "one factor of a chain rule has indices, the other has none; write them at both, or at neither":
        "链式法则的一个因子带下标，另一个不带；请都带或都不带",
    # distributions, limits, sums, conditions
    "a divergence of what is not declared as distributions; declare them, as in p, q : simplex n":
        "散度的对象未声明为分布；请声明，例如 p, q : simplex n",
    "an expectation over something that is no letter; write E_{i \\sim p}[…] with an index i":
        "期望所对的不是字母；请写 E_{{i \\sim p}}[…]，i 为下标",
    "an expectation over {}; declare the distribution, as in p : simplex n":
        "期望对 {} 取；请声明分布，例如 p : simplex n",
    "a limit says what goes where; write \\lim_{h \\to 0}": "极限须说明什么趋于何处；请写 \\lim_{{h \\to 0}}",
    "a limit at something that is no number; it goes to a number, to 0^+ or to \\infty":
        "极限点不是数；极限趋于一个数、0^+ 或 \\infty",
    "a limit is taken in a number; write \\lim_{h \\to 0}, with h a number":
        "极限对数取；请写 \\lim_{{h \\to 0}}，h 为数",
    "the limit of an array; write it for one entry, with its indices": "数组的极限；请用下标对一个元素写出",
    "{} is not understood; sums, products, max, min and lim are": "无法理解 {}；可以用求和、连乘、max、min 与 lim",
    "{} is not understood here; can it be written as a formula?": "此处无法理解 {}；能否写成公式？",
    "this {} is not understood; it reads \\{}_j z_j": "无法理解此 {0}；应写作 \\{1}_j z_j",
    "a product of what may be negative; declare it positive, as in p : >0 n":
        "连乘的对象可能为负；请声明为正，例如 p : >0 n",
    "a sum that does not begin at 1; how far does it run?": "求和不从 1 开始；它到哪里为止？",
    "the index of a sum is no letter; write \\sum_i or \\sum_{i=1}^n":
        "求和的下标不是字母；请写 \\sum_i 或 \\sum_{{i=1}}^n",
    "an upper bound that is no size; it is a name, such as n": "上限不是维数；它应为名称，例如 n",
    "over which index does this sum run? write it below the sum": "对哪个下标求和？请写在求和号下方",
    "a case without a condition stands before others; which holds where?":
        "没有条件的情形出现在其他情形之前；各在何处成立？",
    "bars around an array; a norm is written \\|x\\|": "数组两侧为竖线；范数写作 \\|x\\|",
    "a subscript at bars; a norm is written \\|x\\|_2": "竖线带下标；范数写作 \\|x\\|_2",
    "the 2-norm of a matrix is its largest singular value; the Frobenius norm is ‖A‖_F":
        "矩阵的 2-范数是其最大奇异值；Frobenius 范数写作 ‖A‖_F",
    "the norm with the label {} is not understood; 1, 2, F and ∞ are":
        "无法理解带标记 {} 的范数；可以用 1、2、F 与 ∞",
    "this condition is not understood; conditions read x > 0, i = j, i \\ne j or x \\in (0, 1)":
        "无法理解此条件；条件写作 x > 0、i = j、i \\ne j 或 x \\in (0, 1)",
    "this set is not understood; an interval is written (0, 1)": "无法理解此集合；区间写作 (0, 1)",
    "a condition with {} is not understood here; write x > 0, i = j or i \\ne j":
        "此处无法理解带 {} 的条件；请写 x > 0、i = j 或 i \\ne j",
    # names
    "{} is defined by itself; a recursion has an index, as in h_k = w h_{k-1}, k : 1..n":
        "{} 由自身定义；递推须带下标，例如 h_k = w h_{{k-1}}，k : 1..n",
    "{} is defined as a matrix that is written out; write that matrix in its place":
        "{} 定义为逐项写出的矩阵；请在此处写出该矩阵",
    "{} depends on something that is no name; write it as in E = E(a)":
        "{} 依赖于非名称的内容；请写成 E = E(a) 的形式",
    "{} (bold)": "{}（粗体）",
    "{} stands where a quantity is expected; is a name missing?": "此处应为量，却是 {}；是否缺少名称？",
    "the subscript {} is no label and no index; is it declared, as in t : 1..n?":
        "下标 {} 既不是标签也不是指标；是否已声明，例如 t : 1..n？",
    "the subscript {} is shifted; declare how far it runs, as in k : 1..n, or a recursion for the name":
        "下标 {} 带位移；请声明其范围，例如 k : 1..n，或给出该名称的递推",
    "the subscript {} is no index; indices are letters such as i, j, k": "下标 {} 不是指标；指标是 i、j、k 等字母",
    "scripts stand at something that is no name; put brackets around it": "上下标出现在非名称处；请加括号",
    # operations
    "a power with the exponent {}: is {} positive? declare it, as in x : >0":
        "指数为 {} 的幂：{} 为正吗？请声明，例如 x : >0",
    "a power beyond what is computed; exponents go to {}": "幂次过高；指数最大为 {}",
    "a norm of a matrix that is written out; give the matrix a name": "逐项写出的矩阵的范数；请给矩阵命名",
    "the derivative of an inverse; write B for it, with A B = I, and differentiate that":
        "逆的导数；请把它记作 B，满足 A B = I，再求导",
    "a power of a matrix: of the matrix, or of its entries? write the product":
        "矩阵的幂：是矩阵的幂还是各元素的幂？请写成乘积",
    "the sign {} is not understood; write one line for + and one for -": "无法理解符号 {}；请为 + 与 - 各写一行",
    "what is divided by is not clear here; write \\frac or brackets": "此处除数不明确；请写 \\frac 或括号",
    "a matrix of blocks is not understood; write a line for each block": "无法理解分块矩阵；请为每块写一行",
    "a list": "列表",
    "a relation": "关系式",
    "an ellipsis": "省略号",
    "a factorial": "阶乘",
    "a value at a point": "在一点处的值",
    "this mark": "此记号",
    "this bracket": "此括号",
    "the inverse of a matrix that is written out; give the matrix a name, A, and write A^{-1}":
        "逐项写出的矩阵的逆；请给矩阵命名为 A，并写 A^{{-1}}",
    "the sign ⊗ is not understood; write x y^T, or the entries x_i y_j": "无法理解符号 ⊗；请写 x y^T，或元素 x_i y_j",
    "{} is not understood here; write what it stands for": "此处无法理解 {}；请写出它的含义",
    "{} times {}; are both of one size?": "{} 乘 {}；两者大小相同吗？",
    "{}′ is read as the transpose of {}": "{}′ 读作 {} 的转置",
    "the bracket {} is not understood; write what it stands for": "无法理解括号 {}；请写出它的含义",
    "{}^{-1} may be the inverse function or 1/{}; which is meant?":
        "{0}^{{-1}} 可以是反函数，也可以是 1/{1}；指哪一个？",
    "a bracket behind a derivative says where it is taken": "导数后的括号表示在何处取值",
    "is the bracket a factor, or where the derivative is taken? write \\cdot, or |_{x = …}":
        "括号是因子，还是求导之处？请写 \\cdot，或 |_{{x = …}}",
    "{}({}) may be a product, or {} at {}; define {}(x) = …, or write \\cdot":
        "{0}({1}) 可以是乘积，也可以是 {2} 在 {3} 处的值；请定义 {4}(x) = …，或写 \\cdot",
    "* between arrays is read entry by entry": "数组之间的 * 读作逐元素运算",
    "the exponential of a matrix is read entry by entry": "矩阵的指数读作逐元素运算",
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
