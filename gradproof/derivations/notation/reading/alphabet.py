"""The signs of the notation: what each command and each unicode character stands for.

Tables only. A command that stands in none of them is not guessed at: it is unreadable.
"""

from __future__ import annotations

from ..names import GREEK

#: Commands that are letters.
LETTERS = GREEK | {
    "vartheta": "ϑ", "varpi": "ϖ", "varrho": "ϱ", "varsigma": "ς", "omicron": "ο",
    "imath": "ı", "jmath": "ȷ", "hbar": "ℏ", "infty": "∞", "emptyset": "∅", "varnothing": "∅", "bot": "⊥",
    "star": "⋆", "ast": "∗", "dagger": "†", "top": "⊤", "intercal": "⊺", "prime": "′", "Re": "ℜ",
}  # fmt: skip

#: Functions whose argument needs no brackets. The value is the name under which they go on.
FUNCTIONS = {
    "log": "log", "ln": "ln", "lg": "lg", "exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh",
    "cosh": "cosh", "tanh": "tanh", "arctan": "arctan", "det": "det", "dim": "dim", "Pr": "Pr", "gcd": "gcd",
    "softmax": "softmax", "sigmoid": "sigmoid", "sigm": "sigmoid", "logistic": "sigmoid", "relu": "relu",
    "ReLU": "relu", "softplus": "softplus", "erf": "erf", "sign": "sign", "sgn": "sign", "diag": "diag",
    "Diag": "diag", "tr": "tr", "Tr": "tr", "trace": "tr", "rank": "rank", "vec": "vec", "Var": "Var", "Cov": "Cov",
    "KL": "KL", "logsumexp": "logsumexp", "LSE": "logsumexp", "logsoftmax": "logsoftmax", "onehot": "onehot",
    "MSE": "MSE", "ELU": "elu", "GELU": "gelu", "clip": "clip", "mean": "mean", "xlogx": "xlogx",
    "log1p": "log1p", "expm1": "expm1", "sech": "sech", "csch": "csch", "coth": "coth", "logit": "logit",
}  # fmt: skip

#: Functions typed without a backslash are seen within a run of letters from this length on; shorter ones stand alone.
SHORTEST_INSIDE = 3

#: Operators with something below and above them, and a body.
BIG_OPERATORS = {
    "sum": "Σ", "prod": "Π", "int": "∫", "iint": "∫", "oint": "∫", "max": "max", "min": "min", "sup": "sup",
    "inf": "inf", "argmax": "argmax", "argmin": "argmin", "lim": "lim", "bigcup": "∪", "bigcap": "∩",
}  # fmt: skip

RELATIONS = {
    "=": "=", "<": "<", ">": ">", ":=": "≔", "=:": "=", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥",
    "geqslant": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "simeq": "≈", "cong": "≈", "sim": "∼", "equiv": "≡",
    "propto": "∝", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "coloneqq": "≔", "coloneq": "≔",
    "triangleq": "≔", "doteq": "≔", "leftarrow": "←", "gets": "←", "rightarrow": "→", "to": "→",
    "longrightarrow": "→", "mapsto": "↦", "ll": "≪", "gg": "≫", "leftrightarrow": "↔", "perp": "⊥",
}  # fmt: skip

#: Relations between statements: they end one and begin another.
CONSEQUENCES = {
    "Rightarrow": "⇒", "implies": "⇒", "Longrightarrow": "⇒", "Leftrightarrow": "⇔", "iff": "⇔",
    "Longleftrightarrow": "⇔", "therefore": "⇒", "because": "⇐", "Leftarrow": "⇐",
}  # fmt: skip

PRODUCTS = {
    "cdot": "·", "times": "×", "*": "*", "ast": "*", "odot": "⊙", "circ": "∘", "bullet": "⊙", "otimes": "⊗", "/": "/",
    "div": "/", "oslash": "⊘", "cdotp": "·", "star": "*",
}  # fmt: skip

SIGNS = {"+": "+", "-": "-", "pm": "±", "mp": "∓", "oplus": "⊕", "cup": "∪", "cap": "∩", "setminus": "∖"}

ACCENTS = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde",
    "dot": "dot", "ddot": "ddot", "check": "check", "breve": "breve", "acute": "acute", "grave": "grave",
    "underline": "underline",
}  # fmt: skip

FONTS = {
    "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "pmb": "bold", "bf": "bold", "textbf": "bold",
    "vec": "arrow", "overrightarrow": "arrow", "mathcal": "calligraphic", "mathscr": "calligraphic",
    "cal": "calligraphic", "mathbb": "blackboard", "mathbbm": "blackboard", "mathds": "blackboard", "Bbb": "blackboard",
    "mathfrak": "fraktur", "mathsf": "roman", "mathrm": "roman", "rm": "roman", "mathit": "", "mathnormal": "",
    "it": "", "mathtt": "roman", "sf": "roman", "tt": "roman",
}  # fmt: skip

#: Fonts that hold until the group ends.
SWITCHES = frozenset({"bf", "rm", "it", "cal", "sf", "tt"})

#: Commands whose argument is text, and those among them that always name a function or a quantity.
TEXTS = frozenset({"text", "textrm", "mbox", "hbox", "textit", "textsf", "textnormal", "texttt", "textbf"})
OPERATOR_NAMES = frozenset({"operatorname", "operatorname*", "mathop"})

