"""Images are compared with their labels, and augmentation is tried on real models, live and exported alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from grader.evidence.assemble import task_evidence
from grader.evidence.export import export_task
from grader.evidence.facts import values
from grader.evidence.gather import gather
from grader.evidence.inputs import augmented, labelled
from grader.evidence.plan import Array, Sources, TaskPlan
from grader.evidence.predictions import UnusableModelError
from grader.evidence.probe import probe_images
from grader.measures import Augmented, AugmentedFacts, Labelled, LabelledFacts
from grader.records import TaskEvidence

from .conftest import SIZE, draw, fresh, head, vgg_prepare

WORKING = AugmentedFacts(changes=True, varies=True, rests=True)
STILL = AugmentedFacts(changes=False, varies=False, rests=True)
PAIRS = Labelled("pictures", "kinds", "critters", "train", 2)
SHIPPED = draw(fresh(seed=2))


def behind(base: Any, *front: Any) -> Any:
    return keras.Sequential([keras.Input((SIZE, SIZE, 3)), *front, base, *head()])


@pytest.mark.parametrize(
    ("front", "facts"),
    [
        ((lambda: keras.layers.RandomFlip("horizontal"),), WORKING),
        ((lambda: keras.layers.RandomTranslation(0.1, 0.1, seed=3), lambda: keras.layers.RandomZoom(0.1)), WORKING),
        ((lambda: keras.layers.RandomTranslation(0.0, 0.0),), STILL),
        ((), STILL),
    ],
)
def test_what_random_layers_do_before_the_base(base: Any, front: tuple[Any, ...], facts: AugmentedFacts) -> None:
    assert augmented(behind(base, *(build() for build in front)), probe_images(1)) == facts


def test_random_layers_behind_the_base_change_nothing_that_it_receives(base: Any) -> None:
    layers = [keras.Input((SIZE, SIZE, 3)), base, keras.layers.RandomFlip(), *head()]
    assert augmented(keras.Sequential(layers), probe_images(1)) == STILL


def test_a_model_without_a_convolution_receives_nothing() -> None:
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), keras.layers.Flatten(), keras.layers.Dense(2)])
    assert augmented(model, probe_images(1)) is None


def test_the_training_that_follows_draws_what_it_would_have_drawn(base: Any) -> None:
    flip = keras.layers.RandomFlip("horizontal", seed=4)
    model = behind(base, flip)
    before = values(flip.generator.state).copy()
    augmented(model, probe_images(1))
    assert np.array_equal(values(flip.generator.state), before)


def measured(namespace: dict[str, object], sources: Sources, folder: Path) -> tuple[TaskEvidence, TaskEvidence]:
    """Return the evidence from live objects, and that from the exported ones."""
    plan = TaskPlan("t", ("prepare", "model", "pictures", "kinds"), (Augmented("model"), PAIRS))
    export_task(plan, namespace, folder, 7, sources.digests)
    own = replace(sources, draw=lambda images: SHIPPED)
    return task_evidence(plan, namespace, 7, own), gather(folder, [plan], 7, own).tasks["t"]


def test_live_and_exported_objects_give_the_same(base: Any, sources: Sources, tmp_path: Path) -> None:
    pictures, kinds = SHIPPED
    model = behind(base, keras.layers.RandomFlip("horizontal"))
    namespace = {"prepare": vgg_prepare, "model": model, "pictures": pictures, "kinds": kinds}
    for found in measured(namespace, sources, tmp_path):
        assert found.failures == {}
        assert found.measured[Augmented("model")] == WORKING
        assert found.measured[PAIRS] == LabelledFacts(images=20, known=20, right=20, different=20, kinds=10)


def test_what_is_missing_costs_its_own_measure_only(base: Any, sources: Sources, tmp_path: Path) -> None:
    namespace = {"prepare": vgg_prepare, "model": behind(base), "pictures": [1, 2]}
    for found in measured(namespace, sources, tmp_path):
        assert found.failures == {PAIRS: "`pictures` must be an array."}
        assert found.measured[Augmented("model")] == STILL


def compared(images: Array, labels: Array) -> tuple[int, int, int, int, int]:
    facts = labelled(images, labels, SHIPPED)
    return facts.images, facts.known, facts.right, facts.different, facts.kinds


def test_order_type_and_coding_of_the_labels_do_not_matter() -> None:
    images, labels = SHIPPED
    assert labelled(images, labels, SHIPPED) == LabelledFacts(20, 20, 20, 20, 10)
    assert compared(images[::-1].astype("float32"), labels[::-1].astype("uint8")) == (20, 20, 20, 20, 10)
    assert compared(images[:4], np.eye(10)[labels[:4]]) == (4, 4, 4, 4, 2)
    assert compared(images[:4], labels[:4, None]) == (4, 4, 4, 4, 2)


def test_other_orders_values_and_repetitions_are_counted() -> None:
    images, labels = SHIPPED
    assert compared(images, labels[::-1]) == (20, 20, 0, 20, 10)
    assert compared(images / 255, labels) == (20, 0, 0, 0, 0)
    assert compared(np.repeat(images[:2], 3, axis=0), np.repeat(labels[:2], 3)) == (6, 6, 6, 2, 1)


@pytest.mark.parametrize(("images", "labels"), [(SHIPPED[0], SHIPPED[1][:3]), (SHIPPED[0][0], SHIPPED[1])])
def test_arrays_that_do_not_go_together_are_told(images: Array, labels: Array) -> None:
    with pytest.raises(UnusableModelError, match="they must be as many"):
        labelled(images, labels, SHIPPED)


SMALL = (2, 8, 8, 3)


@pytest.mark.parametrize("images", [np.zeros(SMALL), np.full((2, SIZE, SIZE, 3), np.nan), np.zeros((0, *SMALL[1:]))])
def test_strange_arrays_are_no_images_of_the_course(images: Array) -> None:
    assert labelled(images, np.zeros(len(images)), SHIPPED).known == 0
