from __future__ import annotations

import pytest

from grader.records import Evidence, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.backbone import Frozen, FrozenAndPretrained, PretrainedWeights

from ..made import Layers, base_model, changed, dense, layer, model, pretrained, vgg16, weight, with_zero_biases

NONE = Evidence({}, pretrained=pretrained())
PRETRAINED = PretrainedWeights("base", "VGG16")
FROZEN = Frozen("base", "VGG16")
KEPT = FrozenAndPretrained("model", "VGG16", "model")


def base(layers: Layers) -> TaskEvidence:
    return TaskEvidence("base", models={"base": base_model(layers)})


def kept(layers: Layers, whole: Evidence = NONE) -> Verdict:
    return KEPT.judge(TaskEvidence("train", models={"model": model(layers)}), whole)


def test_pretrained_base_is_right() -> None:
    assert PRETRAINED.judge(base(vgg16("")), NONE).share == 1
    assert FROZEN.judge(base(vgg16("")), NONE).share == 1


def test_truncated_base_is_not_whole() -> None:
    verdict = PRETRAINED.judge(base(vgg16("")[:-4]), NONE)
    assert verdict.share == 0
    assert verdict.found == ("`base` does not hold the whole of VGG16: its convolutional part has 7,635,264 parameters")
    assert FROZEN.judge(base(vgg16("")[:-4]), NONE).share == 0


def test_one_array_used_26_times_is_not_the_pretrained_base() -> None:
    same = tuple(
        layer("Conv2D", {}, tuple(weight("w", w.shape, False, "VGG16/block1_conv1/bias") for w in one.weights))
        for one in vgg16("")
    )
    assert PRETRAINED.judge(base(same), NONE).share == 0


def test_other_backbone_of_the_course_is_not_this_one() -> None:
    other = tuple(
        layer(one.kind, {}, tuple(weight("w", w.shape, False, f"VGG19/{i}/{w.name}") for w in one.weights))
        for i, one in enumerate(vgg16(""))
    )
    assert PRETRAINED.judge(base(other), NONE).share == 0


def test_more_convolutions_than_asked_for_are_named() -> None:
    extra = layer("Conv2D", {}, (weight("kernel", (1, 1, 512, 8), False), weight("bias", (8,), False)))
    verdict = PRETRAINED.judge(base((*vgg16(""), extra)), NONE)
    assert (verdict.share, verdict.found) == (0, "`base` has 1 more convolutions behind VGG16")


def test_base_without_convolutions_is_said() -> None:
    assert PRETRAINED.judge(base((dense(3, 2, "relu"),)), NONE).found == "`base` has no convolution with weights"
    assert FROZEN.judge(base((dense(3, 2, "relu"),)), NONE).share == 0


def test_partly_frozen_base_is_not_frozen() -> None:
    mixed = vgg16("")[:10] + vgg16("", frozen=False)[10:]
    verdict = FROZEN.judge(base(mixed), NONE)
    assert verdict.share == 0
    assert "that would be trained" in verdict.found


def test_normalization_in_front_does_not_count_as_base() -> None:
    front = (layer("Normalization", {}, (weight("mean", (3,), False), weight("variance", (3,), False))),)
    assert FROZEN.judge(base(front + vgg16("")), NONE).share == 1
    assert PRETRAINED.judge(base(front + vgg16("")), NONE).share == 1
    assert KEPT.judge(TaskEvidence("train", models={"model": model(front=front)}), NONE).share == 1


def test_kept_base_is_right_flat_and_nested() -> None:
    assert kept(vgg16()).share == kept(vgg16("")).share == 1


def test_kept_weights_that_are_trainable_again_are_said() -> None:
    verdict = kept(vgg16(frozen=False))
    assert verdict.share == 0
    assert verdict.found == (
        "Only 0 of the base's 14,714,688 parameters are frozen: its weights are still the pretrained ones, "
        "but the next training would change them."
    )


def test_random_frozen_base_is_known_by_its_zero_biases() -> None:
    assert "never were the pretrained ones" in kept(with_zero_biases(vgg16(pretrained=False))).found


def test_base_that_was_pretrained_before_was_trained() -> None:
    before = Evidence({"model": TaskEvidence("model", models={"model": model()})}, pretrained=pretrained())
    assert "trained first and frozen afterwards" in kept(vgg16(pretrained=False), before).found


def test_other_architecture_with_right_weights_is_not_the_whole() -> None:
    assert kept(vgg16()[:-4]).found == "The base has 7,635,264 frozen parameters: it is not the whole of VGG16."


def test_four_changed_layers_are_cut_to_three_names() -> None:
    names = ["block1_conv1", "block1_conv2", "block2_conv1", "block2_conv2"]
    found = kept(changed(vgg16(), names)).found
    assert found.endswith("They are in vgg16/block1_conv1, vgg16/block1_conv2, vgg16/block2_conv1 and 1 more.")


def test_model_without_base_is_unusable() -> None:
    with pytest.raises(UnusableError, match="the base is not part of it"):
        kept((layer("Rescaling"),))


def test_missing_model_is_unusable_with_its_problem() -> None:
    with pytest.raises(UnusableError, match="`model` is not defined"):
        KEPT.judge(TaskEvidence("train", {"model": "`model` is not defined."}), NONE)
