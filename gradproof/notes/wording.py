"""Every word of the notes that is not in the catalogue, in English and Chinese.

`{…}` stands for what is filled in. A text that is asked for and missing is a KeyError; tests ask for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gradproof.derivations.calculus import Domain, Text
from gradproof.verify.verdict import Verdict

from .teaching_words import TEACHING

LANGUAGES = ("en", "zh")

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("Deep learning, derived and checked", "深度学习：推导与验证"),
        "subtitle": Text(
            "Every gradient step by step, with what is known about each step: a proof for every size, "
            "or how far it was checked.",
            "逐步推导每一个梯度，并注明每一步的依据：已对任意维数证明，还是只检验到某种程度。",
        ),
        "chapter": Text("Chapter {number}", "第 {number} 章"),
        "contents": Text("Contents", "目录"),
        "skip": Text("Skip to the first chapter", "跳到第一章"),
        "back": Text("Contents", "目录"),
        "legend": Text("How to read a verdict", "如何阅读验证结果"),
        "legend_steps": Text(
            "Each step carries the verdict on itself. The part that it changed is tinted and underlined. "
            "The name of a step, such as A2, is for citing it.",
            "每一步都附有自己的验证结果。该步改变的部分用底色和下划线标出。步骤编号（如 A2）便于引用。",
        ),
        "result": Text("Result", "结果"),
        "matrix_form": Text("With matrices", "矩阵形式"),
        "numerator": Text("numerator layout", "分子布局"),
        "denominator": Text("denominator layout", "分母布局"),
        "conditions": Text("Assumed", "前提"),
        "downstream": Text(
            "{value} depends on all other quantities only through {through}, in any differentiable way",
            "{value} 只通过 {through} 可微地依赖于其余各量",
        ),
        "untied": Text("{value} is attained at one place only", "{value} 仅在一处取到"),
        "and": Text(" and ", " 与 "),
        "symbol": Text("symbol", "符号"),
        "meaning": Text("meaning", "含义"),
        "domain": Text("values", "取值"),
        "shape": Text("shape", "形状"),
        "scalar": Text("scalar", "标量"),
        "given": Text("given", "已知量"),
        "variable": Text("variable", "自变量"),
        "computed": Text("computed before", "此前已算出"),
        "defined": Text("defined below", "定义见下"),
        "adjoint": Text("adjoint, {formula}", "伴随量，{formula}"),
        "any_function": Text("any differentiable function", "任意可微函数"),
        "any_function_of": Text("any differentiable function of {through}", "{through} 的任意可微函数"),
        "range": Text("{indices} from 1 to {size}", "{indices} 取 1 到 {size}"),
        "delta": Text(
            "{delta} is 1 if {first} = {second}, else 0.", "当 {first} = {second} 时 {delta} = 1，否则为 0。"
        ),
        "colon": Text(": ", "："),
        "separator": Text("; ", "；"),
        "stop": Text(".", "。"),
        "list_separator": Text(", ", "、"),
        "definitions": Text("Definitions", "定义"),
        "derivation": Text("Derivation", "推导"),
        "case": Text("Case {condition}", "情形 {condition}"),
        "textbook": Text("As textbooks write it", "教科书写法"),
        "floating_point": Text("In floating point", "浮点计算"),
        "dtype": Text("dtype", "数据类型"),
        "naive": Text("naive", "原式"),
        "stable": Text("stable", "稳定式"),
        "naive_fails": Text("where the naive form fails", "原式失效之处"),
        "stability_note": Text(
            "Measured, not proved: the worst error in units in the last place of the exact value, at {points} points "
            "for each dtype, spread over its range ({sizes}seed {seed}; {versions}). ∞: no number comes out "
            "although the exact value is in range.",
            "实测值，并非证明：每种类型在其取值范围内取 {points} 个点，列出以精确值末位单位（ulp）计的最大误差"
            "（{sizes}随机种子 {seed}；{versions}）。∞：精确值在范围内，却得不到数值。",
        ),
        "overflow": Text("overflow", "溢出"),
        "undefined": Text("nan", "得到 nan"),
        "lost": Text("no digit is right", "有效数字全部丢失"),
        "any_size": Text("entries of any size", "任意大小的分量"),
        "measured_nothing": Text("not available here: {reason}", "此处无法测量：{reason}"),
        "no_torch": Text("Torch is not installed", "未安装 Torch"),
        "code": Text("The same in NumPy", "对应的 NumPy 代码"),
        "reference_code": Text("written by hand", "手写实现"),
        "result_code": Text("generated from the result", "由结果生成"),
        "as_mathematics": Text("the same lines, read as mathematics", "同样的代码，读作数学"),
        "remarks": Text("Remarks", "说明"),
        "sources": Text("Sources", "出处"),
        "counterexample": Text("Counterexample", "反例"),
        "wrong_at": Text(
            "{name}: at {place}, the left side is {left} and the right side is {right}.",
            "{name}：在 {place} 处，左边为 {left}，右边为 {right}。",
        ),
        "lines_proved": Text("{count} of {total} lines proved, {scope}", "{total} 行中已证明 {count} 行，{scope}"),
        "all_proved": Text("all {total} lines proved, {scope}", "全部 {total} 行均已证明，{scope}"),
        "lines_with": Text("{count} of {total} lines: {label}", "{total} 行中有 {count} 行：{label}"),
        "no_report": Text("not checked", "未验证"),
        "nothing_checked": Text(
            "Nothing in these notes was checked: they were written without any report of a check.",
            "本讲义未经验证：生成时没有任何验证报告。",
        ),
        "worst": Text("largest error {worst} of the bound", "最大误差为舍入误差界的 {worst} 倍"),
        "how_checked": Text("How this was checked", "本讲义是如何验证的"),
        "how_all_proved": Text("All {total} lines are proved.", "全部 {total} 行均已证明。"),
        "counted": Text("{count} {label}", "{label} {count} 行"),
        "how_counts": Text("Of {total} lines: {counts}.", "共 {total} 行：{counts}。"),
        "method": Text("method", "方法"),
        "scope": Text("scope", "范围"),
        "claims": Text("lines", "行数"),
        "verdicts": Text("found", "结论"),
        "points": Text("places compared", "比较点数"),
        "worst_error": Text("worst error", "最大误差"),
        "false_proof": Text("chance of a false proof", "误证概率"),
        "worst_note": Text(
            "The worst error is a fraction of the error that rounding explains: above 1 it would be a disagreement. "
            "Places compared are those where a small slip would have been seen, of all that were drawn.",
            "最大误差以舍入所能解释的误差为单位：超过 1 即为不一致。比较点数是指全部抽取的点中足以显出微小差错的那些。",
        ),
        "all_sizes": Text("every size, all data", "任意维数、任意数据"),
        "seed": Text("seed {seeds}", "随机种子 {seeds}"),
        "made_with": Text("Seed {seeds}; {versions}.", "随机种子 {seeds}；{versions}。"),
    }
    | TEACHING
)

#: A mark that is told apart by its shape, and the verdict in a few words and in a sentence.
MARKS: Mapping[Verdict | None, str] = MappingProxyType(
    {
        Verdict.PROVED: "✓",
        Verdict.AGREES: "≈",
        Verdict.REFUTED: "✗",
        Verdict.UNDECIDED: "?",
        Verdict.VACUOUS: "∅",
        Verdict.UNAVAILABLE: "–",
        Verdict.ERROR: "!",
        None: "○",
    }
)
LABELS: Mapping[Verdict | None, Text] = MappingProxyType(
    {
        Verdict.PROVED: Text("proved", "已证明"),
        Verdict.AGREES: Text("agrees (no proof)", "数值一致（非证明）"),
        Verdict.REFUTED: Text("refuted", "已否证"),
        Verdict.UNDECIDED: Text("not decided", "未能判定"),
        Verdict.VACUOUS: Text("too few points", "检验点太少"),
        Verdict.UNAVAILABLE: Text("not available here", "此处无法检验"),
        Verdict.ERROR: Text("the check failed", "验证出错"),
        None: Text("not checked", "未验证"),
    }
)
SENTENCES: Mapping[Verdict | None, Text] = MappingProxyType(
    {
        Verdict.PROVED: Text(
            "A proof, for the scope that is named: every size and all data, not single numbers.",
            "证明，适用于所注明的范围：任意维数、任意数据，而不是个别数值。",
        ),
        Verdict.AGREES: Text(
            "Both sides agree within rounding at every point tried. This is evidence, not a proof.",
            "在所有试过的点上，两边在舍入误差内一致。这是证据，不是证明。",
        ),
        Verdict.REFUTED: Text(
            "Wrong: a counterexample is given, confirmed by exact arithmetic.", "错误：给出了经精确计算确认的反例。"
        ),
        Verdict.UNDECIDED: Text("Neither a proof nor a counterexample was found.", "既没有找到证明，也没有找到反例。"),
        Verdict.VACUOUS: Text(
            "Too few points satisfied the conditions to say anything.", "满足条件的点太少，无法得出结论。"
        ),
        Verdict.UNAVAILABLE: Text("A check that was asked for could not be run here.", "所要求的检验在此处无法运行。"),
        Verdict.ERROR: Text(
            "The check itself failed, or two checks contradict each other.", "验证过程本身出错，或两种验证相互矛盾。"
        ),
        None: Text("No check was run on this line.", "没有对这一行进行验证。"),
    }
)

DOMAINS: Mapping[Domain, Text] = MappingProxyType(
    {
        Domain.REAL: Text("real", "实数"),
        Domain.POSITIVE: Text("positive", "正数"),
        Domain.UNIT: Text("between 0 and 1", "0 与 1 之间"),
        Domain.SUMS_TO_ONE: Text("real, sum 1", "实数，和为 1"),
        Domain.SIMPLEX: Text("positive, sum 1", "正数，和为 1"),
        Domain.ONE_HOT: Text("one-hot", "独热"),
        Domain.BINARY: Text("0 or 1", "0 或 1"),
    }
)

#: Methods by the names that their evidence carries; a method that is not here is shown by that name.
METHODS: Mapping[str, Text] = MappingProxyType(
    {
        "every size": Text("proof for every size", "对任意维数的证明"),
        "exact limit": Text("exact limit", "精确极限"),
        "given sizes": Text("proof at given sizes", "给定维数的证明"),
        "one variable": Text("proof for one variable, by intervals", "单变量证明（区间覆盖）"),
        "balls": Text("float64 with proved bounds", "带误差界的 float64"),
        "Torch autograd": Text("Torch autograd", "Torch 自动求导"),
        "Torch autograd, float32": Text("Torch autograd, float32", "Torch 自动求导，float32"),
        "Torch autograd, float16": Text("Torch autograd, float16", "Torch 自动求导，float16"),
        "Torch autograd, bfloat16": Text("Torch autograd, bfloat16", "Torch 自动求导，bfloat16"),
        "Torch's graph": Text("proof about Torch's graph", "对 Torch 计算图的证明"),
    }
)


def words(key: str, language: str) -> str:
    """The text of a key. Raises KeyError for an unknown key, ValueError for an unknown language."""
    return WORDS[key].in_language(language)


def verdict_label(verdict: Verdict | None, language: str) -> str:
    """A verdict in a few words; None is a line that nobody checked."""
    return LABELS[verdict].in_language(language)


def method_name(name: str, language: str) -> str:
    return METHODS[name].in_language(language) if name in METHODS else name
