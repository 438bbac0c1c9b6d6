from __future__ import annotations

from dataclasses import replace

import pytest

from grader.records import CompileFacts, Evidence, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.compilation import LearningRate, Loss, Optimizer

from ..made import COMPILED, model

LOSS = Loss("model", ("categorical_crossentropy", "sparse_categorical_crossentropy"))
OPTIMIZER = Optimizer("model", ("Adam", "SGD"))
RATE = LearningRate("model", 1e-5, 1e-1)


def judge(rule: Loss | Optimizer | LearningRate, compiled: CompileFacts | None) -> Verdict:
    facts = replace(model(), compiled=compiled)
    return rule.judge(TaskEvidence("train", models={"model": facts}), Evidence({}))


@pytest.mark.parametrize("loss", ["categorical_crossentropy", "SparseCategoricalCrossentropy"])
def test_fitting_losses_are_right(loss: str) -> None:
    assert judge(LOSS, replace(COMPILED, loss=loss)).share == 1


@pytest.mark.parametrize("loss", ["binary_crossentropy", "categorical_crossentropy(from_logits=True)", "mse", ""])
def test_other_losses_are_named(loss: str) -> None:
    assert judge(LOSS, replace(COMPILED, loss=loss)) == Verdict(
        0, f"loss {loss}", "one of categorical_crossentropy, sparse_categorical_crossentropy"
    )


def test_an_endless_name_is_cut() -> None:
    assert len(judge(LOSS, replace(COMPILED, loss="x" * 10_000)).found) < 80


@pytest.mark.parametrize(("optimizer", "share"), [("adam", 1), ("SGD", 1), ("MyAdam", 0), (None, 0)])
def test_optimizers(optimizer: str | None, share: float) -> None:
    assert judge(OPTIMIZER, replace(COMPILED, optimizer=optimizer)).share == share


@pytest.mark.parametrize(
    ("rate", "share"),
    [(1e-3, 1), (9.999999747378752e-06, 1), (0.10000000149, 1), (1.0, 0), (1e-6, 0), (0.0, 0), (-0.01, 0), (None, 0)],
)
def test_rates(rate: float | None, share: float) -> None:
    assert judge(RATE, replace(COMPILED, learning_rate=rate)).share == share


@pytest.mark.parametrize("rate", [float("nan"), float("inf")])
def test_a_rate_that_is_no_number_is_wrong(rate: float) -> None:
    assert judge(RATE, replace(COMPILED, learning_rate=rate)).share == 0


def test_a_model_that_was_not_compiled_is_said() -> None:
    with pytest.raises(UnusableError, match="`model` was not compiled"):
        judge(LOSS, None)


def test_bounds_that_hold_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="lowest"):
        LearningRate("model", 0.1, 0.01)
