"""The losses of torch.nn, each entry by entry, then reduced where the docstring has a formula for this."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from .spec import Spec, Untied

PAIR = "x, y : N\nn : 1..N"
LOGITS = "x : N x C\nt : onehot N x C\nw : C\nn : 1..N\nk, c : 1..C"
#: What Torch adds to squared norms in a cosine: the float32 next to 10⁻¹².
ADDED, MEANT = Fraction(struct.unpack("f", struct.pack("f", 1e-12))[0]), "10⁻¹² (in float32)"
NO_CLASS = "ignore_index is no class"
#: The indicator of a label that is not ignored; here none is.
INDICATOR = r" \mathbb{1}\{y_n \not= \text{ignore\_index}\}"
WITHOUT_INDICATOR = {f"\\cdot{INDICATOR}": ""}


def reduced(
    module: str, operation: Callable[[str], Callable[..., Any]], declarations: str = PAIR, **more: Any
) -> Iterator[Spec]:
    """A loss l_n, then its mean and its sum. `operation` gives the call for a reduction."""
    for reduction in ("", "mean", "sum"):
        yield Spec(module, "l", operation(reduction or "none"), declarations, reduction=reduction, **more)


def classes(torch: Any, t: Any) -> Any:
    """The labels of one-hot rows; of other rows, at which Torch's graph is recorded, some place."""
    return ((t * torch.arange(t.shape[-1], dtype=t.dtype)).sum(-1) / t.sum(-1)).to(torch.int64)


def _cosine(sign: int, added: Fraction = Fraction(0)) -> Spec:
    """The cosine of the angle between two vectors, with a number that is added to both squared norms."""

    def operation(torch: Any, x_1: Any, x_2: Any) -> Any:
        return torch.nn.CosineEmbeddingLoss(0.25, reduction="none")(x_1, x_2, torch.tensor(sign, dtype=x_1.dtype))

    cosine = (
        "\\text{cosine}(u, v) = "
        rf"\frac{{\sum_k u_k v_k}}{{\sqrt{{(\sum_k u_k^2 + {added}) (\sum_k v_k^2 + {added})}}}}"
    )
    return Spec(
        "CosineEmbeddingLoss", "loss", operation, f"x_1, x_2 : D\n\\text{{margin}} = 1/4\ny = {sign}\n{cosine}",
        ("x_1", "x_2"), f"y = {sign}, margin = 1/4", spelled={"\\cos": "\\text{cosine}"},
        remark=f"cos is read with {MEANT} added to both squared norms, as Torch does; the docstring does not say so"
        if added else "cos is read as the cosine of the angle",
    )  # fmt: skip


def _gaussian(var: Fraction) -> Spec:
    """With one variance for all, above eps or below it."""

    def operation(torch: Any, input: Any, target: Any) -> Any:
        return torch.nn.GaussianNLLLoss(eps=0.5, reduction="none")(input, target, float(var))

    names = "\\text{input}, \\text{target} : R\n\\text{eps} = 1/2\n\\text{const} = 0"
    declarations = f"{names}\n\\text{{var}} = {var}"
    return Spec(
        "GaussianNLLLoss", "loss", operation, declarations, ("input",), f"var = {var}, eps = 1/2",
        spelled={"\\text{const.}": "\\text{const}"}, remark="the constant is 0, as by default",
    )  # fmt: skip


def _multi_margin(power: int) -> tuple[Callable[..., Any], ...]:
    """Without weights, and with them."""
    return (
        lambda torch, x, t: torch.nn.MultiMarginLoss(power, 0.5)(x, classes(torch, t.detach())),
        lambda torch, x, t, w: torch.nn.MultiMarginLoss(power, 0.5, w.detach())(x, classes(torch, t.detach())),
    )


#: The distance in TripletMarginLoss, of any two rows, and with the 2-norm.
NORM = {
    **{f"{name}_i": name for name in "apn"},
    "d(x_i, y_i) = \\left\\lVert {\\bf x}_i - {\\bf y}_i \\right\\rVert_p": "d(x, y) = \\lVert x - y \\rVert_2",
}