#: Words that join or comment statements and are never names.
JOINING = frozenset({
    "if", "otherwise", "else", "and", "where", "for", "or", "with", "when", "while", "then", "since", "hence", "so",
    "thus", "as", "because", "let", "given", "all", "any", "subject", "s.t.", "const.", "constant",
})  # fmt: skip

#: Words that lead to a condition, behind a statement or before it.
CONDITIONAL = frozenset({
    "if", "for", "when", "whenever", "for all", "for any", "for every", "provided", "provided that", "as long as",
    "assuming", "若", "如果", "当", "对于",
})  # fmt: skip

ENVIRONMENTS = frozenset({
    "align", "align*", "aligned", "alignat", "alignat*", "alignedat", "split", "gather", "gather*", "gathered",
    "equation", "equation*", "eqnarray", "eqnarray*", "multline", "multline*", "math", "displaymath", "flalign",
    "flalign*",
})  # fmt: skip
ARRAYS = {
    "matrix": "", "pmatrix": "(", "bmatrix": "[", "Bmatrix": "{", "vmatrix": "|", "Vmatrix": "‖", "array": "",
    "smallmatrix": "", "matrix*": "", "pmatrix*": "(", "bmatrix*": "[",
}  # fmt: skip
CASES = frozenset({"cases", "dcases", "rcases", "cases*", "dcases*"})

OPENING = {"(": "(", "[": "[", "{": "{", "langle": "⟨", "lbrace": "{", "lbrack": "[", "lceil": "⌈", "lfloor": "⌊"}
CLOSING = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌈": "⌉", "⌊": "⌋"}
CLOSERS = {")": ")", "]": "]", "}": "}", "rangle": "⟩", "rbrace": "}", "rbrack": "]", "rceil": "⌉", "rfloor": "⌋"}
BARS = {
    "|": "|", "vert": "|", "lvert": "|", "rvert": "|", "mid": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖", "||": "‖",
    "parallel": "‖",
}  # fmt: skip
DOTS = frozenset({"dots", "ldots", "cdots", "dotsc", "dotsb", "dotsm", "vdots", "ddots", "hdots"})

#: Spacing, size and style: nothing is said by them.
SILENT = frozenset({
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl",
    "Biggr", "bigm", "Bigm", "middle", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber",
    "notag", "hfill", "hfil", "null", "centering", "small", "large", "normalsize", "allowbreak", "negthinspace",
    "thinspace", "medspace", "thickspace", "enspace", "nobreak", "relax", "hline", "strut", "mathstrut", "noindent",
    "protect", "allowdisplaybreaks", "bigskip", "medskip", "smallskip", "qed", "qedhere", "unskip", "ignorespaces",
    ",", ";", ":", "!", ">", "space",
})  # fmt: skip
#: Wide spaces part statements that stand side by side.
GAPS = frozenset({"quad", "qquad", "hspace", "hskip", "tab"})
#: Commands whose argument says nothing to the mathematics: how many arguments are dropped.
DROPPED = {
    "label": 1, "tag": 1, "tag*": 1, "hspace*": 1, "vspace": 1, "phantom": 1, "hphantom": 1, "vphantom": 1,
    "color": 1, "ref": 1, "eqref": 1, "cite": 1, "footnote": 1, "hypertarget": 1, "setlength": 2, "intertext": 1,
}  # fmt: skip
#: Commands of which only the last of so many arguments is mathematics.
LAST_ARGUMENT = {
    "textcolor": 2, "colorbox": 2, "fcolorbox": 3, "mathcolor": 2, "class": 2, "cssId": 2, "href": 2, "ensuremath": 1,
    "smash": 1, "mathstrut": 1, "mathrel": 1, "mathbin": 1, "mathord": 1, "mathopen": 1, "mathclose": 1, "bbox": 1,
    "htmlClass": 2, "enclose": 2, "gpchanged": 1,
}  # fmt: skip
DECORATIONS = {
    "underbrace": "underbrace", "overbrace": "overbrace", "boxed": "boxed", "fbox": "boxed", "cancel": "cancel",
    "bcancel": "cancel", "xcancel": "cancel", "not": "not", "sout": "cancel", "underbracket": "underbrace",
}  # fmt: skip

#: What stands in for a character.
CHARACTERS = {
    "−": "-", "–": "-", "＋": "+", "＝": "=", "，": ",", "；": ";", "（": "(", "）": ")", "：": ":", "。": ".",
    "｜": "|", "【": "[", "】": "]", "［": "[", "］": "]", "｛": "(", "｝": ")", "＊": "*", "／": "/", "’": "'",
    "′": "'", "‘": "'", "`": "'",
}  # fmt: skip
#: What command a character stands for.
COMMANDS = {
    "·": "cdot", "⋅": "cdot", "×": "times", "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "√": "sqrt",
    "≤": "le", "≥": "ge", "≠": "ne", "≈": "approx", "≡": "equiv", "∈": "in", "⊙": "odot", "∘": "circ", "∞": "infty",
    "…": "dots", "⋯": "cdots", "‖": "Vert", "∥": "Vert", "∝": "propto", "←": "leftarrow", "→": "to", "⇒": "Rightarrow",
    "⇔": "iff", "≔": "coloneqq", "≜": "triangleq", "∼": "sim", "∣": "mid", "⟨": "langle", "⟩": "rangle",
    "∫": "int", "±": "pm", "⊤": "top", "∀": "forall", "⊗": "otimes", "∗": "ast", "÷": "div", "∉": "notin",
    "↦": "mapsto",
}  # fmt: skip
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀⁿ", "0123456789+-Tn", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₓₜ", "0123456789ijklmnxt", strict=True))
