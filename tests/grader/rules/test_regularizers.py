"""A penalty belongs on the kernels of the head's hidden layers, in the kind and strength that were asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.records import Evidence, Json, LayerFacts, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.regularizers import Penalty

from ..made import FLATTEN, ModelFacts, dense, dropout, layer, vgg16

OUTPUT = dense(256, 10, "softmax")


def penalty(kind: str, **strengths: Json) -> dict[str, Json]:
    return {"module": "keras.regularizers", "class_name": kind, "config": strengths, "registered_name": None}


def hidden(value: Json = None, place: str = "kernel_regularizer") -> LayerFacts:
    plain = dense(2048, 256, "relu")
    return replace(plain, config={**plain.config, place: value})


def judge(rule: Penalty, *head: LayerFacts, base: tuple[LayerFacts, ...] = ()) -> Verdict:
    facts = ModelFacts((*base, FLATTEN, *head), (2, 2, 512), (10,))
    return rule.judge(TaskEvidence("t", models={"head": facts}), Evidence({}))


L1 = Penalty("head", "VGG16", "L1", 1e-4, 1e-2)
L2 = Penalty("head", "VGG16", "L2", 1e-4, 1e-1)
NONE = Penalty("head", "VGG16", "none")


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (L1, penalty("L1", l1=0.001)),
        (L1, penalty("L1L2", l1=0.001, l2=0.0)),
        (L1, penalty("L1", l1=1e-2 + 1e-10)),
        (L2, penalty("L2", l2=0.01)),
        (Penalty("head", "VGG16", "L1L2", 1e-4, 1e-2), penalty("L1L2", l1=0.001, l2=0.001)),
        (NONE, None),
    ],
)
def test_the_penalty_asked_for_is_right(rule: Penalty, value: Json) -> None:
    assert judge(rule, hidden(value), OUTPUT).share == 1
    assert judge(rule, hidden(value), dropout(), OUTPUT).share == 1


@pytest.mark.parametrize(
    ("rule", "value", "found"),
    [
        (L1, None, "dense: no penalty"),
        (L1, penalty("L2", l2=0.001), "dense: L2 0.001 on the kernel"),
        (L1, penalty("L1L2", l1=0.001, l2=0.001), "dense: L1 0.001 on the kernel and L2 0.001 on the kernel"),
        (L1, penalty("L1", l1=0.1), "dense: L1 0.1 on the kernel"),
        (L1, penalty("L1", l1=1e-6), "dense: L1 1e-06 on the kernel"),
        (NONE, penalty("L2", l2=0.01), "dense: L2 0.01 on the kernel"),
        (L1, penalty("L1", l1=0.0), "dense: no penalty"),
        (L1, "l1", "dense: no penalty"),
    ],
)
def test_another_penalty_is_named(rule: Penalty, value: Json, found: str) -> None:
    verdict = judge(rule, hidden(value), OUTPUT)
    assert verdict.share == 0
    assert verdict.found.startswith(found)


def test_a_penalty_on_the_bias_or_the_output_alone_is_not_enough() -> None:
    assert judge(L2, hidden(penalty("L2", l2=0.01), "bias_regularizer"), OUTPUT).share == 0
    assert judge(L2, hidden(), replace(OUTPUT, config=hidden(penalty("L2", l2=0.01)).config)).share == 0


def test_a_penalty_on_the_base_is_named() -> None:
    held = vgg16()
    first = replace(held[0], config={"kernel_regularizer": penalty("L2", l2=0.01)})
    verdict = judge(L2, hidden(penalty("L2", l2=0.01)), OUTPUT, base=(first, *held[1:]))
    assert (verdict.share, verdict.found) == (0, "1 layers of the base carry a penalty: vgg16/block1_conv1")
    anything = Penalty("head", "VGG16", "any")
    assert judge(anything, hidden(), OUTPUT, base=(first, *held[1:])).share == 0
    assert judge(anything, hidden(penalty("L1", l1=5.0)), OUTPUT, base=held).share == 1


def test_a_head_without_dense_layers_is_unusable() -> None:
    with pytest.raises(UnusableError, match="no Dense layer"):
        judge(L2, layer("Softmax"))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="write one of L1, L2, L1L2, none, any"):
        Penalty("head", "VGG16", "L3")
