"""Chinese texts: the field's terms, one for each notion, and the punctuation and spaces of Chinese typesetting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from gradproof.derivations.catalogue import chapters
from gradproof.notes import html
from gradproof.notes.overlay import all_texts
from gradproof.notes.tree import Document

#: What must not be written, and the one term that stands for the notion instead.
TERMS = {
    "梯度弥散": ("梯度离散", "梯度消失", "梯度消散"),
    "归一化": ("规范化", "标准化", "正交化"),
    "正则化": ("规则化", "正规化"),
    "1-范数": ("第一范数", "一范数", "L1", "ℓ1"),
    "2-范数": ("第二范数", "二范数", "L2", "ℓ2", "欧几里得范数", "欧氏范数"),
    "最大范数": ("最大值范数", "无穷范数"),
    "交叉熵": ("互熵", "交叉墒", "Cross", "cross-entropy"),
    "KL 散度": ("相对熵", "KL散度", "KL 距离"),
    "独热": ("one-hot", "one hot", "独热码", "独热编码"),
    "雅可比矩阵": ("Jacobian", "雅克比", "雅各比"),
    "黑塞矩阵": ("Hessian", "海森", "海塞", "黑森"),
    "逻辑回归": ("logistic", "逻辑斯", "罗吉斯特", "对数几率回归"),
    "损失": ("代价函数", "成本函数", "目标损失"),
    "权重": ("权值", "权数"),
    "偏置": ("偏差项", "偏移量", "截距"),
    "偏导数": ("偏微分", "偏微商"),
    "学习率": ("学习速率", "学习步长"),
    "隐藏层": ("隐层", "隐含层"),
    "反向传播": ("反传播", "后向传播", "逆传播"),
    "链式法则": ("连锁法则", "链导法则"),
    "乘积法则": ("乘积的求导法则", "莱布尼茨"),
    "商法则": ("商的求导法则", "除法法则"),
    "内积": ("点积", "点乘", "数量积"),
    "等高线": ("等值线", "轮廓线"),
    "次梯度": ("次导数", "次微分"),
    "自动求导": ("自动微分", "autograd"),
    "准确率": ("准确度", "精确度", "精度率"),
    "概率": ("机率", "或然率", "几率分布"),
    "特征值": ("本征",),
    "小批量": ("迷你批", "mini-batch", "minibatch"),
    "激活函数": ("激励函数", "活化函数"),
    "鞍点": ("马鞍",),
}
#: The places where another notion, or the other name of this one, is meant.
MEANT = ("（又称梯度消失，vanishing gradient），不是“梯度离散”", "标准正交基")

HAN = "一-鿿"
#: What has a space between it and Chinese: letters and numbers, and the signs that stand first or last in a formula.
WESTERN = "A-Za-z0-9α-ωΑ-Ω∂√½−"
FULL = "，。；：！？、（）“”"
TYPOGRAPHY = {
    "no space between Chinese and a letter or number": f"[{HAN}][{WESTERN}]|[{WESTERN}][{HAN}]",
    "a space beside a mark of full width": f"[{FULL}] | [{FULL.replace('（', '').replace('“', '')}]",
    "a mark of half width beside Chinese": f"[{HAN}] ?[,;:!?.]|[,;:!?] ?[{HAN}]",
    "a bracket of half width around Chinese": rf"[{HAN}]\(|\)[{HAN}]|\([{HAN}]|[{HAN}]\)",
    "a space between two Chinese letters": f"[{HAN}] +[{HAN}]",
    "a quotation mark that is straight or English": "[\"'‘’]|[「」『』]",
}


def faults(text: str) -> list[str]:
    """What is wrong with a Chinese text: its terms and its typography; `code` is a word like any other."""
    for meant in MEANT:
        text = text.replace(meant, "")
    found = [f"{wrong}: {right}" for right, wrongs in TERMS.items() for wrong in wrongs if wrong in text]
    text = re.sub("`[^`]*`", "x", text)
    return found + [name for name, pattern in TYPOGRAPHY.items() if re.search(pattern, text)]


def chinese_texts() -> Iterator[tuple[str, str]]:
    """Every Chinese text of the notes, by its id."""
    for name, text in all_texts().items():
        yield name, text.zh
    for chapter in chapters():
        for place, remark in enumerate(chapter.misread, start=1):
            yield f"chapter.{chapter.name}.misread.{place}", remark.zh


def test_every_text_is_written_in_the_terms_of_the_field() -> None:
    texts = dict(chinese_texts())
    assert len(texts) > 600 and sum(1 for text in texts.values() if re.search(f"[{HAN}]", text)) > 550
    assert {name: found for name, text in texts.items() if (found := faults(text))} == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("深层网络中的梯度消失", "梯度消失: 梯度弥散"),
        ("norm 是 L2 范数", "L2: 2-范数"),
        ("softmax 的 Jacobian", "Jacobian: 雅可比矩阵"),
        ("在x = 0 处", "no space between Chinese and a letter or number"),
        ("斜率为−1", "no space between Chinese and a letter or number"),
        ("处处相同， 不变", "a space beside a mark of full width"),
        ("处处相同,不变", "a mark of half width beside Chinese"),
        ("在该点(驻点)处", "a bracket of half width around Chinese"),
        ("处处 相同", "a space between two Chinese letters"),
        ('所谓"鞍点"', "a quotation mark that is straight or English"),
    ],
)
def test_what_is_wrong_is_found(text: str, fault: str) -> None:
    assert fault in faults(text)


def test_code_is_no_fault() -> None:
    assert faults("Torch 的 `norm(x, dim=1)` 在 x = 0 处返回 0。") == []


def sentences(page: str) -> Iterator[str]:
    """What a reader sees in each element of a page that holds text, where every formula is one letter."""
    page = re.sub(r"<(style|pre|code|script)\b.*?</\1>", "x", page, flags=re.DOTALL)
    page = re.sub(r'<span class="(hidden|glyph)".*?</span>|<svg.*?</svg>', "", page, flags=re.DOTALL)
    page = re.sub(r"<math.*?</math>", "x", page, flags=re.DOTALL)
    for block in re.split(r"</?(?:p|li|h\d|td|th|dt|dd|summary|figcaption|strong|b|div|section)\b[^>]*>", page):
        yield unescape(re.sub(r"<[^>]*>", "", block)).strip()


def test_sentences_that_are_put_together_are_set_like_the_others(taught: dict[str, Document]) -> None:
    shown = {text for text in sentences(html(taught["zh"])) if re.search(f"[{HAN}]", text)}
    assert len(shown) > 200
    assert {text: found for text in shown if (found := faults(text))} == {}
