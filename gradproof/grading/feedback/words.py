"""What is said of a submission besides what the checks say, in English and Chinese.

`{…}` stands for what is filled in. A text that is asked for and missing is a KeyError; tests ask for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gradproof.derivations.calculus import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "right": Text("right", "正确"),
        "wrong": Text("WRONG", "错误"),
        "open": Text("for you to decide", "需人工判断"),
        "none": Text("no claim", "无需判断"),
        "again": Text("right again, though not by the line before", "结果重新正确，但不是由上一行推出"),
        "carried": Text(
            "it follows from the line before, and counts; the error stands above",
            "由上一行正确推出，计分；错误出在前面",
        ),
        "at": Text("at", "反例"),
        "differs": Text("it is not what was to be shown", "与所求不符"),
        "points": Text("points {points} of {of}, {open} for you to decide", "得分 {points}/{of}，需人工判断 {open} 行"),
        "score": Text("points {points} of {of}", "得分 {points}/{of}"),
        "score_open": Text(
            "points {points} of {of}, up to {most} with those for you to decide",
            "得分 {points}/{of}，计入需人工判断的部分最多 {most}",
        ),
        "first": Text("first wrong line: {line}", "首个错误行：{line}"),
        "letters": Text("in the letters of the submission: {pairs}", "采用提交者的记号：{pairs}"),
        "letter": Text("{theirs} for {ours}", "{ours} 记作 {theirs}"),
        "no_wrong": Text("no wrong line was found", "未发现错误行"),
        "RIGHT": Text("the result is right", "结果正确"),
        "WRONG": Text("the result is wrong", "结果错误"),
        "OPEN": Text("whether the result is right is not decided", "结果是否正确未能判定"),
        "UNFINISHED": Text("it begins with the question and does not reach a result", "从题目出发，但未得出结果"),
        "NOT_FOUND": Text("no line begins with what is asked", "没有从所求的式子开始的行"),
        "hint": Text("hint", "提示"),
        "": Text("nothing could be read", "无法读取"),
        "graded": Text("graded", "已批改"),
        "slips": Text("slips in the class", "班级常见失误"),
        "students": Text("students", "人数"),
        "separator": Text("; ", "；"),
        "colon": Text(": ", "："),
        "comma": Text(", ", "，"),
        "line": Text("line {line}", "第 {line} 行"),
        "place": Text("line {line}, column {column}", "第 {line} 行第 {column} 列"),
        "cell": Text("cell {cell}", "第 {cell} 单元"),
        "unread": Text("could not be read", "无法读取"),
        "EARNED": Text("earned", "得分"),
        "CARRIED": Text("earned behind an error", "错误之后仍得分"),
        "OPEN_ITEM": Text("for you to decide", "需人工判断"),
        "LOST": Text("the line that reaches it is wrong", "达到此步的一行有误"),
        "MISSING": Text("no line reaches it", "没有达到此步"),
        "item": Text("item {number}", "第 {number} 项"),
        "deduction": Text("wrong line {line}", "第 {line} 行错误"),
        # pages
        "title": Text("Graded: {title}", "批改：{title}"),
        "class": Text("Submissions", "作业"),
        "submission": Text("submission", "作业"),
        "points_head": Text("points", "得分"),
        "result_head": Text("result", "结果"),
        "first_head": Text("first wrong line", "首个错误行"),
        "slip_head": Text("slip", "失误"),
        "open_head": Text("for you to decide", "需人工判断"),
        "rubric": Text("Points", "评分"),
        "what": Text("for", "项目"),
        "award": Text("because", "说明"),
        "left_side": Text("left side", "左边"),
        "right_side": Text("right side", "右边"),
        "counterexample": Text("Both sides differ here", "两边在此处不等"),
        "lines": Text("Line by line", "逐行批改"),
        "nothing": Text("Nothing was found that states anything.", "没有找到任何陈述。"),
        "legend": Text(
            "Each line is compared with the line before it, and with what is asked. "
            "What is tinted in a wrong line is where it departs from what would be right.",
            "每一行都与上一行及所求比较。错误行中标出的部分是与正确写法不同之处。",
        ),
        "back": Text("All submissions", "全部作业"),
        "made": Text("Made with gradproof", "由 gradproof 生成"),
    }
)


def word(key: str, language: str, **values: object) -> str:
    """The text in "en" or "zh", with the values filled in."""
    return WORDS[key].in_language(language).format(**values)
