"""Each measure tells a right model from a wrong one, on a small pretrained base; what fails costs that measure only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest

from data import WeightsError
from grader.evidence.assemble import task_evidence
from grader.evidence.images import NoImagesError, load
from grader.evidence.plan import Array, Sources, TaskPlan
from grader.evidence.trusted import features, features_by, trusted, with_weights
from grader.measures import (
    Arrival,
    Drift,
    DriftFacts,
    MagnitudeFacts,
    Magnitudes,
    Measure,
    PredictionFacts,
    Predictions,
    SampleFacts,
    Samples,
    SourcePredictions,
)
from grader.records import ProbeFacts, TaskEvidence

from .conftest import SIZE, draw, fresh, head, vgg_prepare

ALL: tuple[Measure, ...] = (
    Predictions("model", "fresh"),
    SourcePredictions("model", "TINY", "fresh"),
    Arrival("model"),
    Drift("model", "TINY"),
    Magnitudes("model", 0.01),
    Samples("model"),
)


def measured(model: Any, sources: Sources, *measures: Measure, prepare: Any = vgg_prepare) -> TaskEvidence:
    plan = TaskPlan("t", ("prepare", "model"), measures or ALL, {"fresh": fresh()})
    return task_evidence(plan, {"prepare": prepare, "model": model}, 7, sources)


def fact(found: TaskEvidence, measure: Measure) -> Any:
    assert found.failures == {}
    return found.measured[measure]


def test_all_that_is_asked_for_is_measured_nested_and_flat(nested: Any, flat: Any, sources: Sources) -> None:
    for model in (nested, flat):
        found = measured(model, sources)
        kinds = [type(fact(found, measure)) for measure in ALL]
        assert kinds == [PredictionFacts, PredictionFacts, ProbeFacts, DriftFacts, MagnitudeFacts, SampleFacts]


def test_nothing_is_measured_that_nobody_asked_for(nested: Any, sources: Sources) -> None:
    assert measured(nested, sources, Arrival("model")).measured.keys() == {Arrival("model")}


def test_a_kept_base_has_not_drifted(nested: Any, sources: Sources) -> None:
    facts = fact(measured(nested, sources), Drift("model", "TINY"))
    assert [layer.layer for layer in facts.layers] == ["tiny/one", "tiny/left", "tiny/right", "tiny/norm"]
    assert {layer.distance for layer in facts.layers} == {0.0}
    assert all(layer.length > 0 for layer in facts.layers)


def test_drift_is_the_squared_distance_layer_by_layer(base: Any, nested: Any, sources: Sources) -> None:
    left = base.get_layer("left").kernel
    left.assign(left.numpy() + np.float32(0.5))
    facts = fact(measured(nested, sources), Drift("model", "TINY"))
    moved = {layer.layer: layer.distance for layer in facts.layers}
    assert moved["tiny/left"] == pytest.approx(0.25 * 3 * 3 * 4 * 5, rel=1e-5)
    assert moved["tiny/one"] == moved["tiny/right"] == 0


def test_moving_statistics_are_no_drift(base: Any, nested: Any, sources: Sources) -> None:
    base.get_layer("norm").moving_mean.assign(np.full(5, 100.0))
    facts = fact(measured(nested, sources), Drift("model", "TINY"))
    assert {layer.distance for layer in facts.layers} == {0.0}


def test_a_model_without_the_base_is_told(sources: Sources) -> None:
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")])
    found = measured(model, sources)
    assert found.failures[Drift("model", "TINY")] == "`model` does not hold the layers of TINY."
    assert found.failures[SourcePredictions("model", "TINY", "fresh")] == "`model` does not hold the layers of TINY."
    assert "no convolution" in found.failures[Arrival("model")]
    assert Predictions("model", "fresh") in found.measured


def test_weights_that_are_not_finite_cost_what_rests_on_them(base: Any, nested: Any, sources: Sources) -> None:
    base.get_layer("left").bias.assign(np.full(5, np.inf))
    found = measured(nested, sources)
    assert "not finite" in found.failures[Drift("model", "TINY")]
    assert "not finite" in found.failures[SourcePredictions("model", "TINY", "fresh")]
    assert "not finite" in found.failures[Predictions("model", "fresh")]


def test_the_source_task_is_asked_under_the_trusted_preprocessing(nested: Any, sources: Sources) -> None:
    wanted = SourcePredictions("model", "TINY", "fresh")
    right = fact(measured(nested, sources), wanted)
    # What `prepare` does has no part in it, nor has the head.
    nested.get_layer("hidden").kernel.assign(np.zeros((80, 8)))
    assert fact(measured(nested, sources, prepare=lambda images: images / 255.0), wanted) == right


def test_a_base_that_was_changed_forgets(base: Any, nested: Any, sources: Sources) -> None:
    wanted = SourcePredictions("model", "TINY", "fresh")
    before = fact(measured(nested, sources), wanted)
    base.get_layer("one").kernel.assign(np.zeros((3, 3, 3, 4)))
    after = fact(measured(nested, sources), wanted)
    assert after.probabilities != before.probabilities
    # Nothing is seen any more: the same answer for every image.
    assert len(set(after.probabilities)) == 1


def test_near_zero_weights_are_counted_in_each_dense_layer(nested: Any, sources: Sources) -> None:
    kernel = np.full((80, 8), 0.5, np.float32)
    kernel[:20] = 0.005
    nested.get_layer("hidden").kernel.assign(kernel)
    first, second = fact(measured(nested, sources), Magnitudes("model", 0.01)).kernels
    assert (first.layer, first.weights, first.near_zero) == ("hidden", 640, 160)
    assert first.absolute == pytest.approx(0.5 * 480 + 0.005 * 160, rel=1e-5)
    assert first.squares == pytest.approx(0.25 * 480 + 0.000025 * 160, rel=1e-5)
    assert second.layer == "answer"


def test_each_dense_kernel_is_sampled_evenly(nested: Any, sources: Sources) -> None:
    kernel = np.arange(640, dtype=np.float32).reshape(80, 8)
    nested.get_layer("hidden").kernel.assign(kernel)
    first, second = fact(measured(nested, sources), Samples("model")).kernels
    assert (first.shape, first.values) == ((80, 8), tuple(range(640)))
    assert (second.shape, len(second.values)) == ((8, 10), 80)


def test_of_a_large_kernel_a_part_is_sampled(sources: Sources) -> None:
    dense = keras.layers.Dense(50, name="large")
    model = keras.Sequential([keras.Input((100,)), dense])
    dense.kernel.assign(np.arange(5_000, dtype=np.float32).reshape(100, 50))
    (sampled,) = fact(measured(model, sources, Samples("model")), Samples("model")).kernels
    assert (len(sampled.values), sampled.values[0], sampled.values[-1]) == (2_000, 0, 4_999)
    assert len(set(sampled.values)) == 2_000


def test_samples_that_are_not_finite_are_told(nested: Any, sources: Sources) -> None:
    nested.get_layer("hidden").kernel.assign(np.full((80, 8), np.nan))
    assert "not finite" in measured(nested, sources).failures[Samples("model")]


def on_features(sources: Sources) -> tuple[Any, Array]:
    """Return a head that takes the base's features, and these features of the fresh images."""
    made = features(trusted(sources, "TINY"), sources.draw, fresh(features="TINY"))
    return keras.Sequential([keras.Input(made.shape[1:]), *head()]), made


