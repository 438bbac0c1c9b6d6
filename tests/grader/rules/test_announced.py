"""The depth that a student announces is the one that counts, and it has to be a depth."""

from __future__ import annotations

import pytest

from grader.records import Evidence, Json, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.announced import ChangedAsAnnounced, FrozenAsAnnounced

from ..made import Layers, model_on, network, pretrained_as_known, vgg16

RESNET = "ResNet50"
FROZEN = FrozenAsAnnounced("model", RESNET, "depth", 100, 170)
CHANGED = ChangedAsAnnounced("model", RESNET, "depth", 100, 170)
EITHER = pytest.mark.parametrize("rule", [FROZEN, CHANGED], ids=["frozen", "changed"])


def judge(rule: FrozenAsAnnounced | ChangedAsAnnounced, layers: Layers, depth: Json) -> Verdict:
    values = {} if depth is None else {"depth": depth}
    task = TaskEvidence("depth", models={"model": model_on(layers)}, values=values)
    return rule.judge(task, Evidence({"depth": task}, pretrained=pretrained_as_known(RESNET)))


@EITHER
@pytest.mark.parametrize("depth", [100, 143, 143.0, 170, {"shape": [], "dtype": "int64", "values": 143}])
def test_any_depth_within_the_bounds_is_right_where_it_was_applied(
    rule: FrozenAsAnnounced | ChangedAsAnnounced, depth: Json
) -> None:
    place = int(depth["values"] if isinstance(depth, dict) else depth)
    assert judge(rule, network(RESNET, place, moved=place, statistics=place), depth).share == 1


def test_another_depth_than_the_announced_one_is_named() -> None:
    verdict = judge(FROZEN, network(RESNET, 175), 143)
    assert verdict.share == 0
    assert verdict.found.startswith("0 trainable parameters in the base; ")
    assert "later layers are frozen: conv5_block1_1_conv" in verdict.found
    assert "the first 143 of 175 layers frozen" in verdict.expected
    deeper = judge(FROZEN, network(RESNET, 100), 143)
    assert "of the first 143 layers would be trained" in deeper.found


def test_layers_announced_as_trained_that_did_not_change_are_named() -> None:
    verdict = judge(CHANGED, network(RESNET, 143), 143)
    assert verdict.share == 0
    assert "layers that should be trained did not change: conv5_block1_1_conv" in verdict.found


def test_layers_announced_as_frozen_that_changed_are_named() -> None:
    verdict = judge(CHANGED, network(RESNET, 143, moved=100, statistics=100), 143)
    assert verdict.share == 0
    assert "of the layers that should be frozen" in verdict.found


def test_a_base_of_which_nothing_is_pretrained_is_told_from_one_trained_too_far_down() -> None:
    verdict = judge(CHANGED, network(RESNET, 143, moved=0, statistics=0), 143)
    assert verdict.share == 0
    assert verdict.found.startswith("not one kernel of the first 143 layers is ResNet50's pretrained one")


@EITHER
@pytest.mark.parametrize(("depth", "shown"), [(99, "99"), (171, "171"), (-1, "-1"), (142.5, "142.5"), (10**300, "1,0")])
def test_a_depth_outside_the_bounds_is_none(
    rule: FrozenAsAnnounced | ChangedAsAnnounced, depth: Json, shown: str
) -> None:
    with pytest.raises(UnusableError, match=f"`depth` is {shown}") as caught:
        judge(rule, network(RESNET, 143, moved=143), depth)
    assert caught.value.expected == "`depth`: a whole number from 100 to 170"


@EITHER
@pytest.mark.parametrize("depth", [None, "143", True, [143], {"depth": 143}])
def test_what_is_no_number_is_no_depth(rule: FrozenAsAnnounced | ChangedAsAnnounced, depth: Json) -> None:
    with pytest.raises(UnusableError, match="`depth` is no number"):
        judge(rule, network(RESNET, 143, moved=143), depth)


@EITHER
def test_another_network_is_named(rule: FrozenAsAnnounced | ChangedAsAnnounced) -> None:
    with pytest.raises(UnusableError, match="`model` holds the layers of VGG16, not those of ResNet50"):
        judge(rule, vgg16(), 143)


@pytest.mark.parametrize(("lowest", "highest"), [(-1, 10), (20, 10), (100, 176)])
def test_senseless_bounds_are_refused(lowest: int, highest: int) -> None:
    with pytest.raises(ValueError, match="ResNet50 has 175 layers, so give 0 <= lowest <= highest <= 175"):
        FrozenAsAnnounced("model", RESNET, "depth", lowest, highest)
