"""What judging and grading say of a line, in Chinese."""

from __future__ import annotations

STATUSES = {
    "proved": "已证明",
    "agrees at every point tried, which is not a proof": "在所有试过的点上一致，但这不是证明",
    "refuted by a counterexample": "被反例否定",
    "not decided": "未能判定",
    "checked at too few points to say anything": "检验的点太少，不足以下结论",
    "asked for, but not available here": "所要求的检验在此处不可用",
    "the check itself failed": "检验本身出错",
    "holds under a condition that the text does not state": "在文中未说明的条件下成立",
    "a definition: nothing to check": "定义：无需检验",
    "a condition, not an identity": "条件，不是恒等式",
    "needs a declaration": "需要声明",
    "could not be read": "无法读取",
}

JUDGING = {
    # what claims nothing
    "nothing is said to be equal": "没有陈述任何等式",
    "a definition": "定义",
    "an update": "更新",
    "it declares a shape": "声明形状",
    "a condition, not a claim": "条件，不是断言",
    "a case, or another name": "一种情形，或另一个名称",
    "a case of indices": "下标的一种情形",
    "a value, which is not checked": "一个取值，不予检验",
    "supposed, not claimed": "假设，不是断言",
    "an approximation": "近似",
    "a proportionality": "正比关系",
    "a distribution": "分布",
    "a limit": "极限",
    "a mapping": "映射",
    "{} is not checked": "不检验 {}",
    "set to 0: a condition, not an identity": "令其为 0：条件，不是恒等式",
    "as expected": "符合预期",
    "it was marked as wrong, but nothing in it is refuted": "标记为错误，但其中没有被否定的内容",
    # why nothing is held against anybody
    "it holds where {}": "当 {} 时成立",
    "it holds if this is said: {}": "若说明 {}，则成立",
    "the product is meant entry by entry (\\odot)": "乘积是逐元素的（\\odot）",
    "the index {} is left out": "省略了下标 {}",
    "whether it holds in a case could not be seen: {}": "无法判断在某种情形下是否成立：{}",
    "it does not hold for every {}: {}; if they are free, declare them, as in {} : R":
        "并非对一切 {0} 成立：{1}；若它们是自由变量，请声明，例如 {2} : R",
    "it does not hold for every {}, of which nothing is said; if they are free, declare them":
        "并非对一切 {} 成立，而文中未说明它们；若它们是自由变量，请声明",
    "it does not hold where {}; declare or define what is meant": "当 {} 时不成立；请声明或定义其含义",
    "it may follow from what was set to 0 before, which is not carried on":
        "可能由前面令其为 0 的式子推出，而那一条件没有沿用下来",
    "what is differentiated does not depend on {}, as far as is known; how does it?":
        "就已知而言，被求导的式子不依赖于 {}；它如何依赖？",
    "{} was defined otherwise before; if it is another one, write :=, and if not, this is wrong":
        "{} 在前面有不同的定义；若是另一个量，请写 :=，否则此处有误",
    "{} was defined otherwise before; if it is another one, write :=, and if not, this is wrong: {}":
        "{} 在前面有不同的定义；若是另一个量，请写 :=，否则此处有误：{}",
    "where does the inverse function have a value? say for which x, as in \\forall x \\in (0, 1)":
        "反函数在何处有值？请说明对哪些 x，例如 \\forall x \\in (0, 1)",
    "a condition was said before: does it hold under that?": "前面说过一个条件：在该条件下成立吗？",
    "a name of the exercise is given otherwise here: is it another one?": "题目中的名称在此另有定义：是另一个量吗？",
    "it goes on from a line that is not there": "它接续的那一行不存在",
    "it follows from what was wrong before": "由前面的错误推出",
    "it may follow from what was wrong before": "可能由前面的错误推出",
    # how it was decided, or why not
    "decided as f(y) = x for y = f⁻¹(x)": "对 y = f⁻¹(x)，按 f(y) = x 判定",
    "decided by differentiating both sides, and by the value at the lower end": "通过两边求导以及下限处的值判定",
    "written out for sizes up to {}, which is no proof for all": "对不超过 {} 的维数展开检验，这不是一般性的证明",
    "that it is at most so holds; whether the sides are never equal is not decided":
        "不大于成立；两边是否总不相等未能判定",
    "both sides are equal, so that neither is less": "两边相等，因此没有一边更小",
    "a recursion under a condition is not written out": "带条件的递推不予展开",
    "there is no size at which it says anything": "没有使其有内容的维数",
    "not written out: {}": "未展开：{}",
    "it fails at {}; which place is first?": "在 {} 处不成立；从哪一项开始？",
    "at {}: {}": "在 {} 处：{}",
    "at {}:": "在 {} 处：",
    "no method decides it": "没有方法能判定",
    "{}: left {}, right {}": "{}：左边 {}，右边 {}",
    "where {}": "其中 {}",
    "no time was left for it": "没有剩余时间",
    "no time was left to compare it": "没有剩余时间进行比较",
    "stopped after {} s": "{} 秒后停止",
    "stopped after {} s, together with its process": "{} 秒后连同其进程一起停止",
    "its process ended while it ran: {}": "运行时进程结束：{}",
    "the sides differ over a finite field: a candidate for refutation": "两边在有限域上不等：可能有反例",
    "the sides differ over a finite field: a candidate for refutation, at {}": "两边在有限域上不等：在 {} 处可能有反例",
    "it is nested too deeply": "嵌套过深",
    "it could not be compared: {}": "无法比较：{}",
    "it could not be compared with the exercise: {}": "无法与题目比较：{}",
    "the sizes of this line do not come to rest": "此行的维数无法确定",
    "{} is more than a row of numbers": "{} 不只是一列数",
    "the definition of {} beside a recursion": "递推旁的 {} 的定义",
    "a sum beside a recursion that does not run from 1": "递推旁的求和不从 1 开始",
    "the bounds of a sum beside a recursion": "递推旁求和的上下限",
    "an ellipsis at an end of a product": "乘积末端的省略号",
    "an ellipsis between factors that do not differ by one shift": "省略号两侧的因子不是相差一个位移",
    "these declarations are not understood: {}": "无法理解这些声明：{}",
}  # fmt: skip
