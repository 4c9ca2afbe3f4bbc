"""With `--lang zh` the commands on documents say everything in Chinese, of files that are broken in any way, too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gradproof.cli import main
from gradproof.cli.exits import USAGE, WRONG
from gradproof.documents.files import LARGEST

#: Two English words side by side, but for a declaration; what Python says of code is left as it says it.
ENGLISH = re.compile(r"\b(?!layout )[a-z]{3,} [a-z]{2,}")
OTHERS = ("invalid syntax",)
BROKEN = {
    "scan.pdf": b"%PDF-1.4",
    "photo.jpg": b"\xff\xd8",
    "work.docx": b"PK",
    "odd.xyz": b"x",
    "empty.tex": b"",
    "latin.tex": "\\[é\\]".encode("latin-1"),
    "big.tex": b"a" * (LARGEST + 1),
    "json.ipynb": b"{",
    "list.ipynb": b"[1]",
    "code.py": b"def f(:\n",
    "open.tex": b"\\[ a = b",
    "dollar.md": b"it costs $$x = y",
    "environment.tex": b"\\begin{align} a = b",
    "inputs.tex": b"\\input{../secret}\\input{inputs}\\input{nowhere}",
    "marks.md": b"<!-- gradproof: z : -->\n<!-- gradproof: frobnicate -->\n$$1 = 1$$\n<!-- gradproof: skip -->",
    "formulas.md": b"$$\\frac{\\alpha E}{\\partial w} = 2$$\n$$( a + b = c$$\n$$x^{y} = z$$",
    "more.md": b"$$\\foo = 1$$\n$$f(x+y) = f(x)$$",
    "asked.md": b"$$\\mathbf{1}^T x = c$$\n$$a b = b a$$\n$$\\frac{\\partial E}{\\partial w} = x$$\n$$A^T = A$$",
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    for name, content in BROKEN.items():
        (folder / name).write_bytes(content)
    (folder / "link.tex").symlink_to("/nowhere/at/all")
    return folder


@pytest.mark.parametrize("command", [("check", "--no-cache"), ("read",), ("grade", "--against", "softmax_jacobian")])
def test_broken_files(
    command: tuple[str, ...], broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken)
    files = [*sorted(BROKEN), "link.tex"]
    assert main([*command, *files, "--lang", "zh", "--jobs", "2"]) == (0 if command[0] == "grade" else WRONG)
    out, err = capsys.readouterr()
    assert all(name in out for name in files if (command[0], name) != ("check", "empty.tex"))
    said = [line for line in out.splitlines() if not any(each in line for each in OTHERS)]
    assert not [line for line in said if ENGLISH.search(line)] and err == ""
    assert "scan.pdf 是 PDF，无法读取；请提交 .tex、.md、.ipynb 或 .py" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "nowhere.tex"], "没有文件 nowhere.tex"),
        (["check", "*.nothing"], "没有文件符合 *.nothing"),
        (["grade", "-", "--against", "softmax_jacobian"], "提交应为文件；不批改标准输入"),
        (["grade", "open.tex", "--against", "kl_nonnegative"], "kl_nonnegative 是不等式：尚不能批改"),
        (["grade", "open.tex", "--against", "softmax_jacobian", "--summary", "a.txt"], "--summary 有误：汇总应为"),
        (["grade", "open.tex", "--against", "softmax_jacobian", "--names", "x"], "--names 有误：模式"),
    ],
)
def test_what_was_asked_for_and_is_not_there(
    arguments: list[str], said: str, broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken)
    assert main([*arguments, "--lang", "zh"]) == USAGE
    err = capsys.readouterr().err
    assert said in err and not ENGLISH.search(err)


def test_what_is_read_and_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text("$$f(x + y) = f(x) + f(y)$$\n\n$$y_i = \\softmax(z)_i$$\n", encoding="utf-8")
    assert main(["read", str(file), "--lang", "zh", "--jobs", "1", "--declare", "z : n"]) == 0
    out = capsys.readouterr().out
    for words in ("读作", "假定：f(…) 读作乘积（如此声明：f : R）", "形状：", "z : n"):
        assert words in out
    assert not ENGLISH.search(out)
