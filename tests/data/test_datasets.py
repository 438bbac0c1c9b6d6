"""The shipped folders: what load and folder answer, what they refuse, and that no test image was trained on."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import data
from data import DatasetError, critters, datasets

NEAR = 0.9
"""Tolerance: no test image is nearer to a training image than 0.9 times the two nearest training images."""

SPREAD = {"critters": 0.05, "surfaces": 0.18}
"""Tolerance: three standard errors (bootstrap) of the ratio of the median distances compared below."""


def _write(path: Path, grey: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((datasets.SIZE, datasets.SIZE, 3), grey, dtype=np.uint8)).save(path)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of two plain images of each kind in place of the shipped one; its training part."""
    monkeypatch.setattr(datasets, "IMAGES", tmp_path)
    part = datasets.Part(1, dict.fromkeys(critters.KINDS, 2))
    monkeypatch.setattr(datasets, "PARTS", {"critters": {"train": part}})
    for label, kind in enumerate(critters.KINDS):
        for number in range(2):
            _write(tmp_path / "critters" / "train" / kind / f"{kind}_{number:03d}.png", 10 * label + number)
    return tmp_path / "critters" / "train"


SETS = [(name, part) for name, parts in datasets.PARTS.items() for part in parts]


@pytest.mark.parametrize(("name", "part"), SETS)
def test_a_folder_holds_one_folder_of_images_for_each_class(name: str, part: str) -> None:
    path, counts = data.folder(name, part), datasets.PARTS[name][part].counts
    assert sorted(child.name for child in path.iterdir() if not child.name.startswith(".")) == list(counts)
    assert {kind: len(list((path / kind).glob("*.png"))) for kind in counts} == counts


@pytest.mark.parametrize(
    ("name", "part"),
    [("critters", "validation"), ("surfaces", "fresh"), ("dogs", "train"), ("../critters", "train")],
)
def test_an_unknown_set_or_part_is_named_beside_the_known_ones(name: str, part: str) -> None:
    with pytest.raises(DatasetError, match=r"critters.*train, test.*surfaces.*train, test"):
        data.folder(name, part)


def test_a_missing_folder_is_named_with_the_way_out(small: Path) -> None:
    shutil.rmtree(small)
    with pytest.raises(DatasetError, match=r"critters.train is missing.*python -m data draw"):
        data.load("critters", "train")


def test_load_gives_all_images_grouped_by_class() -> None:
    images, labels = data.load("critters", "test")
    assert images.shape == (300, 64, 64, 3)
    assert images.dtype == np.uint8
    np.testing.assert_array_equal(labels, np.repeat(np.arange(10), 30))
    assert labels.dtype == np.int64


def test_load_gives_the_first_images_of_each_class() -> None:
    images, labels = data.load("critters", "train", 2)
    drawn, positions = critters.sample(datasets.PARTS["critters"]["train"].seed, 2, 64)
    np.testing.assert_array_equal(images, drawn)
    np.testing.assert_array_equal(labels, positions)


@pytest.mark.parametrize("per_kind", [61, 0, -1])
def test_load_refuses_more_images_than_there_are_or_fewer_than_one(per_kind: int) -> None:
    with pytest.raises(DatasetError, match=f"60 images of each kind; {per_kind} were asked for"):
        data.load("critters", "train", per_kind)


def test_load_gives_the_surfaces_in_their_shares() -> None:
    images, labels = data.load("surfaces", "test")
    assert images.shape == (240, 64, 64, 3)
    assert np.bincount(labels).tolist() == list(datasets.PARTS["surfaces"]["test"].counts.values())


def test_load_limits_each_class_of_an_uneven_set() -> None:
    images, labels = data.load("surfaces", "train", 3)
    np.testing.assert_array_equal(labels, np.repeat(np.arange(6), 3))
    np.testing.assert_array_equal(images[6:9], data.load("surfaces", "train", kinds=["good"])[0][:3])


def test_load_refuses_more_images_than_the_rarest_chosen_class_has() -> None:
    with pytest.raises(DatasetError, match="5 images of kind 'crack'; 6 were asked for"):
        data.load("surfaces", "train", 6)
    assert len(data.load("surfaces", "train", 6, kinds=("dent", "good"))[0]) == 12


def test_chosen_kinds_are_labelled_in_the_order_of_the_choice() -> None:
    images, labels = data.load("critters", "train", 3, kinds=("dog", "cat"))
    whole = data.load("critters", "train", 3)[0]
    assert labels.tolist() == [0, 0, 0, 1, 1, 1]
    first = [3 * critters.KINDS.index(kind) for kind in ("dog", "cat")]
    np.testing.assert_array_equal(images, np.concatenate([whole[start : start + 3] for start in first]))