LOSSES: tuple[Spec | Untied, ...] = (
    *reduced("L1Loss", lambda how: lambda torch, x, y: torch.nn.L1Loss(reduction=how)(x, y)),
    *reduced("NLLLoss", lambda how: lambda torch, x, t, w: torch.nn.NLLLoss(
        w.detach(), reduction=how)(x, classes(torch, t.detach())), LOGITS, labels={"y_n": "t_{n,k}"}, call=NO_CLASS),
    Spec("PoissonNLLLoss", "loss", lambda torch, input, target: torch.nn.PoissonNLLLoss(
        log_input=False, eps=0, reduction="none")(input, target), "\\text{input} : >0\n\\text{target} : R",
        ("input",), "log_input = False, eps = 0, full = False",
        spelled={"+ \\log(\\text{target!})": ""},
        remark="the last term is left out, as the docstring allows; by default log_input is True, and the formula of "
               "the block is not what is computed, but the one in the arguments"),
    Spec("PoissonNLLLoss", "\\exp(\\text{input})", lambda torch, input, target: torch.nn.PoissonNLLLoss(
        reduction="none")(input, target), "\\text{input}, \\text{target} : R", ("input",), "as by default",
        remark="the formula in the argument log_input"),
    _gaussian(Fraction(3, 4)), _gaussian(Fraction(1, 4)),
    Spec("GaussianNLLLoss", "loss", lambda torch, input, target, var: torch.nn.GaussianNLLLoss(
        eps=0.5, reduction="none")(input, target, var),
        "\\text{input}, \\text{target} : R\n\\text{var} : >0\n\\text{eps} = 1/2\n\\text{const} = 0", ("input", "var"),
        "var a tensor, eps = 1/2", spelled={"\\text{const.}": "\\text{const}"},
        remark="below eps Torch takes the derivative by the maximum for that by var, as a note of the docstring says"),
    Spec("KLDivLoss", "L", lambda torch, y_pred, y_true: torch.nn.KLDivLoss(reduction="none")(y_pred.log(), y_true),
         "y_{\\text{pred}}, y_{\\text{true}} : >0", ("y_pred",), "the input is log y_pred"),
    *reduced("MSELoss", lambda how: lambda torch, x, y: torch.nn.MSELoss(reduction=how)(x, y)),
    *reduced("BCELoss", lambda how: lambda torch, x, y, w: torch.nn.BCELoss(w.detach(), reduction=how)(x, y),
             "x : (0,1) N\ny, w : N\nn : 1..N"),
    *reduced("BCEWithLogitsLoss", lambda how: lambda torch, x, y, w: torch.nn.BCEWithLogitsLoss(
        w.detach(), reduction=how)(x, y),
             "x, y, w : N\nn : 1..N", which=0),
    Spec("BCEWithLogitsLoss", "l", lambda torch, x, y, w, p: torch.nn.BCEWithLogitsLoss(
        w.detach(), reduction="none", pos_weight=p.detach())(x, y),
        "x, y, w : N x C\np : C\nn : 1..N\nc : 1..C", call="pos_weight", which=1),
    *reduced("HingeEmbeddingLoss", lambda how: lambda torch, x: torch.nn.HingeEmbeddingLoss(
        0.5, reduction=how)(x, torch.ones_like(x)), "x : N\nn : 1..N\ny_n = 1\n\\text{margin} = 1/2",
        call="y_n = 1, margin = 1/2", words=frozenset({"margin"})),
    *reduced("HingeEmbeddingLoss", lambda how: lambda torch, x: torch.nn.HingeEmbeddingLoss(
        0.5, reduction=how)(x, -torch.ones_like(x)), "x : N\nn : 1..N\ny_n = -1\n\\text{margin} = 1/2",
        call="y_n = −1, margin = 1/2", words=frozenset({"margin"})),
    *reduced("SmoothL1Loss", lambda how: lambda torch, x, y: torch.nn.SmoothL1Loss(reduction=how, beta=1.5)(x, y),
             PAIR + "\n\\text{beta} = 3/2", call="beta = 3/2", words=frozenset({"beta"})),
    *reduced("HuberLoss", lambda how: lambda torch, x, y: torch.nn.HuberLoss(reduction=how, delta=1.5)(x, y),
             PAIR + "\n\\text{delta} = 3/2", call="delta = 3/2", words=frozenset({"delta"})),
    Spec("SoftMarginLoss", "loss", lambda torch, x, y: torch.nn.SoftMarginLoss()(x, y.detach()), "x, y : n",
         spelled={"\\text{x.nelement}()": "n"}, remark="x.nelement() is the size n"),
    *reduced("CrossEntropyLoss", lambda how: lambda torch, x, t, w: torch.nn.CrossEntropyLoss(
        w.detach(), reduction=how)(x, classes(torch, t.detach())), LOGITS, labels={"y_n": "t_{n,k}"},
             spelled=WITHOUT_INDICATOR, which=0, call="labels; " + NO_CLASS),
    *reduced("CrossEntropyLoss", lambda how: lambda torch, x, y, w: torch.nn.CrossEntropyLoss(w, reduction=how)(x, y),
             "x, y : N x C\nw : C\nn : 1..N\nc : 1..C", which=1, call="probabilities",
             spelled={"} y_{n,c}": "} \\cdot y_{n,c}"}, remark="the logarithm is read as that of the fraction alone"),
    Spec("MultiLabelSoftMarginLoss", "loss", lambda torch, x, y: torch.nn.MultiLabelSoftMarginLoss(
        reduction="none")(x, y), "x, y : C", words=frozenset({"loss"}), call="as printed",
        remark="one i stands outside of the sum that binds it; the next row has it within"),
    Spec("MultiLabelSoftMarginLoss", "loss", lambda torch, x, y: torch.nn.MultiLabelSoftMarginLoss(
        reduction="none")(x, y.detach()), "x, y : C\ni : 1..C", words=frozenset({"loss"}), call="in brackets",
        spelled={"\\sum_i y[i]": "\\sum_i ( y[i]", "{(1 + \\exp(-x[i]))}\\right)": "{(1 + \\exp(-x[i]))}\\right) )"},
        remark="as printed, the second term stands outside of the sum and has an i that nothing binds; both are read "
               "within the sum"),
    _cosine(1), _cosine(1, ADDED), _cosine(-1, ADDED),
    Spec("MarginRankingLoss", "loss", lambda torch, x_1, x_2, y: torch.nn.MarginRankingLoss(
        0.5, reduction="none")(x_1, x_2, y), "x_1, x_2, y : R\n\\text{margin} = 1/2", ("x_1", "x_2"), "margin = 1/2",
        spelled={"x1": "x_1", "x2": "x_2"}),
    *(Spec("MultiMarginLoss", "loss", operation, "x : C\nt : onehot C\nw : C\ni : 1..C\n\\text{margin} = 1/2",
           call=f"p = {power}, margin = 1/2" + ", weight" * place, which=place, labels={"y": "t_{k}"},
           spelled={"\\text{x.size}(0)": "C", "\\sum_i": "\\sum_i (1 - t_i)", "^p": f"^{power}"},
           remark="the sum is over i ≠ y, as the text says; x.size(0) is the number of classes")
      for power, place in ((1, 0), (2, 1)) for operation in (_multi_margin(power)[place],)),
    Spec("TripletMarginLoss", "L", lambda torch, a, p, n: torch.nn.TripletMarginLoss(
        0.5, eps=0, reduction="none")(a, p, n), "a, p, n : D\n\\text{margin} = 1/2", ("a", "p", "n"),
        "one sample, margin = 1/2, p = 2, eps = 0", defined=frozenset({"d"}), spelled=NORM,
        remark="the distance of two rows is read from its own formula; with the default eps of 10⁻⁶ Torch adds it to "
               "every difference"),
    Spec("TripletMarginWithDistanceLoss", "l", lambda torch, a, p, n: torch.nn.TripletMarginWithDistanceLoss(
        distance_function=lambda u, v: ((u - v) ** 2).sum(-1), margin=0.5, reduction="none")(a, p, n),
        "a, p, n : N x D\ni : 1..N\n\\text{margin} = 1/2\nd(u, v) = \\sum_k (u_k - v_k)^2", ("a", "p", "n"),
        "margin = 1/2, the squared distance"),
    Untied("MultiLabelMarginLoss", "the labels y[j] are a list of places of any length; the calculus has none"),
    Untied("CTCLoss", "the docstring has no formula: the loss sums over alignments"),
    Untied("LinearCrossEntropyLoss", "the docstring has no formula; it refers to CrossEntropyLoss"),
    Untied("NLLLoss2d", "it has no docstring of its own; it is NLLLoss under an old name"),
)  # fmt: skip
