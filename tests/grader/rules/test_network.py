from __future__ import annotations

from grader.rules.network import described, name_of, parts, weights

from ..made import HEAD, Layers, dense, layer, model, model_on, network, vgg16


def divided(front: Layers = (), head: Layers = HEAD) -> tuple[int, int]:
    split = parts(model(front=front, head=head), "VGG16")
    return len(split.backbone), len(split.head)


def test_a_model_falls_into_backbone_and_head() -> None:
    assert divided() == (18, 4)


def test_what_stands_in_front_belongs_to_neither() -> None:
    assert divided(front=(layer("Rescaling"), layer("RandomFlip"))) == (18, 4)


def test_a_second_pooling_is_head() -> None:
    assert divided(head=(layer("MaxPooling2D"), *HEAD)) == (18, 5)


def test_a_model_without_convolutions_is_all_head() -> None:
    split = parts(model(base=()), "VGG16")
    assert (split.backbone, len(split.head)) == ((), 4)


def test_another_known_backbone_is_no_head_either() -> None:
    held = model_on(network("MobileNet"))
    split = parts(held, "MobileNetV2")
    assert (len(split.backbone), split.head, split.known) == (85, HEAD, ())
    assert name_of(held) == "MobileNet"


def test_a_backbone_has_26_arrays() -> None:
    assert len(weights(vgg16())) == 26


def test_an_unknown_activation_is_shown_as_it_is() -> None:
    named = {"module": "keras.layers", "class_name": "LeakyReLU", "config": {"negative_slope": 0.3}}
    assert described((dense(2, 3, named),)) == ("Dense 3 leakyrelu",)
    assert described((dense(2, 3, 7),)) == ("Dense 3 linear",)
    assert described((layer("Activation", {"activation": "relu"}),)) == ("Activation relu",)
