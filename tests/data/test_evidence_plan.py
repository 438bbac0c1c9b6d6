"""The plan of the proof: which runs there are, in which order, and when a run is another run."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data import pretrained
from data.evidence.plan import COUNTS, FROZEN, RANDOM, SCRATCH, TUNED, Head, Recipe, Run, Tuning, key, planned

RUN = Run("critters", "VGG16", FROZEN, 20, 1)
RECIPE = Recipe()


def test_the_whole_plan_has_each_run_once_and_five_seeds_of_each() -> None:
    runs = planned()
    assert len(runs) == len(set(runs)) == 6 * 5 * (8 + 2 + 2)
    assert {run.seed for run in runs} == {1, 2, 3, 4, 5}
    each = {(run.way, run.per_class) for run in runs if run.set == "critters"}
    assert each == {(FROZEN, 5), (FROZEN, 20), (FROZEN, 60), (TUNED, 20), (RANDOM, 5), (RANDOM, 20), (RANDOM, 60)} | {
        (SCRATCH, 20)
    }
    assert {(run.way, run.per_class) for run in runs if run.set != "critters"} == {(FROZEN, 20), (RANDOM, 20)}


def test_the_runs_of_a_backbone_a_set_and_a_seed_stand_together() -> None:
    places = [(run.backbone, run.set, run.seed) for run in planned(seeds=2)]
    changes = [place for before, place in zip([None, *places], places, strict=False) if place != before]
    assert len(changes) == len(set(changes)) == 6 * 3 * 2


def test_training_from_scratch_brings_the_fine_tuning_that_sets_its_time() -> None:
    runs = planned(["VGG16"], ways=[SCRATCH], seeds=1)
    assert [run.way for run in runs] == [TUNED, SCRATCH]


@pytest.mark.parametrize("wrong", [{"backbones": ["LeNet"]}, {"sets": ["cats"]}, {"ways": ["guessed"]}])
def test_an_unknown_name_is_refused(wrong: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong.values()))[0]):
        planned(**wrong)


@pytest.mark.parametrize("changed", [replace(RECIPE, test_images=7), replace(RECIPE, head=Head(dropout=0.123))])
@pytest.mark.parametrize("way", list(COUNTS["critters"]))
def test_another_head_or_other_test_images_make_every_run_another(changed: Recipe, way: str) -> None:
    run = replace(RUN, way=way)
    assert changed.stamp(run) != RECIPE.stamp(run)
    assert Recipe().stamp(run) == RECIPE.stamp(run)


def test_another_tuning_leaves_the_frozen_runs_as_they_are() -> None:
    changed = replace(RECIPE, tuning=Tuning(rate=0.5))
    same = [
        way for way in COUNTS["critters"] if changed.stamp(replace(RUN, way=way)) == RECIPE.stamp(replace(RUN, way=way))
    ]
    assert same == [FROZEN, RANDOM]


def test_other_steps_for_one_backbone_leave_the_others_as_they_are() -> None:
    changed = replace(RECIPE, tuning=replace(RECIPE.tuning, steps_of_slow=(("VGG16", 999),)))
    run, other = replace(RUN, way=TUNED), replace(RUN, way=TUNED, backbone="MobileNet")
    assert changed.tuning_steps("VGG16") == 999
    assert changed.stamp(run) != RECIPE.stamp(run)
    assert changed.stamp(other) == RECIPE.stamp(other)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A weights folder of its own, empty."""
    monkeypatch.setattr(pretrained, "FOLDER", tmp_path)
    monkeypatch.setattr(pretrained, "MANIFEST", tmp_path / "manifest.json")
    yield tmp_path
    pretrained._manifest.cache_clear()
    pretrained.arrays.cache_clear()


def test_other_weights_make_another_run_of_all_but_the_random_ones(shelf: Path) -> None:
    found = []
    for value in (1.0, 2.0):
        pretrained.register("VGG16", pretrained.pack("VGG16", {"bias": np.full(3, value, np.float32)}, shelf), shelf)
        found.append([key(replace(RUN, way=way), RECIPE) for way in (FROZEN, TUNED, SCRATCH, RANDOM)])
    assert [one == other for one, other in zip(*found, strict=True)] == [False, False, False, True]