def test_heads_on_features_need_no_prepare_and_see_what_the_base_gives(base: Any, sources: Sources) -> None:
    model, made = on_features(sources)
    wanted = Predictions("head", "fresh")
    plan = TaskPlan("t", ("head",), (wanted,), {"fresh": fresh(features="TINY")})
    found = fact(task_evidence(plan, {"head": model}, 7, sources), wanted)
    assert np.allclose(found.probabilities, np.asarray(model(made)), atol=1e-6)
    prepared = np.asarray(draw(fresh())[0], np.float32)
    assert np.allclose(made, np.asarray(base(prepared)), rtol=1e-4, atol=1e-4)


def test_a_whole_model_where_a_head_is_asked_for_is_told(nested: Any, sources: Sources) -> None:
    wanted = Predictions("model", "fresh")
    plan = TaskPlan("t", ("model",), (wanted,), {"fresh": fresh(features="TINY")})
    assert "fails on prepared images" in task_evidence(plan, {"model": nested}, 7, sources).failures[wanted]


def test_each_model_goes_with_its_own_prepare(nested: Any, sources: Sources) -> None:
    names = ("prepare_a", "model_a", "prepare", "model_b")
    plan = TaskPlan("t", names, (Arrival("model_a"), Arrival("model_b")))
    space = {"prepare_a": lambda images: images / 255, "prepare": vgg_prepare, "model_a": nested, "model_b": nested}
    found = task_evidence(plan, space, 7, sources)
    assert found.probes.keys() == {"prepare_a", "prepare"}
    arrived = [found.measured[Arrival(name)] for name in ("model_a", "model_b")]
    assert [facts.matches for facts in arrived if isinstance(facts, ProbeFacts)] == ["1/255", "vgg16"]


def test_a_broken_prepare_costs_what_needs_it(nested: Any, sources: Sources) -> None:
    found = measured(nested, sources, prepare=3)
    assert found.failures.keys() == {Predictions("model", "fresh"), Arrival("model")}
    assert all("`prepare` is of the type int" in reason for reason in found.failures.values())


def test_a_fault_of_the_machine_or_the_rubric_is_not_laid_to_the_student(nested: Any, sources: Sources) -> None:
    with pytest.raises(WeightsError, match="weights of VGG16 are not at hand"):
        measured(nested, sources, Drift("model", "VGG16"))
    lost = replace(sources, draw=load)
    plan = TaskPlan("t", ("model",), (Predictions("model", "fresh"),), {"fresh": replace(fresh(), set="people")})
    with pytest.raises(NoImagesError, match='no images "people"'):
        task_evidence(plan, {"model": nested}, 7, lost)


def test_features_are_computed_once_for_the_same_weights_and_images(sources: Sources) -> None:
    built: list[str] = []

    def counting(name: str) -> Any:
        built.append(name)
        return sources.build(name)

    counted = replace(sources, build=counting)
    images = fresh(seed=11, features="TINY")
    for _ in range(3):
        features(trusted(counted, "TINY"), sources.draw, images)
    assert built == ["TINY"]


def test_a_backbone_is_built_once_and_holds_what_it_is_given_last(sources: Sources) -> None:
    built: list[str] = []

    def counting(name: str) -> Any:
        built.append(name)
        return sources.build(name)

    tiny = trusted(replace(sources, build=counting), "TINY")
    images = draw(fresh())[0]
    pretrained = tiny.arrays()
    once, halved, again = (
        features_by(with_weights(tiny, [factor * array for array in pretrained]), tiny, images)
        for factor in (1.0, 0.5, 1.0)
    )
    assert built == ["TINY"]
    assert np.array_equal(once, again)
    assert not np.allclose(once, halved)
