"""Layers are counted as the learner counts them, and only a comparison of weights tells what was trained."""

from __future__ import annotations

import pytest

from grader.backbones import backbone
from grader.records import Evidence, TaskEvidence
from grader.rules import UnmeasuredError, UnusableError, Verdict
from grader.rules.freezing import ChangedLayers, FrozenLayers

from ..made import Layers, model_on, network, pretrained_as_known, vgg16

RESNET = "ResNet50"


def evidence(layers: Layers, **others: Layers) -> tuple[TaskEvidence, Evidence]:
    tasks = {name: TaskEvidence(name, models={"model": model_on(held)}) for name, held in others.items()}
    task = TaskEvidence("fine", models={"model": model_on(layers)})
    return task, Evidence({**tasks, "fine": task}, pretrained=pretrained_as_known(RESNET))


def frozen(layers: Layers, depth: int = 100, normalization: str = "either") -> Verdict:
    return FrozenLayers("model", RESNET, depth, normalization).judge(*evidence(layers))


def changed(layers: Layers, depth: int = 100, statistics: str = "either", since: str = "", **others: Layers) -> Verdict:
    return ChangedLayers("model", RESNET, depth, since, statistics).judge(*evidence(layers, **others))


@pytest.mark.parametrize("depth", [0, 1, 50, 100, 143, 150, 175])
def test_the_right_depth_is_right(depth: int) -> None:
    verdict = frozen(network(RESNET, depth), depth)
    assert (verdict.share, verdict.found.split()[0]) == (1, verdict.expected.split(": ")[1].split()[0])


def test_the_whole_base_is_frozen_with_minus_one() -> None:
    assert frozen(network(RESNET, 175), -1).share == 1
    assert frozen(network(RESNET, 170), -1).share == 0


def test_one_layer_off_is_named() -> None:
    early = frozen(network(RESNET, 99))
    assert (early.share, early.found) == (
        0,
        "19,716,096 trainable parameters in the base; 1 of the first 100 layers would be trained: conv4_block2_3_conv",
    )
    late = frozen(network(RESNET, 104))
    assert late.share == 0
    assert "; 1 later layers are frozen: conv4_block3_1_conv; " in late.found
    normalization = frozen(network(RESNET, 101), normalization="trained")
    assert normalization.found.endswith("; 1 later layers are frozen: conv4_block2_3_bn")


def test_batch_normalization_behind_the_cut_is_treated_alike() -> None:
    verdict = frozen(network(RESNET, 101))
    assert (verdict.share, verdict.found) == (
        0,
        "19,450,880 trainable parameters in the base; 1 later BatchNormalization layers are frozen, others not: "
        "conv4_block2_3_bn",
    )


def test_the_wrong_end_is_named() -> None:
    layers = tuple(network(RESNET)[:100]) + tuple(network(RESNET, 175)[100:])
    found = frozen(layers).found
    assert "of the first 100 layers would be trained: conv1_conv, conv1_bn, conv2_block1_1_conv and" in found
    assert "later layers are frozen" in found


def test_batch_normalization_may_stay_frozen_only_where_the_rubric_says_so() -> None:
    still = network(RESNET, 175)
    layers = tuple(
        held if held.kind == "BatchNormalization" else other
        for held, other in zip(still, network(RESNET, 100), strict=True)
    )
    assert frozen(layers).share == frozen(layers, normalization="frozen").share == 1
    assert frozen(layers, normalization="trained").share == 0
    loose = frozen(network(RESNET, 100), normalization="frozen")
    assert (loose.share, "BatchNormalization layers would be trained" in loose.found) == (0, True)


def test_another_network_is_named() -> None:
    with pytest.raises(UnusableError, match="`model` holds the layers of VGG16, not those of ResNet50") as caught:
        frozen(vgg16())
    assert "19,452,928 trainable parameters" in caught.value.expected


def test_trained_layers_differ_and_frozen_ones_do_not() -> None:
    verdict = changed(network(RESNET, 100, moved=100, statistics=100))
    weighty = [layer for layer in backbone(RESNET).layers[100:] if layer.trainable]
    assert (verdict.share, verdict.found) == (1, f"{len(weighty)} layers of the base were trained")


def test_frozen_only_after_training_is_caught_though_the_counts_are_right() -> None:
    layers = network(RESNET, 100, moved=1, statistics=1)
    assert frozen(layers).share == 1
    verdict = changed(layers)
    assert verdict.share == 0
    assert "that should be frozen" in verdict.found
    assert "conv1_conv, conv1_bn" in verdict.found


def test_one_phase_in_place_of_two_leaves_the_base_as_it_was() -> None:
    verdict = changed(network(RESNET, 100))
    assert verdict.share == 0
    assert "layers that should be trained did not change: conv4_block" in verdict.found


def test_moving_statistics_of_frozen_layers_are_told_from_their_weights() -> None:
    verdict = changed(network(RESNET, 100, moved=100, statistics=1))
    assert verdict.share == 0
    assert verdict.found.startswith("the moving statistics of ")
    assert "frozen BatchNormalization layers changed: conv1_bn" in verdict.found


def test_moving_statistics_behind_the_frozen_layers_follow_the_rubric() -> None:
    moved, still = network(RESNET, 100, 100, 100), network(RESNET, 100, 100)
    assert (changed(moved, statistics="trained").share, changed(moved, statistics="frozen").share) == (1, 0)
    assert (changed(still, statistics="trained").share, changed(still, statistics="frozen").share) == (0, 1)
    assert changed(moved).share == changed(still).share == 1
    assert "did not change" in changed(still, statistics="trained").found


def test_nothing_moves_while_the_whole_base_is_frozen() -> None:
    assert changed(network(RESNET, 175), -1).share == 1
    assert changed(network(RESNET, 175, statistics=1), -1).share == 0


def test_an_earlier_phase_takes_the_place_of_the_pretrained_weights() -> None:
    first = network(RESNET, 0, moved=1)
    assert changed(first, 175, since="head.model", head=first).share == 1
    assert changed(first, 100, since="head.model", head=first).share == 0
    with pytest.raises(UnmeasuredError, match="Task head was not reached"):
        changed(first, 100, since="head.model")


def test_without_pretrained_weights_nothing_is_claimed() -> None:
    task, _ = evidence(network(RESNET, 100, moved=100))
    with pytest.raises(UnusableError, match="not at hand"):
        ChangedLayers("model", RESNET, 100).judge(task, Evidence({}))


@pytest.mark.parametrize(("name", "depth", "choice"), [(RESNET, 176, "either"), (RESNET, -2, "either")])
def test_a_senseless_depth_is_refused(name: str, depth: int, choice: str) -> None:
    with pytest.raises(ValueError, match="depth"):
        FrozenLayers("model", name, depth, choice)


def test_a_senseless_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="write trained, frozen or either"):
        ChangedLayers("model", RESNET, 50, "", "melted")
