"""The trace of a run: it names what ran, on the right shapes, and replaying it gives what Torch gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
import torch
from torch.fx.experimental.proxy_tensor import make_fx

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Limit, Tensor
from gradproof.verify.autograd.computations import derivative, statement
from gradproof.verify.autograd.trace import SAME, Trace, Value, _decompositions, trace
from gradproof.verify.check import claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.numeric.agreement import sides
from gradproof.verify.numeric.points import Sample, samples
from gradproof.verify.strategies import Mode


def replay(traced: Trace, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    """The operations of a trace, run again one by one: the simplest interpreter."""
    values = {value: tensor.clone() for value, tensor in traced.constants.items()}
    values |= {traced.inputs[name]: tensor.clone() for name, tensor in inputs.items()}

    def present(argument: object) -> object:
        if isinstance(argument, tuple):
            return [present(part) for part in argument]
        if isinstance(argument, str) and hasattr(torch, argument):
            return getattr(torch, argument)
        return values[argument] if isinstance(argument, Value) else argument

    for operation in traced.operations:
        _, name, overload = operation.target.split(".")
        run = getattr(getattr(torch.ops.aten, name), overload)
        found = run(**{key: present(argument) for key, argument in operation.arguments.items()})
        found = found if isinstance(found, (tuple, list)) else [found]
        for value, tensor in zip(operation.results, found, strict=True):
            assert tuple(tensor.shape) == value.shape and str(tensor.dtype) == f"torch.{value.dtype}", operation
            values[value] = tensor
    return values[traced.output]


def vector(*entries: float, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    return torch.tensor(entries, dtype=dtype)


#: Everything that Torch can decompose, kept whole: these are the kernels that run.
KERNELS = frozenset(str(overload) for overload in _decompositions())


def softmax_jacobian(inputs: Mapping[str, torch.Tensor]) -> torch.Tensor:
    return derivative(lambda z: torch.softmax(z, dim=0), "z")(inputs)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16], ids=str)
def test_the_jacobian_of_torch_s_softmax_is_traced(dtype: torch.dtype) -> None:
    """In its parts it is exp, max and sums; kept whole it is the kernel, and replaying it gives the same bits."""
    inputs = {"z": vector(0.5, -1.0, 2.0, dtype=dtype)}
    parts, kernels = trace(softmax_jacobian, inputs), trace(softmax_jacobian, inputs, KERNELS)
    assert parts.output.shape == kernels.output.shape == (3, 3)
    targets = {operation.target for operation in parts.operations}
    assert {"aten.exp.default", "aten.amax.default", "aten.sum.dim_IntList"} <= targets
    assert not any("softmax" in target for target in targets)
    whole = {"aten._softmax.default", "aten._softmax_backward_data.default"}
    targets = {operation.target for operation in kernels.operations}
    assert whole <= targets and "aten.exp.default" not in targets
    for entries in ((0.5, -1.0, 2.0), (3.0, 1.0, -2.0)):
        other = {"z": vector(*entries, dtype=dtype)}
        assert torch.equal(replay(kernels, other), softmax_jacobian(other))


def test_every_statement_of_the_catalogue_replays_to_the_same_numbers() -> None:
    tried = 0
    for name in catalogue.names():
        for claim in claims_of(catalogue.find(name)):
            if not claim.name.endswith(":result") or claim.lhs.has(Limit):
                continue
            (sample, *_) = samples(claim, 0, 40, 200_000, (Mode.NORMAL,))
            inputs: dict[str, torch.Tensor] = {}
            run = statement(claim, sample.sizes, sample.points, "cpu", torch.float64)
            for tensor in _tensors(claim, sample):
                inputs[str(tensor.name)] = torch.from_numpy(sample.values(tensor))
            expected = run(inputs)
            again = replay(trace(run, inputs, KERNELS), inputs)
            assert torch.equal(again.isnan(), expected.isnan()), claim.name  # outside of the domain of a function
            assert torch.equal(again.nan_to_num(), expected.nan_to_num()), claim.name
            tried += 1
    assert tried > 40


def _tensors(claim: Claim, sample: Sample) -> list[Tensor]:
    """The free tensors that a run asks for."""
    sides(claim, sample)
    return list(sample.drawn)


def test_a_hessian_is_a_double_backward() -> None:
    """The backward pass of log-sum-exp holds an exponential; differentiated again, its own backward pass is there."""
    inputs = {"z": vector(0.5, -1.0, 2.0)}

    def forward(z: torch.Tensor) -> torch.Tensor:
        return torch.exp(z).sum().log()

    once, twice = (trace(derivative(forward, *by), inputs) for by in (("z",), ("z", "z")))
    assert once.output.shape == (3,) and twice.output.shape == (3, 3)
    whole = trace(derivative(forward, "z", "z"), inputs, KERNELS)
    assert torch.equal(replay(whole, inputs), derivative(forward, "z", "z")(inputs))
    assert len(twice.operations) > 3 * len(once.operations)


FORWARD: dict[str, Callable[..., torch.Tensor]] = {
    "softmax": lambda z: torch.softmax(z, dim=0),
    "sigmoid": lambda z: torch.sigmoid(z),
    "logsumexp": lambda z: torch.logsumexp(z, dim=0),
}


@pytest.mark.parametrize("name", FORWARD)
def test_the_trace_is_the_one_of_make_fx(name: str) -> None:
    """Torch's own tracer, 20 times as slow, finds the same operations in the same order."""
    inputs = {"z": vector(0.5, -1.0, 2.0)}
    run = derivative(FORWARD[name], "z")

    def positional(z: torch.Tensor) -> torch.Tensor:
        return run({"z": z})

    module = make_fx(positional, decomposition_table=_decompositions())(inputs["z"])
    module.graph.eliminate_dead_code()
    theirs = [str(node.target) for node in module.graph.nodes if node.op == "call_function"]
    theirs = [target for target in theirs if target not in SAME]
    traced = trace(run, inputs)
    assert [operation.target for operation in traced.operations] == theirs
    assert torch.equal(replay(traced, inputs), module(inputs["z"]))


