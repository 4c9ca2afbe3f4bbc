"""The words of what stands beside the lines: mistakes, worked examples, exercises, code, pictures."""

from __future__ import annotations

from gradproof.derivations.calculus import Text

TEACHING = {
    "misread": Text("Often misread", "常见误解"),
    "mistakes": Text("Common mistakes, each with an input that exposes it", "常见错误，以及能暴露它的输入"),
    "mistake": Text("A common mistake", "常见错误"),
    "exposed": Text(
        "At {place} it gives {wrong} instead of {right}.", "取 {place}，它给出 {wrong}，而正确值是 {right}。"
    ),
    "exposed_everywhere": Text("It gives {wrong} instead of {right}.", "它给出 {wrong}，而正确值是 {right}。"),
    "exposed_sides": Text(
        "At {place} the left side is {right} and the right side is {wrong}.",
        "取 {place}，左边为 {right}，右边为 {wrong}。",
    ),
    "exposed_sides_everywhere": Text(
        "The left side is {right} and the right side is {wrong}.", "左边为 {right}，右边为 {wrong}。"
    ),
    "example": Text("Worked example", "数值示例"),
    "example_at": Text("Let {point}.", "取 {point}。"),
    "example_value": Text(" Then {equation}.", "此时 {equation}。"),
    "by_formula": Text("formula", "公式"),
    "by_difference": Text("finite difference", "有限差分"),
    "by_torch": Text("Torch autograd", "Torch 自动求导"),
    "example_note": Text(
        "Formula: every decimal is certain. The others know the forward expression only and compute in float64: "
        "central difference with the step {step}, and autograd. Their last decimal may be rounding.",
        "公式一栏的每一位小数都是确定的。其余各栏只用到前向表达式，以 float64 计算："
        "步长为 {step} 的中心差分，以及自动求导；它们的最后一位可能受舍入影响。",
    ),
    "exercises": Text("Exercises", "练习"),
    "exercise": Text("Exercise {number}", "练习 {number}"),
    "solution": Text("Solution", "解答"),
    "solutions": Text("Solutions", "练习解答"),
    "exercise_derive": Text("Derive it", "自己推导"),
    "exercise_line": Text("Find the first wrong line", "找出第一处错误"),
    "exercise_input": Text("Show that it is wrong", "证明它是错的"),
    "task_derive": Text(
        "Work this out, with a reason for each line. You need: {hints}.",
        "推出结果，并写出每一步的理由。需要用到：{hints}。",
    ),
    "solution_derive": Text("Lines {first} to {last} above show that", "见上文 {first} 至 {last} 各行，结果为"),
    "task_line": Text(
        "Name an input that shows it, too.",
        "并给出一个能说明它出错的输入。",
    ),
    "solution_line": Text(
        "Line {line}: {slip}. At {place} the line before is {before} and this one is {after}.",
        "第 {line} 行：{slip}。取 {place}，前一行为 {before}，而这一行为 {after}。",
    ),
    "solution_line_everywhere": Text(
        "Line {line}: {slip}. The line before is {before} and this one is {after}.",
        "第 {line} 行：{slip}。前一行为 {before}，而这一行为 {after}。",
    ),
    "solution_carried": Text(" What comes after follows from the wrong line.", "其后的各行由这一错误的行推出。"),
    "solution_instead": Text(" It should read", "应为"),
    "task_input": Text(
        "Find an input at which this fails. {hint}",
        "求一个使它不成立的输入。{hint}",
    ),
    "solution_slip": Text(" What went wrong: {slip}.", "错在：{slip}。"),
    "mistakes_refuted": Text(
        "{count} wrong formulas are shown as mistakes and in exercises; each is refuted at the input that stands "
        "beside it, in exact or ball arithmetic.",
        "常见错误与练习中共有 {count} 个错误公式，每一个都在其旁注明的输入处，由精确算术或区间算术否证。",
    ),
    "code_beside": Text("Code beside formula", "代码与公式对照"),
    "cancels": Text("what is struck out cancels", "划去的因子相消"),
    "layout_jacobian": Text(
        "Numerator layout: row {first}, column {second} of {whole} is {entry}.",
        "分子布局：{whole} 的第 {first} 行第 {second} 列为 {entry}。",
    ),
    "layout_gradient": Text(
        "In numerator layout {whole} is a row, in denominator layout a column.",
        "按分子布局 {whole} 为行向量，按分母布局为列向量。",
    ),
    "layout_matrix": Text(
        "In denominator layout {whole} has the shape of {by}, in numerator layout that of its transpose.",
        "按分母布局 {whole} 与 {by} 形状相同，按分子布局则与其转置形状相同。",
    ),
    "graph": Text("Computation graph", "计算图"),
    "graph_note": Text(
        "Solid: forward, with shapes. Dashed: backward, the derivative that each arrow multiplies by.",
        "实线：前向，标有形状；虚线：反向，标有所乘的导数。",
    ),
    "graph_alternative": Text("Computation graph: {edges}.", "计算图：{edges}。"),
    "figure": Text("Figure {number}", "图 {number}"),
    "no_figures": Text(
        "No figures are drawn, as matplotlib is not installed; the extra named notes brings it.",
        "未安装 matplotlib，故没有插图；安装名为 notes 的附加依赖即可。",
    ),
}
