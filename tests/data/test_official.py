"""Official weights: the right file for each backbone, one sentence when it is not to be had, and exact arrays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data import WeightsError, official, pretrained, weights
from tests import keras_cache


@pytest.fixture(autouse=True)
def _imagenet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pretrained.WEIGHTS_VARIABLE, "imagenet")


@pytest.mark.parametrize(
    ("name", "size", "alpha", "file"),
    [
        ("VGG16", 64, 1.0, "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"),
        ("ResNet50", None, 1.0, "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5"),
        ("EfficientNetB0", 160, 1.0, "efficientnetb0_notop.h5"),
        ("MobileNet", 64, 1.0, "mobilenet_1_0_224_tf_no_top.h5"),
        ("MobileNet", 96, 0.25, "mobilenet_2_5_224_tf_no_top.h5"),
        ("MobileNet", 160, 0.75, "mobilenet_7_5_160_tf_no_top.h5"),
        ("MobileNetV2", None, 1.0, "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"),
        ("MobileNetV2", 96, 0.35, "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5"),
    ],
)
def test_each_backbone_has_its_file(name: str, size: int | None, alpha: float, file: str) -> None:
    assert official.official_file(name, size, alpha).name == file


def test_alexnet_has_none_and_the_sentence_says_what_to_do() -> None:
    with pytest.raises(WeightsError, match=r'no ImageNet weights for AlexNet: leave it out, .* weights "course"'):
        weights("AlexNet")


@pytest.mark.parametrize(
    ("name", "alpha", "said"),
    [
        ("VGG19", 1.0, "VGG16, ResNet50, EfficientNetB0, MobileNet, MobileNetV2"),
        ("MobileNet", 0.3, r"alpha = 0\.25, 0\.5, 0\.75, 1, not for 0\.3"),
        ("ResNet50", 0.5, r"alpha = 1, not for 0\.5"),
    ],
)
def test_what_is_not_published_is_named_beside_what_is(name: str, alpha: float, said: str) -> None:
    with pytest.raises(WeightsError, match=said):
        weights(name, alpha=alpha)


def test_source_classifiers_are_refused_since_they_were_learnt_on_other_weights() -> None:
    with pytest.raises(WeightsError, match="belong to the course's own weights"):
        pretrained.source_head("VGG16")


# What Keras itself asks for, in a process without a network: first with an empty cache, then with a damaged one.

_ASKED = """
import contextlib, io, json, os, shutil, warnings
from pathlib import Path
import keras
from data import WeightsError, official, weights

warnings.simplefilter("ignore")
WANTED = [("VGG16", 64), ("ResNet50", 64), ("EfficientNetB0", 64), ("MobileNet", 64), ("MobileNet", 128),
          ("MobileNetV2", 64), ("MobileNetV2", 96)]
cache = Path(os.environ["KERAS_HOME"], "models")
report = {}
for name, size in WANTED:
    asked = report[f"{name} {size}"] = {"address": official.official_file(name, size).address}
    asked["md5"] = official.official_file(name, size).md5
    def build():
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                getattr(keras.applications, name)(weights="imagenet", include_top=False, input_shape=(size, size, 3))
        except Exception as error:
            return said.getvalue() + str(error)
        return "loaded"
    def ask():
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                return weights(name, size)
        except WeightsError as error:
            return str(error)
    asked["keras, empty"], asked["ours, empty"] = build(), ask()
    cache.mkdir(exist_ok=True)
    damaged = cache / official.official_file(name, size).name
    damaged.write_bytes(b"\\x89HDF\\r\\n\\x1a\\n and no more")
    asked["ours, damaged"] = ask()
    if not damaged.exists():  # Keras removes what its checksum refuses when the new download fails
        damaged.write_bytes(b"\\x89HDF\\r\\n\\x1a\\n and no more")
    asked["keras, damaged"] = build()
    shutil.rmtree(cache)
print(json.dumps(report))
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, Any]]]:
    home = tmp_path_factory.mktemp("keras")
    return home, keras_cache.answer(_ASKED, keras_cache.surroundings(home))


@pytest.mark.slow
def test_keras_asks_for_the_addresses_of_the_table(asked: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    assert len(asked[1]) == 7
    for found in asked[1].values():
        assert f"URL fetch failure on {found['address']}:" in found["keras, empty"]


@pytest.mark.slow
def test_keras_finds_the_names_of_the_table_and_compares_with_their_checksums(
    asked: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    for found in asked[1].values():
        if found["md5"]:
            assert f"does not match the original value of {found['md5']}" in " ".join(found["keras, damaged"].split())
        else:
            assert "URL fetch failure" not in found["keras, damaged"]
            assert found["keras, damaged"] != "loaded"


@pytest.mark.slow
def test_without_a_network_one_sentence_names_file_address_and_folder(
    asked: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    home, report = asked
    for found in report.values():
        sentence = found["ours, empty"]
        assert f"download {found['address']} elsewhere and put the file into {home / 'models'};" in sentence
        assert "\n" not in sentence


@pytest.mark.slow
def test_a_damaged_file_is_never_taken(asked: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    for found in asked[1].values():
        sentence = found["ours, damaged"]
        assert found["address"] in sentence
        assert ("could not be downloaded" if found["md5"] else "is damaged") in sentence


# A file in Keras's cache, published without a checksum, so that nothing of Keras is replaced.

_LOADED = """
import json, os, warnings
from pathlib import Path
from tests import keras_cache
import keras, numpy as np
from data import pretrained, weights

warnings.simplefilter("ignore")
path = keras_cache.publish("MobileNet", Path(os.environ["KERAS_HOME"]))
base = keras.applications.MobileNet(weights=weights("MobileNet"), include_top=False, input_shape=(64, 64, 3))
# A second backbone, so that Keras's own numbers of nameless layers are not those of a fresh process.
again = pretrained.layers_of("MobileNet")
table = pretrained.digests("MobileNet")
references = list(table.values())
untouched = [table.get(pretrained.digest(weight.numpy())) for weight in base.weights]
changed = base.weights[0].numpy() + 1e-6
answer = {
    "answer": weights("MobileNet"), "file": str(pretrained.weights_file("MobileNet")), "published": str(path),
    "in order": untouched == references, "arrays": len(references), "first": references[0],
    "changed": table.get(pretrained.digest(changed)),
    "exact": all(np.array_equal(pretrained.array(name), weight.numpy())
                 for name, weight in zip(references, base.weights)),
    "same": [layer.name for layer in again.layers[1:]] == [layer.name for layer in base.layers[1:]],
}
print(json.dumps(answer))
"""


@pytest.mark.slow
def test_a_file_in_kerass_cache_is_loaded_and_known_array_by_array(tmp_path: Path) -> None:
    found = keras_cache.answer(_LOADED, keras_cache.surroundings(tmp_path / "keras"))
    assert found.pop("file") == found.pop("published")
    assert found == {
        "answer": "imagenet",
        "in order": True,
        "arrays": 135,
        "first": "MobileNet/conv1/kernel",
        "changed": None,
        "exact": True,
        "same": True,
    }
