"""nn.Linear on a batch: the weight has the shape (outputs, inputs), and so has its gradient."""

from gradproof.derivations.calculus import Dim, Matrix, Program, Sum, Tensor, Text, Vector, define

N, m, h = Dim("N", "r s"), Dim("m", "i l"), Dim("h", "k l")
r, i, k = N.index("r"), m.index("i"), h.index("k")
X = Matrix("X", N, m)
W = Matrix("W", h, m)
b = Vector("b", h)
Z = define("Z", r, k, Sum(X[r, i] * W[k, i], i) + b[k])
E = Tensor("E")
layer = Program(E, adjoints={Z: "Delta"}, outputs=(Z,))
Delta = layer.adjoint(Z)


def operation(torch, X, W, b):
    return torch.nn.functional.linear(X, W, b)


def weights_reference(X, Delta):
    return Delta.T @ X


nn_linear_weights = layer.derive(
    W[k, i],
    name="nn_linear_weights",
    title=Text("nn.Linear: the weight as Torch stores it", "nn.Linear：权重（按 Torch 的存储方式）"),
    textbook=Sum(Delta[r, k] * X[r, i], r),
    reference=weights_reference,
    operation=operation,
    remarks=(
        Text(
            "`nn.Linear(m, h)` keeps W with the shape (h, m) and computes XWᵀ + b: X is (N, m), the output (N, h), b "
            "has the shape (h,). A gradient always has the shape of what it is the gradient of.",
            "`nn.Linear(m, h)` 保存的 W 形状为 (h, m)，计算 XWᵀ + b：X 为 (N, m)，输出为 (N, h)，b 的形状为 (h,)。"
            "梯度的形状总与被求导的量相同。",
        ),
    ),
)


def inputs_reference(W, Delta):
    return Delta @ W


nn_linear_inputs = layer.derive(
    X[r, i],
    name="nn_linear_inputs",
    title=Text("nn.Linear: what flows on to the layer below", "nn.Linear：传给前一层的梯度"),
    textbook=Sum(Delta[r, k] * W[k, i], k),
    reference=inputs_reference,
    operation=operation,
)
