from __future__ import annotations

import pytest

from grader.records import Evidence, TaskEvidence
from grader.rules import Verdict
from grader.rules.head import DropoutRate, HeadLayers, TrainableParameters

from ..made import FLATTEN, HEAD, Layers, dense, dropout, layer, model, vgg16, weight

ASKED = ("Flatten", "Dense 256 relu", "Dropout", "Dense 10 softmax")
LAYERS = HeadLayers("model", "VGG16", ASKED)
RATE = DropoutRate("model", "VGG16", 0.5)
COUNT = TrainableParameters("model", "VGG16", 527_114)
HIDDEN, OUTPUT = dense(2048, 256, "relu"), dense(256, 10, "softmax")
SOFTMAX = layer("Softmax", {"axis": -1})


def judge(rule: HeadLayers | DropoutRate | TrainableParameters, head: Layers, front: Layers = ()) -> Verdict:
    evidence = TaskEvidence("model", models={"model": model(head=head, front=front)})
    return rule.judge(evidence, Evidence({}))


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        (FLATTEN, dropout(), HIDDEN, OUTPUT),
        (dropout(), FLATTEN, HIDDEN, OUTPUT),
        (layer("Reshape", {"target_shape": [2048]}), HIDDEN, dropout(), OUTPUT),
        (FLATTEN, HIDDEN, dropout(), dense(256, 10, "linear"), layer("Activation", {"activation": "softmax"})),
        (FLATTEN, HIDDEN, dropout(), dense(256, 10, None), SOFTMAX),
        (FLATTEN, dense(2048, 256, "linear"), layer("ReLU"), dropout(), OUTPUT),
        (FLATTEN, dense(2048, 256, "linear"), dropout(), layer("Relu"), OUTPUT),
        (FLATTEN, dense(2048, 256, {"class_name": "ReLU", "config": {}}), dropout(), OUTPUT),
        (layer("InputLayer"), FLATTEN, HIDDEN, layer("Identity"), dropout(), OUTPUT),
        (FLATTEN, HIDDEN, layer("Activation", {"activation": "linear"}), dropout(), OUTPUT),
    ],
)
def test_right_heads_are_right(head: Layers) -> None:
    assert judge(LAYERS, head).share == 1
    assert judge(RATE, head).share == judge(COUNT, head).share == 1


@pytest.mark.parametrize(
    ("head", "share", "found"),
    [
        ((FLATTEN, HIDDEN, OUTPUT), 0.75, "Flatten, Dense 256 relu, Dense 10 softmax"),
        (
            (FLATTEN, HIDDEN, dropout(), dense(256, 10, "linear")),
            0.75,
            "Flatten, Dense 256 relu, Dropout, Dense 10 linear",
        ),
        ((FLATTEN, HIDDEN, OUTPUT, dropout()), 0.75, "Flatten, Dense 256 relu, Dense 10 softmax, Dropout"),
        ((FLATTEN, OUTPUT), 0.5, "Flatten, Dense 10 softmax"),
        ((*HEAD, SOFTMAX), 0.75, "Flatten, Dense 256 relu, Dropout, Dense 10 softmax, Softmax"),
        ((OUTPUT, HIDDEN, FLATTEN), 0.25, "Dense 10 softmax, Dense 256 relu, Flatten"),
        (
            (FLATTEN, dense(2048, 256, "tanh"), dropout(), OUTPUT),
            0.75,
            "Flatten, Dense 256 tanh, Dropout, Dense 10 softmax",
        ),
        ((), 0, "no head behind the base"),
    ],
)
def test_wrong_heads_earn_the_share_that_is_right(head: Layers, share: float, found: str) -> None:
    verdict = judge(LAYERS, head)
    assert (verdict.share, verdict.found) == (share, found)


def test_global_pooling_is_wrong_here_and_told_by_its_count() -> None:
    head = (layer("GlobalAveragePooling2D"), dense(512, 256, "relu"), dropout(), OUTPUT)
    verdict = judge(LAYERS, head)
    assert verdict.share == 0.75
    assert verdict.found.endswith(
        "GlobalAveragePooling2D stands in the place of Flatten, and leaves the head 133,898 parameters"
    )
    assert judge(COUNT, head) == Verdict(0, "133,898 trainable parameters", "527,114 trainable parameters")


def test_preprocessing_and_augmentation_in_front_are_no_head() -> None:
    front = tuple(layer(kind) for kind in ("GetItem", "Stack", "Add", "Rescaling", "RandomFlip", "Resizing"))
    front += (dropout(0.1), layer("Normalization", {}, (weight("mean", (3,), False),)))
    assert judge(LAYERS, HEAD, front).share == judge(RATE, HEAD, front).share == judge(COUNT, HEAD, front).share == 1


def test_extra_convolution_is_part_of_the_head() -> None:
    own = layer("Conv2D", {}, (weight("kernel", (1, 1, 512, 512)),))
    assert judge(LAYERS, (own, *HEAD)).found.startswith("Conv2D, Flatten")


def test_a_thousand_layers_make_a_short_sentence() -> None:
    verdict = judge(LAYERS, HEAD * 250)
    assert verdict.share == 0
    assert verdict.found.endswith(", …")


def test_dropout_rate_is_named() -> None:
    assert judge(RATE, (FLATTEN, HIDDEN, dropout(0.3), OUTPUT)).found == "Dropout with rate 0.3"
    assert judge(RATE, (FLATTEN, HIDDEN, OUTPUT)).found == "no Dropout in the head"
    assert judge(RATE, (FLATTEN, dropout(0.5), HIDDEN, dropout(0.2), OUTPUT)).share == 0


def test_a_rate_that_is_no_number_is_no_rate() -> None:
    assert judge(RATE, (FLATTEN, layer("Dropout", {"rate": "0.5"}), OUTPUT)).share == 0


def test_trainable_base_is_told_apart() -> None:
    evidence = TaskEvidence("model", models={"model": model(vgg16(frozen=False))})
    assert "14,714,688 of them in the base" in COUNT.judge(evidence, Evidence({})).found


def test_a_rubric_cannot_ask_for_an_empty_head() -> None:
    with pytest.raises(ValueError, match="layers is empty"):
        HeadLayers("model", "VGG16", ())
