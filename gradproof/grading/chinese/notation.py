"""Why a formula could not be read, in Chinese."""

from __future__ import annotations

NOTATION = {
    "{} stands where a quantity is expected; what stands before it?": "此处应为量，却是 {}；它前面是什么？",
    "{} stands where a quantity is expected; is something missing before it?":
        "此处应为量，却是 {}；前面是否缺少内容？",
    "{} stand where a quantity is expected; put words between formulas": "此处应为量，却是{}；请把文字放在公式之间",
    "the bracket {} is not closed before {}; add {} where it ends": "括号 {} 在 {} 之前没有闭合；请在其末尾加上 {}",
    "{} is not expected here; is a bracket missing before it?": "此处不应出现 {}；前面是否缺少括号？",
    "the bar {} is not closed before {}; add the second bar": "竖线 {} 在 {} 之前没有闭合；请加上第二条竖线",
    "an argument in braces is expected here; a colour, a link or a style is missing":
        "此处应有花括号中的参数；缺少颜色、链接或样式",
    "{} stands over something that is no name; give it a name of its own": "{} 加在非名称之上；请给它一个名称",
    "{} holds no name; write one word in its braces": "{} 中没有名称；请在花括号中写一个词",
    "{} names nothing; write a name in its braces": "{} 没有名称；请在花括号中写一个名称",
    "{} is not expected in a row of {}; is something missing before it?":
        "{1} 的一行中不应出现 {0}；前面是否缺少内容？",
    "{} stands within a formula; end the formula before it": "{} 出现在公式之中；请先结束公式",
    "{} has no \\end{}; add it where the rows end": "{} 没有 \\end{}；请在各行之后加上",
    "{} is empty; write a value & a condition in each row": "{} 为空；请在每行写 值 & 条件",
    "the condition of this case is not understood; write it as a formula, or otherwise":
        "无法理解此情形的条件；请写成公式，或写 otherwise",
    "{} is no column of an array; columns are l, c and r": "{} 不是数组的列；列为 l、c 和 r",
    "{} is not expected behind the condition of a case; is a line break missing before it?":
        "情形的条件之后不应出现 {}；前面是否缺少换行？",
    "the order of a derivative is a number from 1 to 9; write ∂^2": "导数的阶是 1 到 9 的数；请写 ∂^2",
    "the derivative has order {} above the line and {} below it; both must be one":
        "导数在分子中为 {} 阶，在分母中为 {} 阶；两者必须一致",
    "the derivative does not say by what; write \\partial w below the line":
        "导数没有说明对什么求；请在分母写 \\partial w",
    "∂ stands alone; a derivative reads \\frac{\\partial E}{\\partial w}":
        "∂ 单独出现；导数写作 \\frac{{\\partial E}}{{\\partial w}}",
    "{} is expected before each variable of a derivative; {} stands there; is a brace missing?":
        "导数的每个变量之前应有 {}，却是 {}；是否缺少花括号？",
    "the argument of {} has no end; a brace is missing": "{} 的参数没有结束；缺少花括号",
    "the macro {} lacks an argument; put it in braces behind the macro": "宏 {} 缺少参数；请写在宏之后的花括号中",
    "the macro {} does not come to an end; it may call itself": "宏 {} 没有终止；它可能调用自身",
    "the macro {} uses an argument that it does not have; say in [..] how many it has":
        "宏 {} 使用了不存在的参数；请在 [..] 中写明参数个数",
    "the formula ends where something is expected; what comes after the last sign?":
        "公式在应有内容处结束；最后一个符号之后是什么？",
    "the formula ends where a subscript or superscript is expected; what stands behind the last sign?":
        "公式在应有上下标处结束；最后一个符号之后是什么？",
    "the formula ends too early; something is missing at its end": "公式过早结束；末尾缺少内容",
    "the command {} is not known; if it is a macro of your own, give its \\newcommand":
        "未知命令 {}；若是自定义宏，请给出其 \\newcommand",
    "{} closes a bracket that is not open, or nothing stands before it; delete it":
        "{} 所闭合的括号没有打开，或其前没有内容；请删除",
    "a brace is not closed; add } where it ends": "花括号没有闭合；请在其末尾加上 }}",
    "{} is no environment of formulas; put the formula in equation or align":
        "{} 不是公式环境；请把公式放在 equation 或 align 中",
    "{} formulas stand where one is expected": "此处应为一个公式，却有 {} 个",
    "the formula is nested too deeply": "公式嵌套过深",
    "a comma is expected behind what stands after ∀; write \\forall x > 0, …":
        "∀ 后的内容之后应有逗号；请写 \\forall x > 0, …",
    "{} is expected, but {}; is a bracket missing?": "此处应为 {}，但{}；是否缺少括号？",
    "{} is expected at the end of the numerator, but {}; is a bracket missing?":
        "分子末尾应为 {}，但{}；是否缺少括号？",
    "{} is expected at the end of a power, but {}; is a bracket missing?": "幂的末尾应为 {}，但{}；是否缺少括号？",
    "{} is expected behind the degree of a root, but {}; is a bracket missing?":
        "根次之后应为 {}，但{}；是否缺少括号？",
    "{} is expected before the rank of an extremum, but {}; is a bracket missing?":
        "极值的名次之前应为 {}，但{}；是否缺少括号？",
    "{} is expected behind the rank of an extremum, but {}; is a bracket missing?":
        "极值的名次之后应为 {}，但{}；是否缺少括号？",
    "{} is expected before the index of an extremum, but {}; is a bracket missing?":
        "极值的下标之前应为 {}，但{}；是否缺少括号？",
    "the formula ends": "公式已结束",
    "{} stands there": "此处是 {}",
    "the formula has {} signs; at most {} are read": "公式有 {} 个符号；最多读取 {} 个",
    "the formula has {} characters; at most {} are read": "公式有 {} 个字符；最多读取 {} 个",
    "a number has {} digits; at most {} are read": "一个数有 {} 位；最多读取 {} 位",
    "brackets are nested deeper than {} levels; define a part under a name of its own":
        "括号嵌套超过 {} 层；请为其中一部分定义名称",
    "the end of the row": "行末",
    "end of the formula": "公式末尾",
    "the words “{}”": "文字“{}”",
    "\\{} is no command that formulas use; delete it": "\\{} 不是公式所用的命令；请删除",
    "the character U+{} stands in no formula; delete it": "字符 U+{} 不会出现在公式中；请删除",
    "{} has two things {} it; which one bounds it?": "{0} 的{1}有两项；哪一项是它的界？",
    "∇ has two of {}; which one is meant?": "∇ 有两个 {}；指的是哪一个？",
    "{} stands where \\partial is expected; did you mean \\frac{}?":
        "{} 所在之处应为 \\partial；是否应为 \\frac{}？",
    "below": "下方",
    "above": "上方",
}  # fmt: skip
