"""What a command says of the names and options that it was given, in Chinese."""

from __future__ import annotations

COMMANDS = {
    # what is read and graded
    "no file fits {}": "没有文件符合 {}",
    "the folder {} has no file of the kinds {}": "文件夹 {} 中没有 {} 类型的文件",
    "standard input is no text in UTF-8": "标准输入不是 UTF-8 文本",
    "standard input is too large; at most {} characters are read": "标准输入过长；最多读取 {} 个字符",
    "--declare {}: {}": "--declare {} 有误：{}",
    "--declare: {}": "--declare 有误：{}",
    "the declarations are a text named given, as in given = \"x : R\"":
        "声明应为名为 given 的文本，例如 given = \"x : R\"",
    "a submission is a file; standard input is not graded": "提交应为文件；不批改标准输入",
    "the folder {} has nothing in it that may be a submission": "文件夹 {} 中没有可作为提交的内容",
    "the folder {} cannot be read: {}": "无法读取文件夹 {}：{}",
    "the folder {} holds no file of the kinds {}": "文件夹 {} 中没有 {} 类型的文件",
    "the folder {} holds more than {} files; is it that of one student?":
        "文件夹 {} 中有超过 {} 个文件；它属于一个学生吗？",
    "{} holds no formula": "{} 中没有公式",
    "the name {} does not fit {}; whose is it?": "名称 {} 不符合 {}；是谁的？",
    "--names: {}": "--names 有误：{}",
    "--rubric: {}": "--rubric 有误：{}",
    "--baseline: {}": "--baseline 有误：{}",
    "the pattern {} has to say once where the student stands, as in {}_hw3.tex":
        "模式 {} 须指明一次学生的位置，例如 {}_hw3.tex",
    "the pattern {} is of names without folders, as in {}_hw3.tex":
        "模式 {} 是不带文件夹的名称，例如 {}_hw3.tex",
    "no name fits the pattern {}; one of the names is {}": "没有名称符合模式 {}；其中一个名称是 {}",
    # what it is graded against
    "there is no derivation named {} (gradproof list shows all)":
        "没有名为 {} 的推导（gradproof list 列出全部）",
    "there is no derivation named {}; the nearest are {} (gradproof list shows all)":
        "没有名为 {} 的推导；最接近的是 {}（gradproof list 列出全部）",
    "{} is an inequality: it cannot be graded yet": "{} 是不等式：尚不能批改",
    "{} is said for a case only: it cannot be graded yet": "{} 只对一种情形成立：尚不能批改",
    "{} cannot be graded yet: {}": "{} 尚不能批改：{}",
    "as it is read, its result is not proved": "按读取的形式，其结果未得到证明",
    # how it is read
    "no formula": "没有公式",
    "I read this as": "读作",
    "I cannot read this": "无法读取",
    "shapes: {}": "形状：{}",
    "assumed: {}": "假定：{}",
    "column {}": "第 {} 列",
    "{} (to say so: {})": "{}（如此声明：{}）",
    "or with these:": "或加上这些行：",
    "it holds if these lines are added:": "加上这些行即成立：",
    "if these lines are meant, a relation would be refuted, at {}:": "若指这些行，则有一个关系被否定，反例 {}：",
    "if these lines are meant, some relations would be refuted, at {}:":
        "若指这些行，则有关系被否定，反例 {}：",
    "it has no form here: {}": "此处没有形式：{}",
    "its sizes do not come to rest": "其维数无法确定",
    # where the marks go
    "--summary: {}": "--summary 有误：{}",
    "a summary is a .csv or a .json file; {} is neither": "汇总应为 .csv 或 .json 文件；{} 两者都不是",
    "{} cannot be written: {}": "无法写入 {}：{}",
    "it is a folder": "它是文件夹",
    "no such folder": "没有这个文件夹",
    "{} cannot be written into: {}": "无法写入 {}：{}",
    "{} is a file, not a folder; name another place with --out":
        "{} 是文件而不是文件夹；请用 --out 指定其他位置",
    "{} is the folder that you are in; name another place with --out":
        "{} 是当前文件夹；请用 --out 指定其他位置",
    "{} was written by another version of gradproof; name another place with --out":
        "{} 由另一版本的 gradproof 写成；请用 --out 指定其他位置",
    "{} holds files that gradproof did not write; name another place with --out":
        "{} 中有不是 gradproof 写的文件；请用 --out 指定其他位置",
    "{} cannot be read; name another place with --out": "无法读取 {}；请用 --out 指定其他位置",
    "{} was not written by gradproof and would be lost; move it away":
        "{} 不是 gradproof 写的，会因此丢失；请移走",
    "{} submissions have a results.json each; name a folder, as in --out results":
        "{} 份提交各有一个 results.json；请指定文件夹，例如 --out results",
    "--out goes with --format html or gradescope; --format {} is written to stdout":
        "--out 用于 --format html 或 gradescope；--format {} 写到标准输出",
    "there is no baseline {}; --write-baseline writes it": "没有基线 {}；用 --write-baseline 写出",
    "--write-baseline writes the file that --baseline names; name one":
        "--write-baseline 写入 --baseline 所指的文件；请指明",
    "{} has {} known failure": "{} 中有 {} 个已知的失败",
    "{} has {} known failures": "{} 中有 {} 个已知的失败",
    "the baseline knows what is not found any longer: {}": "基线中有不再出现的内容：{}",
    "write the baseline anew with --write-baseline": "请用 --write-baseline 重写基线",
    "{} more": "还有 {} 个",
    "wrote {}": "已写入 {}",
    "{} and {}": "{} 和 {}",
    # who does the work
    "there is no executor {}; write dask:ADDRESS, as in dask:tcp://127.0.0.1:8786":
        "没有执行器 {}；请写 dask:ADDRESS，例如 dask:tcp://127.0.0.1:8786",
    "{}; no summary is written": "{}；没有写出汇总",
    "the Dask scheduler at {} does not answer any more": "位于 {} 的 Dask 调度器不再响应",
    "the worker {} has no gradproof; gradproof {} has to be on all of them":
        "工作进程 {} 上没有 gradproof；所有工作进程都须装有 gradproof {}",
    "the worker {} has gradproof {}; gradproof {} has to be on all of them":
        "工作进程 {} 上是 gradproof {}；所有工作进程都须装有 gradproof {}",
    "the worker {} {}; gradproof {} has to be on all of them": "工作进程 {} {}；所有工作进程都须装有 gradproof {}",
    "the Dask scheduler at {} has no workers": "位于 {} 的 Dask 调度器没有工作进程",
    "Dask is not installed here; pip install 'gradproof[dask]' installs it":
        "此处没有安装 Dask；用 pip install 'gradproof[dask]' 安装",
    "no Dask scheduler answers at {}; is it running, and is this its address?":
        "{} 处没有 Dask 调度器响应；它在运行吗？地址对吗？",
}  # fmt: skip