@pytest.mark.parametrize(
    ("kinds", "named"), [(("cat", "wolf"), "no 'wolf'"), ((), "one at least"), (("cat", "cat"), "each kind once")]
)
def test_an_impossible_choice_of_kinds_is_named_beside_the_known_ones(kinds: tuple[str, ...], named: str) -> None:
    with pytest.raises(DatasetError, match=rf"{named}.*bird.*turtle"):
        data.load("critters", "test", kinds=kinds)


@pytest.mark.parametrize("lost", ["cat/cat_001.png", "cat"])
def test_load_says_where_images_are_lost_and_how_to_draw_them_again(small: Path, lost: str) -> None:
    path = small / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(DatasetError, match=r"train.cat has lost images.*python -m data draw"):
        data.load("critters", "train")


def test_folders_that_tools_leave_behind_are_no_classes(small: Path) -> None:
    _write(small / ".ipynb_checkpoints" / "cat_000-checkpoint.png", 255)
    (small / "cat" / ".ipynb_checkpoints").mkdir()
    images, labels = data.load("critters", "train")
    assert images[:, 0, 0, 0].tolist() == [10 * label + number for label in range(10) for number in range(2)]
    assert labels.tolist() == [label for label in range(10) for _ in range(2)]


@pytest.mark.slow
@pytest.mark.parametrize("name", datasets.PARTS)
def test_keras_reads_the_folders_with_the_same_labels(name: str) -> None:
    import keras  # noqa: PLC0415  (takes seconds)

    read = keras.utils.image_dataset_from_directory(
        data.folder(name, "test"), image_size=(64, 64), batch_size=None, shuffle=False, verbose=False
    )
    images, labels = data.load(name, "test")
    assert read.class_names == list(datasets.PARTS[name]["test"].counts)
    pairs = list(read.as_numpy_iterator())
    np.testing.assert_array_equal(np.stack([image for image, _ in pairs]), images)
    np.testing.assert_array_equal([label for _, label in pairs], labels)


def test_drawing_writes_files_one_by_one_that_hold_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = datasets.PARTS["critters"]["test"]
    few = {"test": replace(shipped, counts=dict.fromkeys(shipped.counts, 1))}
    monkeypatch.setitem(datasets.PARTS, "critters", few)
    paths = datasets.draw_part("critters", "test", tmp_path)
    first = next(paths)
    assert first == tmp_path / "critters" / "test" / "bird" / "bird_000.png"
    with Image.open(first) as picture:
        np.testing.assert_array_equal(np.asarray(picture), data.load("critters", "test", 1)[0][0])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [first]


@pytest.mark.parametrize(("name", "train", "test"), [("critters", 600, 300), ("surfaces", 320, 240)])
def test_no_test_image_is_a_training_image(name: str, train: int, test: int) -> None:
    trained = {hashlib.sha256(image.tobytes()).digest() for image in data.load(name, "train")[0]}
    tested = {hashlib.sha256(image.tobytes()).digest() for image in data.load(name, "test")[0]}
    assert len(trained) == train
    assert len(tested) == test
    assert not trained & tested


def _distances(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the root mean square difference, in grey levels, of each image from each of the others."""
    a, b = (images.reshape(len(images), -1).astype(np.float64) for images in (first, second))
    squares = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1) - 2.0 * a @ b.T
    return np.asarray(np.sqrt(np.maximum(squares, 0.0) / a.shape[1]))


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("name", datasets.PARTS)
def test_no_test_image_is_nearly_a_training_image(name: str, mirrored: bool) -> None:
    trained, tested = data.load(name, "train")[0], data.load(name, "test")[0]
    within = _distances(trained, trained)
    np.fill_diagonal(within, np.inf)
    across = _distances(tested[:, :, ::-1] if mirrored else tested, trained)
    assert across.min() >= NEAR * within.min()
    assert np.median(across.min(axis=1)) == pytest.approx(np.median(within.min(axis=1)), rel=SPREAD[name])


def test_every_shipped_image_has_its_checksum_and_no_other_is_listed() -> None:
    listed = (datasets.IMAGES / datasets.CHECKSUMS).read_text(encoding="ascii")
    assert len(listed.splitlines()) == 900 + 560
    assert datasets.checksums() == listed


def test_a_changed_image_changes_its_checksum(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(b"one")
    before = datasets.checksums(tmp_path)
    (tmp_path / "cat.png").write_bytes(b"two")
    assert before.endswith("  cat.png\n")
    assert datasets.checksums(tmp_path) != before
