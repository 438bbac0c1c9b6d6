"""The backbones of the course: their Keras architectures and the preprocessing that belongs to each."""

from __future__ import annotations

from typing import Any

MODULES: dict[str, str] = {
    "MobileNet": "mobilenet",
    "VGG16": "vgg16",
    "ResNet50": "resnet50",
    "MobileNetV2": "mobilenet_v2",
    "EfficientNetB0": "efficientnet",
    "AlexNet": "alexnet",
}
"""Backbone -> its module, in ``keras.applications`` or, for AlexNet, in ``data``."""


def architecture(name: str, size: int | None = 64, weights: str | None = None) -> Any:
    """Return the Keras backbone without its top, for images of ``size`` by ``size`` pixels (None: any).

    It is untrained, unless ``weights`` is a path or ``"imagenet"``.
    """
    import keras  # noqa: PLC0415  (TensorFlow takes seconds to import; a name is answered without it)

    if name == "AlexNet":
        from data.alexnet import AlexNet  # noqa: PLC0415  (as above)

        return AlexNet(weights=weights, include_top=False, input_shape=(size, size, 3))
    return getattr(keras.applications, name)(weights=weights, include_top=False, input_shape=(size, size, 3))


def preprocess_input(name: str, images: Any) -> Any:
    """Return images of 0 to 255 as the backbone of that name expects them; ``images`` may be changed in place."""
    import keras  # noqa: PLC0415  (as above)

    if name == "AlexNet":
        from data import alexnet  # noqa: PLC0415  (as above)

        return alexnet.preprocess_input(images)
    return getattr(keras.applications, MODULES[name]).preprocess_input(images)
