"""Critters: the shipped files are redrawn to the pixel from their seeds, in any subset, at any size."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data import critters, datasets

PARTS = datasets.PARTS["critters"]


def _shipped(part: str, kind: str, numbers: range) -> np.ndarray:
    folder = datasets.IMAGES / "critters" / part / kind
    pictures = []
    for number in numbers:
        with Image.open(folder / f"{kind}_{number:03d}.png") as picture:
            assert picture.mode == "RGB"
            pictures.append(np.asarray(picture))
    return np.stack(pictures)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", critters.KINDS)
def test_the_first_shipped_files_are_redrawn_to_the_pixel(kind: str, part: str) -> None:
    drawn, _ = critters.sample(PARTS[part].seed, 2, datasets.SIZE, [kind])
    np.testing.assert_array_equal(drawn, _shipped(part, kind, range(2)))


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", critters.KINDS)
def test_every_shipped_file_is_redrawn_to_the_pixel(kind: str, part: str) -> None:
    seed, per_kind = PARTS[part].seed, PARTS[part].counts[kind]
    drawn, _ = critters.sample(seed, per_kind, datasets.SIZE, [kind])
    np.testing.assert_array_equal(drawn, _shipped(part, kind, range(per_kind)))


def test_there_are_ten_kinds_in_alphabetical_order() -> None:
    assert len(set(critters.KINDS)) == 10
    assert list(critters.KINDS) == sorted(critters.KINDS)


def test_any_subset_in_any_order_is_drawn_alike() -> None:
    whole, _ = critters.sample(7, 2, 32)
    some, labels = critters.sample(7, 1, 32, ["turtle", "cat"])
    assert labels.tolist() == [0, 1]
    for picture, kind in zip(some, ("turtle", "cat"), strict=True):
        np.testing.assert_array_equal(picture, whole[2 * critters.KINDS.index(kind)])


@pytest.mark.parametrize("size", [16, 64, 96])
def test_pictures_have_the_size_asked_for_and_labels_by_position(size: int) -> None:
    images, labels = critters.sample(1, 2, size, ["fish", "bird"])
    assert images.shape == (4, size, size, 3)
    assert images.dtype == np.uint8
    assert labels.tolist() == [0, 0, 1, 1]
    assert labels.dtype == np.int64


@pytest.mark.parametrize("kind", critters.KINDS)
def test_a_kind_varies_and_fills_its_range_of_light(kind: str) -> None:
    images, _ = critters.sample(11, 4, 32, [kind])
    assert len({image.tobytes() for image in images}) == 4
    assert all(np.ptp(image) > 60 for image in images), "a picture without contrast shows nothing"


def test_another_seed_draws_other_pictures() -> None:
    assert not np.array_equal(critters.sample(1, 1, 32, ["frog"])[0], critters.sample(2, 1, 32, ["frog"])[0])


def test_one_picture_is_drawn_from_a_generator() -> None:
    image = critters.draw("snail", np.random.default_rng([1, critters.KINDS.index("snail"), 0]), 32)
    np.testing.assert_array_equal(image, critters.sample(1, 1, 32, ["snail"])[0][0])


def test_no_pictures_keep_their_shape() -> None:
    images, labels = critters.sample(1, 0, 16)
    assert images.shape == (0, 16, 16, 3)
    assert labels.shape == (0,)


def test_an_unknown_kind_is_named_beside_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"'unicorn'.*bird.*turtle"):
        critters.draw("unicorn", np.random.default_rng(0))
    with pytest.raises(ValueError, match="'unicorn'"):
        critters.sample(1, 1, 16, ["cat", "unicorn"])


@pytest.mark.parametrize(("seed", "per_kind", "named"), [(-1, 1, "seed"), (1, -1, "number")])
def test_a_negative_seed_or_number_is_refused(seed: int, per_kind: int, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        critters.sample(seed, per_kind)


def test_the_shipped_folders_hold_nothing_else() -> None:
    for part, drawn_from in PARTS.items():
        root = datasets.IMAGES / "critters" / part
        counts = drawn_from.counts.items()
        expected = {Path(kind, f"{kind}_{number:03d}.png") for kind, count in counts for number in range(count)}
        found = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
        assert {path for path in found if not any(name.startswith(".") for name in path.parts)} == expected