def test_a_path_that_depends_on_entries_is_refused() -> None:
    def branching(z: torch.Tensor) -> torch.Tensor:
        return z.sum() if z[0] > 0 else -z.sum()

    with pytest.raises(Unsupported, match="depends on the entries"):
        trace(derivative(branching, "z"), {"z": vector(1.0, 2.0)})


def test_writing_into_shared_memory_is_refused_and_into_own_memory_is_not() -> None:
    def own(inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        fresh = inputs["z"] * 2
        fresh.add_(1.0)
        return fresh * fresh

    def shared(inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        fresh = inputs["z"] * 2
        fresh[0].add_(1.0)
        return fresh

    inputs = {"z": vector(1.0, 2.0)}
    assert torch.equal(replay(trace(own, inputs), inputs), vector(9.0, 25.0))
    with pytest.raises(Unsupported, match="shares"):
        trace(shared, inputs)


def test_what_torch_makes_up_is_a_constant() -> None:
    def shifted(inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        return inputs["z"] + outside

    outside = vector(10.0, 20.0)
    traced = trace(shifted, {"z": vector(1.0, 2.0)})
    (constant,) = traced.constants.values()
    assert torch.equal(constant, outside)
    assert torch.equal(replay(traced, {"z": vector(5.0, 6.0)}), vector(15.0, 26.0))


def test_what_is_written_is_seen_under_every_name_of_the_same_tensor() -> None:
    def renamed(inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        fresh = inputs["z"] * 2
        same = fresh.detach()
        fresh.add_(1.0)
        return same * fresh

    def view(inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        fresh = inputs["z"] * 2
        part = fresh.detach()[:1]
        fresh.add_(1.0)
        return part * fresh

    inputs = {"z": vector(1.0, 2.0)}
    assert torch.equal(replay(trace(renamed, inputs), inputs), vector(9.0, 25.0))
    with pytest.raises(Unsupported, match="shares"):
        trace(view, inputs)
