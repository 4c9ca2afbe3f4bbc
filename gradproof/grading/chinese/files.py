"""Why a file could not be read, and what in it is left out, in Chinese."""

from __future__ import annotations

FILES = {
    "{} is of no kind that is read; the kinds are {}": "{} 的类型无法读取；可读取的类型为 {}",
    "{} is {}, of which nothing can be read; hand in .tex, .md, .ipynb or .py":
        "{} 是 {}，无法读取；请提交 .tex、.md、.ipynb 或 .py",
    "a PDF": "PDF",
    "a picture": "图片",
    "a Word file": "Word 文件",
    "an OpenDocument file": "OpenDocument 文件",
    "{} is a link that leads out of its folder; name the file itself": "{} 是指向文件夹之外的链接；请指明文件本身",
    "{} is a link among the files of others; name the file itself": "{} 是他人文件之间的链接；请指明文件本身",
    "{} is no file": "{} 不是文件",
    "there is no file {}": "没有文件 {}",
    "{} is too large; at most {} bytes are read": "{} 过大；最多读取 {} 字节",
    '{}: the declarations are a text named given, as in given = "x : R"':
        "{}：声明应是名为 given 的文本，如 given = \"x : R\"",
    "{} is no text in UTF-8 (byte {}); save it as UTF-8": "{} 不是 UTF-8 文本（第 {} 字节）；请另存为 UTF-8",
    "{} cannot be read: {}": "无法读取 {}：{}",
    "{} could not be read: {}": "无法读取 {}：{}",
    "{} could not be graded: {}": "无法批改 {}：{}",
    "{} lies outside of the folder {}, and is not read": "{} 在文件夹 {} 之外，不予读取",
    "{} is not read; among the files of others, only files of the same author are":
        "{} 不予读取；与他人的文件放在一起时，只读取同一作者的文件",
    "{} takes itself in, and is read once": "{} 引入了自身，只读取一次",
    "{} is not read; at most {} files are, {} deep": "{} 不予读取；最多读取 {} 个文件、{} 层",
    "{} is no notebook: {}": "{} 不是 notebook：{}",
    "it is no JSON at line {}, column {}": "它在第 {} 行第 {} 列不是 JSON",
    "it has no cells that can be read": "其中没有可读取的单元",
    "this is no Python: {}": "这不是 Python：{}",
    "a dollar opens a formula that no dollar of this paragraph ends": "美元符号开始的公式在本段中没有结束",
    "this mark speaks of the next formula, and there is none": "此标记针对下一个公式，但其后没有公式",
    "this fence has no end": "此代码块没有结束",
    "this environment has no end": "此环境没有结束",
    "\\[ opens a formula that no \\] ends": "\\[ 开始的公式没有以 \\] 结束",
    "\\( opens a formula that no \\) ends": "\\( 开始的公式没有以 \\) 结束",
    "$$ opens a formula that no $$ ends": "$$ 开始的公式没有以 $$ 结束",
}  # fmt: skip
