"""The scripts about Torch: what they print is what they measure, and what is absent is said with the exit code 3."""

from __future__ import annotations

import sys

import pytest
import torch

from gradproof.verify.autograd import DTYPES

from .loading import load

load("measuring")
throughput, alarms, rival = load("torch_throughput"), load("torch_alarms"), load("against_gradcheck")


def test_points_per_second_are_given_for_every_gradient_and_dtype(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    threads = torch.get_num_threads()
    monkeypatch.setattr(sys, "argv", ["torch_throughput", "--points", "500", "--batches", "1"])
    try:
        assert throughput.main() == 0
    finally:
        torch.set_num_threads(threads)
    rows = [line for line in capsys.readouterr().out.splitlines() if line.split()[-1].startswith("0.")]
    assert len(rows) == len(throughput.TASKS) * len(DTYPES)
    assert all(float(row.split()[-3]) > 0 and float(row.split()[-1]) <= 1 for row in rows)


@pytest.mark.parametrize("script", [throughput, alarms])
def test_no_gpu_is_said(script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(sys, "argv", ["script", "--device", "cuda"])
    assert script.main() == 3
    assert "finds no CUDA device" in capsys.readouterr().err


def _points(name: str) -> tuple[object, list[torch.Tensor]]:
    forward, draw = rival.CASES[name]
    generator = torch.Generator().manual_seed(0)
    return forward, [draw(generator) for _ in range(10)]


@pytest.mark.parametrize("name", ["sigmoid", "softmax, n = 4", "mean square, n = 4"])
def test_gradcheck_misses_what_the_bound_sees(name: str) -> None:
    """A slip of 1e-3 passes gradcheck at its defaults at most points; one of 1e-12 does not pass the bound."""
    forward, points = _points(name)
    assert sum(rival.by_gradcheck(forward, z, 1e-3, fast=False) for z in points) < len(points) / 2
    assert all(rival.by_bound(forward, z, 1e-11) and not rival.by_bound(forward, z, 0.0) for z in points)


@pytest.mark.parametrize("name", ["ReLU at its kink", "one entry of 1e6"])
def test_gradcheck_raises_false_alarms_and_the_bound_does_not(name: str) -> None:
    forward, points = _points(name)
    assert all(rival.by_gradcheck(forward, z, 0.0, fast=False) for z in points)
    assert not any(rival.by_bound(forward, z, 0.0) for z in points)
