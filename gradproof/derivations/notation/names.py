"""Names: from "W^(1)", "delta", "p_hat" or "a_0" to the letter that is written, and to a name for code."""

from __future__ import annotations

import keyword
import re
import unicodedata

from .tree import Accent, Brackets, Identifier, Number, Scripts, Sequence, Tree, Variant

#: Greek letters by name, and the name by which LaTeX knows the letter.
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "epsilon": "ϵ", "phi": "ϕ", "ell": "ℓ",
}  # fmt: skip
_LETTERS = GREEK | {"eps": "ε", "epsilon": "ε", "phi": "φ"}
_ACCENTS = {"hat": "̂", "bar": "̄", "tilde": "̃"}
_NAME = re.compile(
    r"(?P<base>[^\W\d_]+)(?P<digits>\d*)(?:_(?P<mark>hat|bar|tilde))?(?:_(?P<sub>\w+))?(?:\^\((?P<label>\w+)\))?"
)


class UnwritableNameError(ValueError):
    """A name that has no written form."""


def _parts(name: str) -> dict[str, str]:
    decomposed = unicodedata.normalize("NFD", name)
    for word, combining in _ACCENTS.items():
        if combining in decomposed:
            letter, _, tail = decomposed.partition(combining)
            decomposed = f"{letter}_{word}{tail}"
    found = _NAME.fullmatch(unicodedata.normalize("NFC", decomposed))
    if found is None:
        raise UnwritableNameError(
            f"the name {name!r} cannot be written; names look like z, W, delta, p_hat, a_0, W^(1) or delta^(2)"
        )
    return {key: value or "" for key, value in found.groupdict().items()}


def _letter(text: str, variant: Variant) -> Identifier:
    text = _LETTERS.get(text, text)
    if len(text) > 1 and variant is Variant.ITALIC:
        variant = Variant.UPRIGHT
    return Identifier(text, variant)


def _label(text: str) -> Tree:
    return Number(text) if text.isdigit() else _letter(text, Variant.ITALIC)


def written(name: str, indices: tuple[Tree, ...] = (), variant: Variant = Variant.ITALIC) -> Tree:
    """A name with its accent, labels and indices. Raises UnwritableNameError.

    ``written("delta^(2)", (k,))`` is δ with the superscript (2) and the subscript k.
    """
    parts = _parts(name)
    base: Tree = _letter(parts["base"], variant)
    if parts["mark"]:
        base = Accent(base, parts["mark"])
    labels = tuple(_label(parts[key]) for key in ("digits", "sub") if parts[key])
    apart = bool(labels) or any(not isinstance(index, Identifier) or len(index.text) > 1 for index in indices)
    lower = labels + indices
    subscript: Tree | None = None
    if len(lower) == 1:
        subscript = lower[0]
    elif lower:
        subscript = Sequence(lower, "," if apart else "")
    superscript = Brackets(_label(parts["label"])) if parts["label"] else None
    return Scripts(base, subscript, superscript) if subscript or superscript else base


def letter_of(name: str) -> str:
    """The letter that a name is written with, without accents and labels. Raises UnwritableNameError."""
    return _letter(_parts(name)["base"], Variant.ITALIC).text


def python_name(name: str) -> str:
    """A name for NumPy code: "W^(1)" becomes W1, "δ" becomes delta, "p_hat" stays. Raises UnwritableNameError."""
    parts = _parts(name)
    spelled = {letter: word for word, letter in GREEK.items()} | {"ε": "epsilon", "φ": "phi"}
    result = spelled.get(parts["base"], parts["base"]) + parts["digits"]
    for key in ("mark", "sub"):
        result += f"_{parts[key]}" if parts[key] else ""
    if parts["label"]:
        close = parts["label"].isdigit() and not result[-1].isdigit()
        result += parts["label"] if close else f"_{parts['label']}"
    return f"{result}_" if keyword.iskeyword(result) else result
