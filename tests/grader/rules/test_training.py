"""A head that was never trained shows in its weights; the settings of a training are only told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.records import Evidence, Json, LayerFacts, ModelFacts, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.training import OtherSettings, TrainedHead

from ..made import FLATTEN, dense, dropout, model, zeros

NONE = Evidence({})
SETTINGS = OtherSettings("settings", "plain", "tuned", ("rate", "batch", "epochs"))
PLAIN = {"rate": 1e-3, "batch": 20, "epochs": 40}


def head(*layers: LayerFacts) -> ModelFacts:
    return ModelFacts((FLATTEN, *layers), (2, 2, 512), (10,))


def untrained(layer: LayerFacts) -> LayerFacts:
    """The same Dense layer with a bias as Keras starts it."""
    return replace(
        layer, weights=tuple(replace(w, digest=zeros(w.shape)) if len(w.shape) == 1 else w for w in layer.weights)
    )


def without_bias(layer: LayerFacts) -> LayerFacts:
    return replace(layer, weights=tuple(w for w in layer.weights if w.name != "bias"))


def trained(apart_from: str = "", **models: ModelFacts) -> Verdict:
    return TrainedHead("tuned", apart_from).judge(TaskEvidence("tuned", models=models), NONE)


PLAIN_HEAD = head(dense(2048, 10, "softmax"))
OTHER_HEAD = head(replace(dense(2048, 10, "softmax"), weights=dense(2049, 10, "softmax").weights))


def test_a_trained_head_of_its_own_is_right() -> None:
    assert trained(tuned=PLAIN_HEAD).share == 1
    assert trained("plain", tuned=OTHER_HEAD, plain=PLAIN_HEAD) == Verdict(
        1, "1 trained Dense layer", "Dense layers whose weights training has moved, and that are not those of `plain`"
    )
    assert trained(tuned=head(dense(9, 256, "relu"), dropout(), dense(256, 10, "softmax"))).found.startswith("2 ")


def test_a_head_that_was_never_trained_is_told_by_its_biases() -> None:
    layers = (replace(untrained(dense(9, 256, "relu")), name="first"), dense(256, 10, "softmax"))
    verdict = trained(tuned=head(*layers))
    assert verdict.share == 0
    assert verdict.found == "the bias of 1 Dense layers is still zero everywhere, as before any training: first"
    assert trained(tuned=head(*(untrained(layer) for layer in layers))).found.startswith("the bias of 2 Dense layers")


def test_the_other_head_under_another_name_is_not_a_head_of_its_own() -> None:
    verdict = trained("plain", tuned=PLAIN_HEAD, plain=PLAIN_HEAD)
    assert verdict.share == 0
    assert verdict.found.startswith("1 kernels of `tuned` are bit-identical to those of `plain`")


def test_a_layer_without_bias_tells_nothing_against_it() -> None:
    assert trained(tuned=head(without_bias(dense(2048, 10, "softmax")))).share == 1


def test_a_model_with_a_base_is_judged_by_its_dense_layers_alone() -> None:
    assert trained(tuned=model()).share == 1


def test_what_cannot_be_compared_is_said() -> None:
    with pytest.raises(UnusableError, match="`tuned` has no Dense layer"):
        trained(tuned=head(dropout()))
    with pytest.raises(UnusableError, match="`plain` was not found") as caught:
        trained("plain", tuned=PLAIN_HEAD)
    assert caught.value.expected.startswith("Dense layers whose weights")


def told(value: Json) -> Verdict:
    values = {} if value is None else {"settings": value}
    return SETTINGS.judge(TaskEvidence("tuned", values=values), NONE)


@pytest.mark.parametrize("changed", [{"rate": 3e-3}, {"batch": 40}, {"epochs": 10}, {"rate": 1e-4, "epochs": 80}])
def test_settings_that_differ_somewhere_are_right(changed: dict[str, float]) -> None:
    assert told({"plain": PLAIN, "tuned": {**PLAIN, **changed}}).share == 1
    assert SETTINGS.kind == "reported"


@pytest.mark.parametrize("row", [{}, {"rate": 0}, {"batch": -20}, {"epochs": "forty"}, {"rate": None}, {"rate": True}])
def test_settings_that_are_the_same_or_no_numbers_are_wrong(row: dict[str, Json]) -> None:
    assert told({"plain": PLAIN, "tuned": {**PLAIN, **row}}).share == 0


def test_what_was_told_is_shown() -> None:
    verdict = told({"plain": PLAIN, "tuned": {"rate": 1e-3, "batch": 20}})
    assert verdict.found == "plain: rate 0.001, batch 20, epochs 40; tuned: rate 0.001, batch 20, epochs no number"
    assert (verdict.share, verdict.expected.startswith("rate, batch, epochs for `plain`")) == (0, True)


@pytest.mark.parametrize("value", [[], "plain", 3, {"plain": PLAIN}, [PLAIN, PLAIN]])
def test_other_values_earn_nothing(value: Json) -> None:
    assert told(value).share == 0


def test_a_missing_table_is_said() -> None:
    with pytest.raises(UnusableError, match="`settings` is no number, text, list or table"):
        told(None)


def test_a_comparison_of_nothing_is_refused() -> None:
    for rows, keys in ((("plain", "tuned"), ()), (("plain", "plain"), ("rate",))):
        with pytest.raises(ValueError, match="name two rows and what stands in them"):
            OtherSettings("settings", *rows, keys)
