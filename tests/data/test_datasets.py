"""The shipped folders: what load and folder answer, what they refuse, and that no test image was trained on."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import data
from data import DatasetError, critters, datasets

NEAR = 0.9
"""Tolerance: no test image is nearer to a training image than 0.9 times the two nearest training images."""


def _write(path: Path, grey: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((datasets.SIZE, datasets.SIZE, 3), grey, dtype=np.uint8)).save(path)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of two plain images of each kind in place of the shipped one; its training part."""
    monkeypatch.setattr(datasets, "IMAGES", tmp_path)
    monkeypatch.setattr(datasets, "PARTS", {"train": (1, 2)})
    for label, kind in enumerate(critters.KINDS):
        for number in range(2):
            _write(tmp_path / "critters" / "train" / kind / f"{kind}_{number:03d}.png", 10 * label + number)
    return tmp_path / "critters" / "train"


def test_a_folder_holds_one_folder_of_images_for_each_class() -> None:
    for part, (_, per_kind) in datasets.PARTS.items():
        path = data.folder("critters", part)
        assert sorted(child.name for child in path.iterdir() if not child.name.startswith(".")) == list(critters.KINDS)
        assert all(len(list((path / kind).glob("*.png"))) == per_kind for kind in critters.KINDS)


@pytest.mark.parametrize(("name", "part"), [("critters", "validation"), ("dogs", "train"), ("../critters", "train")])
def test_an_unknown_set_or_part_is_named_beside_the_known_ones(name: str, part: str) -> None:
    with pytest.raises(DatasetError, match=r"critters.*train, test"):
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
    drawn, positions = critters.sample(datasets.PARTS["train"][0], 2, 64)
    np.testing.assert_array_equal(images, drawn)
    np.testing.assert_array_equal(labels, positions)


@pytest.mark.parametrize("per_kind", [61, 0, -1])
def test_load_refuses_more_images_than_there_are_or_fewer_than_one(per_kind: int) -> None:
    with pytest.raises(DatasetError, match=f"60 images of each kind; {per_kind} were asked for"):
        data.load("critters", "train", per_kind)


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
def test_keras_reads_the_folders_with_the_same_labels() -> None:
    import keras  # noqa: PLC0415  (takes seconds)

    read = keras.utils.image_dataset_from_directory(
        data.folder("critters", "test"), image_size=(64, 64), batch_size=None, shuffle=False, verbose=False
    )
    images, labels = data.load("critters", "test")
    assert read.class_names == list(critters.KINDS)
    pairs = list(read.as_numpy_iterator())
    np.testing.assert_array_equal(np.stack([image for image, _ in pairs]), images)
    np.testing.assert_array_equal([label for _, label in pairs], labels)


def test_drawing_writes_files_one_by_one_that_hold_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(datasets.PARTS, "test", (datasets.PARTS["test"][0], 1))
    paths = datasets.draw_critters("test", tmp_path)
    first = next(paths)
    assert first == tmp_path / "critters" / "test" / "bird" / "bird_000.png"
    with Image.open(first) as picture:
        np.testing.assert_array_equal(np.asarray(picture), data.load("critters", "test", 1)[0][0])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [first]


def test_no_test_image_is_a_training_image() -> None:
    trained = {hashlib.sha256(image.tobytes()).digest() for image in data.load("critters", "train")[0]}
    tested = {hashlib.sha256(image.tobytes()).digest() for image in data.load("critters", "test")[0]}
    assert len(trained) == 600
    assert len(tested) == 300
    assert not trained & tested


def _distances(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the root mean square difference, in grey levels, of each image from each of the others."""
    a, b = (images.reshape(len(images), -1).astype(np.float64) for images in (first, second))
    squares = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1) - 2.0 * a @ b.T
    return np.asarray(np.sqrt(np.maximum(squares, 0.0) / a.shape[1]))


@pytest.mark.parametrize("mirrored", [False, True])
def test_no_test_image_is_nearly_a_training_image(mirrored: bool) -> None:
    trained, tested = data.load("critters", "train")[0], data.load("critters", "test")[0]
    within = _distances(trained, trained)
    np.fill_diagonal(within, np.inf)
    across = _distances(tested[:, :, ::-1] if mirrored else tested, trained)
    assert across.min() >= NEAR * within.min()
    assert np.median(across.min(axis=1)) == pytest.approx(np.median(within.min(axis=1)), rel=0.05)


def test_every_shipped_image_has_its_checksum_and_no_other_is_listed() -> None:
    listed = (datasets.IMAGES / datasets.CHECKSUMS).read_text(encoding="ascii")
    assert len(listed.splitlines()) == 900
    assert datasets.checksums() == listed


def test_a_changed_image_changes_its_checksum(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(b"one")
    before = datasets.checksums(tmp_path)
    (tmp_path / "cat.png").write_bytes(b"two")
    assert before.endswith("  cat.png\n")
    assert datasets.checksums(tmp_path) != before
