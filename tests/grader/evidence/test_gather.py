"""Exported and live objects give the same evidence; a folder that was tampered with is refused by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from grader.evidence.assemble import task_evidence
from grader.evidence.export import export_task
from grader.evidence.gather import gather
from grader.evidence.plan import Array, Sources, TaskPlan
from grader.evidence.trusted import images_and_labels
from grader.measures import Arrival, ImageSet, PredictionFacts, Predictions
from grader.records import ProbeFacts, TaskEvidence

from .conftest import SIZE, draw, fresh, head, vgg_prepare

ACCURACY, SEEN = Predictions("model", "fresh"), Arrival("model")
PLAN = TaskPlan("train", ("prepare", "model"), (ACCURACY, SEEN), {"fresh": fresh()})
Edit = Callable[[dict[str, Any]], object]


def exported(plan: TaskPlan, namespace: dict[str, object], folder: Path, sources: Sources) -> TaskEvidence:
    export_task(plan, namespace, folder, 7, sources.digests)
    evidence = gather(folder, [plan], 7, sources)
    assert evidence.refusals == ()
    return evidence.tasks[plan.task]


def seen(found: TaskEvidence) -> ProbeFacts:
    facts = found.measured[SEEN]
    assert isinstance(facts, ProbeFacts)
    return facts


def compile_(model: Any) -> Any:
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def test_exported_and_live_evidence_are_equal(nested: Any, sources: Sources, tmp_path: Path) -> None:
    space: dict[str, object] = {"prepare": vgg_prepare, "model": compile_(nested)}
    found = exported(PLAN, space, tmp_path, sources)
    assert found == task_evidence(PLAN, space, 7, sources)
    assert found.problems == {}
    assert (found.probes["prepare"].matches, seen(found).matches) == ("vgg16", "vgg16")
    accuracy = found.measured[ACCURACY]
    assert isinstance(accuracy, PredictionFacts)
    assert accuracy.images == 20
    assert found.models["model"].compiled is not None


def test_frozen_weights_travel_as_references(nested: Any, base: Any, sources: Sources, tmp_path: Path) -> None:
    exported(PLAN, {"prepare": vgg_prepare, "model": nested}, tmp_path, sources)
    manifest = json.loads((tmp_path / "train" / "manifest.json").read_text())
    weights = manifest["names"]["model"]["weights"]
    assert [weight["same_as"] for weight in weights[: len(base.weights)]] == list(sources.digests.values())
    assert all(weight["array"] is None for weight in weights[: len(base.weights)])


def test_other_kinds_of_objects_are_equal_too(sources: Sources, tmp_path: Path) -> None:
    plan = TaskPlan("mixed", ("a", "b", "c", "d", "prepare", "model", "base", "none"))
    space: dict[str, object] = {
        "a": 3,
        "b": np.eye(2, dtype=np.float32),
        "c": {"x": [1.5]},
        "d": object(),
        "prepare": 3,
        "model": keras.Sequential([keras.Input((2,)), keras.layers.Lambda(lambda x: x)]),
        "base": ...,
    }
    found = exported(plan, space, tmp_path, sources)
    assert found == task_evidence(plan, space, 7, sources)
    assert set(found.problems) == {"d", "prepare", "model", "base", "none"}
    assert found.values["a"] == 3
    assert found.values["b"]["values"] == [[1, 0], [0, 1]]


@pytest.mark.parametrize("nested_base", [True, False])
def test_preprocessing_inside_the_model_is_as_good(
    base: Any, sources: Sources, tmp_path: Path, nested_base: bool
) -> None:
    inputs = keras.Input((SIZE, SIZE, 3))
    prepared = keras.applications.vgg16.preprocess_input(inputs)
    x = prepared if not nested_base else base(prepared)
    if not nested_base:
        x = keras.Sequential([keras.Input((SIZE, SIZE, 3)), *base.layers[1:2]])(prepared)
    for layer in head():
        x = layer(x)
    space: dict[str, object] = {"prepare": lambda images: images, "model": keras.Model(inputs, x)}
    found = exported(PLAN, space, tmp_path, sources)
    assert found == task_evidence(PLAN, space, 7, sources)
    assert (found.probes["prepare"].matches, seen(found).matches) == ("raw", "vgg16")


def test_a_prepare_that_is_no_fixed_mix_costs_only_the_accuracy(nested: Any, sources: Sources) -> None:
    space: dict[str, object] = {"prepare": lambda images: images**2 / 255, "model": nested}
    found = task_evidence(PLAN, space, 7, sources)
    assert ACCURACY not in found.measured
    assert "fixed mix" in found.failures[ACCURACY]
    assert "model" in found.models


def test_weights_that_are_not_finite_are_noted(nested: Any, sources: Sources, tmp_path: Path) -> None:
    nested.get_layer("answer").bias.assign(np.full(10, np.inf))
    found = exported(PLAN, {"prepare": vgg_prepare, "model": nested}, tmp_path, sources)
    unfit = [w.name for layer in found.models["model"].layers for w in layer.weights if not w.finite]
    assert unfit == ["bias"]
    assert "not finite" in found.failures[ACCURACY]


def test_a_later_run_of_the_cell_replaces_the_files(sources: Sources, tmp_path: Path) -> None:
    plan = TaskPlan("t", ("x",))
    assert exported(plan, {"x": 1}, tmp_path, sources).values == {"x": 1}
    assert exported(plan, {"x": 2}, tmp_path, sources).values == {"x": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_an_export_that_cannot_be_written_says_so(sources: Sources, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    line = export_task(TaskPlan("t", ("x",)), {"x": 1}, tmp_path / "file", 7, sources.digests)
    assert "nothing was exported" in line


def test_a_task_that_exported_nothing_is_absent(sources: Sources, tmp_path: Path) -> None:
    assert gather(tmp_path, [PLAN], 7, sources).tasks == {}


def test_hidden_images_are_drawn_once_for_a_seed() -> None:
    drawn: list[int | None] = []

    def counting(images: ImageSet) -> tuple[Array, Array]:
        drawn.append(images.seed)
        return draw(images)

    for seed in (1, 1, 2, 1):
        images_and_labels(counting, fresh(seed, 1))
    assert drawn == [1, 2]


def entry(manifest: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = manifest["names"]["model"]
    return found


TAMPERED: dict[str, Edit] = {
    "a field more": lambda m: m.update(evil=1),
    "another task": lambda m: m.update(task="base"),
    "another version": lambda m: m.update(version=2),
    "an unknown kind": lambda m: entry(m).update(kind="pickle"),
    "a lost array": lambda m: m["names"]["prepare"].update(array="a99"),
    "a path as a key": lambda m: m["names"]["prepare"].update(array="../../x"),
    "an invented reference": lambda m: entry(m)["weights"][0].update(same_as="TINY/invented"),
    "a reference by path": lambda m: entry(m)["weights"][0].update(same_as="../x y"),
    "no values": lambda m: entry(m)["weights"][0].update(same_as=None),
    "another shape": lambda m: entry(m)["weights"][0].update(shape=[1, 2]),
    "a huge shape": lambda m: [w.update(shape=[10**8, 10**8]) for w in entry(m)["weights"]],
    "a problem as a novel": lambda m: m["names"].update(x={"kind": "missing", "problem": "x" * 10_000}),
    "a rate beyond all numbers": lambda m: entry(m).update(
        compiled={"optimizer": None, "learning_rate": 10**400, "loss": None, "metrics": []}
    ),
    "a deep value": lambda m: m["names"].update(x={"kind": "list", "value": [[[[[[[[1]]]]]]]]}),
    "a long value": lambda m: m["names"].update(x={"kind": "list", "value": [0] * 20_000}),
    "an endless number": lambda m: m["names"].update(x={"kind": "number", "value": 10**400}),
    "a novel": lambda m: m["names"].update(x={"kind": "text", "value": "x" * 20_000}),
    "a rate that is text": lambda m: entry(m).update(compiled={"optimizer": 1}),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_manifest_is_refused_by_itself(nested: Any, sources: Sources, tmp_path: Path, name: str) -> None:
    other = replace(PLAN, task="other", measures=())
    space: dict[str, object] = {"prepare": vgg_prepare, "model": nested}
    for plan in (PLAN, other):
        export_task(plan, space, tmp_path, 7, sources.digests)
    path = tmp_path / "train" / "manifest.json"
    manifest = json.loads(path.read_text())
    TAMPERED[name](manifest)
    path.write_text(json.dumps(manifest))
    evidence = gather(tmp_path, [PLAN, other], 7, sources)
    assert len(evidence.refusals) == 1
    assert set(evidence.tasks["train"].problems) == {"prepare", "model"}
    assert evidence.tasks["other"].problems == {}


@pytest.mark.parametrize("text", ["", "[", "NaN", "[" * 200_000, "\x00", "null", '{"version": 1}'])
def test_a_manifest_that_is_no_json_is_refused(nested: Any, sources: Sources, tmp_path: Path, text: str) -> None:
    export_task(PLAN, {}, tmp_path, 7, sources.digests)
    (tmp_path / "train" / "manifest.json").write_text(text)
    assert len(gather(tmp_path, [PLAN], 7, sources).refusals) == 1


def test_a_tampered_configuration_costs_that_model_only(nested: Any, sources: Sources, tmp_path: Path) -> None:
    export_task(PLAN, {"prepare": vgg_prepare, "model": nested}, tmp_path, 7, sources.digests)
    path = tmp_path / "train" / "manifest.json"
    manifest = json.loads(path.read_text())
    layer = entry(manifest)["config"]["config"]["layers"][2]
    layer.update(module="os", class_name="system")
    path.write_text(json.dumps(manifest))
    found = gather(tmp_path, [PLAN], 7, sources).tasks["train"]
    assert "cannot be read safely" in found.problems["model"]
    assert "prepare" in found.probes


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system cannot refuse links")
@pytest.mark.parametrize("name", ["train", "train/manifest.json", "train/arrays.npz"])
def test_a_link_is_not_followed(sources: Sources, tmp_path: Path, name: str) -> None:
    exports, elsewhere = tmp_path / "exports", tmp_path / "elsewhere"
    export_task(PLAN, {}, exports, 7, sources.digests)
    (exports / name).rename(elsewhere)
    (exports / name).symlink_to(elsewhere)
    assert len(gather(exports, [PLAN], 7, sources).refusals) == 1


@pytest.mark.slow
def test_vgg16_itself_is_exported_and_read(sources: Sources, tmp_path: Path) -> None:
    base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(SIZE, SIZE, 3))
    base.trainable = False
    model = keras.Sequential([keras.Input((SIZE, SIZE, 3)), base, *head()])
    plan = replace(PLAN, names=("prepare", "base", "model"), measures=())
    space: dict[str, object] = {"prepare": vgg_prepare, "base": base, "model": model}
    found = exported(plan, space, tmp_path, sources)
    assert found == task_evidence(plan, space, 7, sources)
    assert found.models["base"].frozen_parameters == 14_714_688
    assert found.models["model"].frozen_parameters == 14_714_688
