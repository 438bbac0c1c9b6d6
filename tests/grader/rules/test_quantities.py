"""What a rubric writes as a sum of terms is read without running it, and worked out from the evidence alone."""

from __future__ import annotations

import math

import pytest

from grader.measures import (
    Drift,
    DriftFacts,
    Kernel,
    MagnitudeFacts,
    Magnitudes,
    Moved,
    PredictionFacts,
    Predictions,
    SourcePredictions,
)
from grader.records import Evidence, TaskEvidence
from grader.rules import UnmeasuredError, UnusableError
from grader.rules.quantities import Quantity

from ..made import model, predicted

TASK = TaskEvidence(
    "now",
    models={"model": model()},
    measured={
        Predictions("model", "fresh"): predicted(10, 7),
        Predictions("model", "train"): predicted(10, 10),
        SourcePredictions("model", "VGG16", "source"): predicted(4, 1),
        Drift("model", "VGG16"): DriftFacts((Moved("a", 9.0, 64.0), Moved("b", 16.0, 36.0))),
        Magnitudes("model", 0.01): MagnitudeFacts((Kernel("one", 8, 6, 1.0, 4.0), Kernel("two", 4, 1, 2.0, 9.0))),
        Magnitudes("model", 0.0): MagnitudeFacts((Kernel("one", 8, 0, 1.0, 4.0), Kernel("two", 4, 0, 2.0, 9.0))),
    },
)
WHOLE = Evidence({"before": TaskEvidence("before", models={"model": model()}, measured=dict(TASK.measured))})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("accuracy(model, fresh)", 0.7),
        ("accuracy(before.model, fresh)", 0.7),
        ("accuracy(now.model, train) - accuracy(model, fresh)", 0.3),
        ("1 - accuracy(model, fresh)", 0.3),
        ("loss(model, train)", -math.log(0.9)),
        ("loss(model, fresh) - loss(model, train)", 0.3 * (math.log(0.9) - math.log(0.2))),
        ("source_accuracy(model, VGG16, source)", 0.25),
        ("drift(model, VGG16)", 0.5),
        ("near_zero(model, 1, 0.01)", 0.75),
        ("near_zero(model, 2, 0.01)", 0.25),
        ("length(model, 2)", 3.0),
        ("parameters(model)", 15_241_802),
        ("trainable(model)", 527_114),
        ("frozen(model)", 14_714_688),
        ("backbone_parameters(ResNet50)", 23_587_712),
        ("backbone_trainable(ResNet50, 100) + 1", 19_452_929),
    ],
)
def test_each_kind_is_worked_out(text: str, value: float) -> None:
    assert Quantity.parse(text).value(TASK, WHOLE) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("acuracy(model, fresh)", "names acuracy; there is accuracy, loss, "),
        ("accuracy(model)", r"accuracy takes \(model, images\), but has 1"),
        ("accuracy(model, fresh) * 2", "is no sum of terms"),
        ("__import__('os').system('true')", "is no sum of terms"),
        ("accuracy(model, [1])", "no name and no number"),
        ("accuracy(model, a.b.c)", "no name and no number"),
        ("accuracy(model, images=fresh)", "is no sum of terms"),
        ("", "write one such as"),
        ("1 +", "write one such as"),
    ],
)
def test_what_is_no_quantity_is_refused(text: str, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        Quantity.parse(text)


def test_what_it_wants_and_names_is_told() -> None:
    quantity = Quantity.parse("drift(slow.model, ResNet50) - accuracy(model, fresh) + trainable(model)")
    assert quantity.wants() == (Drift("slow.model", "ResNet50"), Predictions("model", "fresh"))
    assert quantity.models() == ("slow.model", "model", "model")


def test_what_was_not_measured_or_failed_is_said() -> None:
    with pytest.raises(UnmeasuredError, match="not measured"):
        Quantity.parse("accuracy(model, other)").value(TASK, WHOLE)
    with pytest.raises(UnmeasuredError, match="Task after was not reached"):
        Quantity.parse("accuracy(after.model, fresh)").value(TASK, WHOLE)
    with pytest.raises(UnusableError, match="`base` was not found"):
        Quantity.parse("accuracy(base, fresh)").value(TASK, WHOLE)
    with pytest.raises(UnusableError, match="2 Dense layers, and no number 3"):
        Quantity.parse("near_zero(model, 3, 0.01)").value(TASK, WHOLE)
    broken = TaskEvidence("now", models={"model": model()}, failures={Predictions("model", "fresh"): "It fails."})
    with pytest.raises(UnusableError, match=r"It fails\."):
        Quantity.parse("accuracy(model, fresh)").value(broken, WHOLE)


def test_a_probability_of_zero_for_the_right_class_gives_a_finite_loss() -> None:
    facts = PredictionFacts((0,), ((0.0, 1.0),))
    task = TaskEvidence("now", models={"model": model()}, measured={Predictions("model", "fresh"): facts})
    assert Quantity.parse("loss(model, fresh)").value(task, WHOLE) == pytest.approx(-math.log(1e-7))
