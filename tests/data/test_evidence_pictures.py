"""The images of the proof: fresh, in rounds of one of each class, kept; photographs are divided by the seed."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data import critters, load
from data.evidence import pictures
from data.evidence.pictures import PHOTOGRAPHS_VARIABLE, PicturesError, missing, task

Images = np.ndarray


def _digests(images: Images) -> set[bytes]:
    return {image.tobytes() for image in images}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pictures.Task]:
    folder = tmp_path_factory.mktemp("evidence")
    return folder, task("critters", 1, 3, 2, folder)


@pytest.mark.slow
def test_the_first_rounds_are_the_first_of_each_kind(drawn: tuple[Path, pictures.Task]) -> None:
    found = drawn[1]
    assert found.classes == 10
    assert found.train.shape == (30, 64, 64, 3)
    assert found.test.shape == (20, 64, 64, 3)
    images, labels = critters.sample(40_001, 2)
    order = np.argsort(found.train_labels[:20], kind="stable")
    np.testing.assert_array_equal(found.train[:20][order], images)
    np.testing.assert_array_equal(found.train_labels[:20][order], labels)


@pytest.mark.slow
def test_test_images_are_the_same_for_all_seeds_and_none_is_trained_on_or_shipped(
    drawn: tuple[Path, pictures.Task],
) -> None:
    folder, first = drawn
    second = task("critters", 2, 3, 2, folder)
    np.testing.assert_array_equal(first.test, second.test)
    seen = _digests(first.train) | _digests(second.train)
    assert len(seen) == 60
    shipped = _digests(load("critters", "train")[0]) | _digests(load("critters", "test")[0])
    assert not _digests(first.test) & (seen | shipped)


@pytest.mark.slow
def test_kept_images_are_used_unless_they_would_be_drawn_otherwise_now(drawn: tuple[Path, pictures.Task]) -> None:
    folder, found = drawn
    kept = folder / "critters-40001-3.npz"
    changed = found.train.copy()
    changed[-1] = 7
    np.savez(kept, images=changed)
    np.testing.assert_array_equal(task("critters", 1, 3, 2, folder).train, changed)
    changed[0] = 7
    np.savez(kept, images=changed)
    np.testing.assert_array_equal(task("critters", 1, 3, 2, folder).train, found.train)


@pytest.fixture
def photographs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two classes of six photographs, told apart by their colour."""
    rng = np.random.default_rng(0)
    for label, name in enumerate(("daisy", "rose")):
        folder = tmp_path / "flowers" / name
        folder.mkdir(parents=True)
        for number in range(6):
            noise = rng.integers(0, 90, (80, 100, 3)).astype(np.uint8)
            noise[..., 2 * label] += 150
            Image.fromarray(noise).save(folder / f"{number}.jpg", quality=95)
    monkeypatch.setenv(PHOTOGRAPHS_VARIABLE, str(tmp_path))
    pictures._read.cache_clear()
    return tmp_path


def test_photographs_are_trained_on_or_tested_on_never_both(photographs: Path, tmp_path: Path) -> None:
    assert missing("flowers") == ""
    found, again, other = (task("flowers", seed, 4, 0, tmp_path) for seed in (1, 1, 2))
    assert (found.classes, len(found.train), len(found.test)) == (2, 8, 4)
    assert len(_digests(found.train) | _digests(found.test)) == 12
    assert list(found.train_labels) == [0, 1] * 4
    for images, labels in ((found.train, found.train_labels), (found.test, found.test_labels)):
        reddest = images.mean(axis=(1, 2)).argmax(axis=1)
        np.testing.assert_array_equal(reddest, 2 * labels)
    np.testing.assert_array_equal(found.train, again.train)
    assert _digests(found.test) != _digests(other.test)


def test_too_few_photographs_are_named(photographs: Path, tmp_path: Path) -> None:
    with pytest.raises(PicturesError, match=r"daisy has 6 images; more than 6 are needed"):
        task("flowers", 1, 6, 0, tmp_path)


@pytest.mark.parametrize("folder", [None, "nowhere"])
def test_without_photographs_it_says_what_is_missing(
    folder: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PHOTOGRAPHS_VARIABLE, raising=False)
    if folder:
        monkeypatch.setenv(PHOTOGRAPHS_VARIABLE, str(tmp_path / folder))
    assert PHOTOGRAPHS_VARIABLE in missing("flowers")
    assert missing("critters") == missing("surfaces") == ""
    with pytest.raises(PicturesError, match=PHOTOGRAPHS_VARIABLE):
        task("flowers", 1, 2, 0, tmp_path)
