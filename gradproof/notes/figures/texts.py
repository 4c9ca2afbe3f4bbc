"""What is said of figures: captions, and what they show in words, by the kind of figure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gradproof.derivations.calculus import Text

from ..wording import words

#: What fills the places of a text: a list of numbers for each.
Numbers = tuple[tuple[str, tuple[str, ...]], ...]

CAPTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "curves": Text("The function (solid) and its derivative (dashed).", "函数（实线）及其导数（虚线）。"),
        "entropy": Text(
            "The entropy of two outcomes with the probabilities p_1 and 1 − p_1.",
            "两种结果（概率 p_1 与 1 − p_1）的熵。",
        ),
        "heat": Text(
            "Where z = ({logits}): positive on the diagonal, negative (hatched) elsewhere; every row sums to 0.",
            "取 z = ({logits})：对角线为正，其余为负（斜线）；每行之和为 0。",
        ),
        "rates": Text(
            "Gradient descent for one number (n = 1, minimum at 0): too small a learning rate creeps, a good one "
            "arrives, and one above 1 moves away.",
            "单个数（n = 1，极小值在 0 处）的梯度下降：学习率太小则进展缓慢，合适则很快到达，超过 1 则越走越远。",
        ),
        "descent": Text(
            "Contour lines of the loss for two weights, and {steps} steps of gradient descent with η = {rate}, "
            "numbered from 0: across the narrow valley they swing, along it they creep.",
            "两个权重时损失的等高线，以及从 0 开始、η = {rate} 的 {steps} 步梯度下降：横跨窄谷来回摆动，沿谷缓慢前进。",
        ),
        "surface": Text(
            "Contour lines, dashed where the function is negative; the arrows point downhill.",
            "等高线，函数为负处用虚线；箭头指向下坡方向。",
        ),
    }
)
ALTERNATIVES: Mapping[str, Text] = MappingProxyType(
    {
        "curves": Text(
            "The function goes through {points}; its derivative, as drawn, lies between {low} and {high}.",
            "函数经过 {points}；所画导数介于 {low} 与 {high} 之间。",
        ),
        "entropy": Text(
            "A hill: 0 at both ends, the maximum log 2 = 0.69 at p = 1/2.",
            "一条拱形曲线：两端为 0，在 p = 1/2 处取最大值 log 2 = 0.69。",
        ),
        "heat": Text("A table with the rows {rows}.", "一张表，各行为 {rows}。"),
        "rates": Text(
            "Three parabolas with {steps} steps from {start} for η = {rates}; they end at the distances {ends} from "
            "the minimum.",
            "三条抛物线，η = {rates}，各从 {start} 出发走 {steps} 步；终点到极小值的距离分别为 {ends}。",
        ),
        "descent": Text(
            "Ellipses around one minimum; a zigzag path on which the loss falls from {first} to {last}.",
            "围绕唯一极小值的椭圆；一条之字形路径，损失由 {first} 降至 {last}。",
        ),
        "surface": Text(
            "Contour lines on the square from −2 to 2; the values lie between {low} and {high}.",
            "−2 到 2 的正方形上的等高线；函数值介于 {low} 与 {high} 之间。",
        ),
    }
)


def said_of(text: Text, numbers: Numbers, language: str) -> str:
    """A text with its numbers. Raises KeyError where one is missing."""
    comma = words("list_separator", language)
    return text.in_language(language).format(**{place: comma.join(given) for place, given in numbers})
