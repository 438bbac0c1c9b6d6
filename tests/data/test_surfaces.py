"""Surfaces: redrawn to the pixel from their seeds, each defect clear against its sound twin, shares as stated."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data import datasets, surfaces
from data.surfaces.fittings import STYLES, Fitting, Look
from data.surfaces.plate import Framing, Plate
from data.surfaces.scene import compose, in_view

PARTS = datasets.PARTS["surfaces"]
DEFECTS = [kind for kind in surfaces.KINDS if kind != surfaces.GOOD]


def _rng(kind: str, number: int) -> np.random.Generator:
    return np.random.default_rng([9, surfaces.KINDS.index(kind), number])


def _shipped(part: str, kind: str, count: int) -> np.ndarray:
    pictures = []
    for number in range(count):
        with Image.open(datasets.IMAGES / "surfaces" / part / kind / f"{kind}_{number:03d}.png") as picture:
            assert picture.mode == "RGB"
            pictures.append(np.asarray(picture))
    return np.stack(pictures)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", surfaces.KINDS)
def test_the_first_shipped_files_are_redrawn_to_the_pixel(kind: str, part: str) -> None:
    drawn, _ = surfaces.sample(PARTS[part].seed, 2, datasets.SIZE, [kind])
    np.testing.assert_array_equal(drawn, _shipped(part, kind, 2))


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", surfaces.KINDS)
def test_every_shipped_file_is_redrawn_to_the_pixel(kind: str, part: str) -> None:
    count = PARTS[part].counts[kind]
    drawn, _ = surfaces.sample(PARTS[part].seed, count, datasets.SIZE, [kind])
    np.testing.assert_array_equal(drawn, _shipped(part, kind, count))


def test_the_shipped_folders_hold_nothing_else() -> None:
    for part, drawn_from in PARTS.items():
        root = datasets.IMAGES / "surfaces" / part
        counts = drawn_from.counts.items()
        expected = {Path(kind, f"{kind}_{number:03d}.png") for kind, count in counts for number in range(count)}
        found = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
        assert {path for path in found if not any(name.startswith(".") for name in path.parts)} == expected


def test_the_shipped_images_stay_small() -> None:
    assert sum(path.stat().st_size for path in (datasets.IMAGES / "surfaces").rglob("*.png")) < 4_500_000


@pytest.mark.parametrize("part", PARTS)
def test_the_shipped_parts_have_the_shares_of_production(part: str) -> None:
    counts = PARTS[part].counts
    assert list(counts) == list(surfaces.KINDS)
    for kind, share in surfaces.SHARES.items():
        assert abs(counts[kind] - share * sum(counts.values())) <= 1.0


def test_there_are_six_kinds_in_alphabetical_order() -> None:
    assert surfaces.KINDS == ("crack", "dent", "good", "missing", "scratch", "stain")
    assert tuple(surfaces.SHARES) == surfaces.KINDS


def test_any_subset_in_any_order_is_drawn_alike() -> None:
    whole, _ = surfaces.sample(7, 2, 32)
    some, labels = surfaces.sample(7, 1, 32, ["stain", "dent"])
    assert labels.tolist() == [0, 1]
    for picture, kind in zip(some, ("stain", "dent"), strict=True):
        np.testing.assert_array_equal(picture, whole[2 * surfaces.KINDS.index(kind)])


@pytest.mark.parametrize("size", [5, 12, 16, 64, 100])
def test_pictures_have_the_size_asked_for_and_labels_by_position(size: int) -> None:
    images, labels = surfaces.sample(1, 1, size, ["scratch", "good", "missing"])
    assert images.shape == (3, size, size, 3)
    assert images.dtype == np.uint8
    assert labels.tolist() == [0, 1, 2]
    assert labels.dtype == np.int64


@pytest.mark.parametrize("kind", surfaces.KINDS)
def test_a_larger_picture_shows_the_same_surface(kind: str) -> None:
    small = surfaces.twins(kind, _rng(kind, 1), 32)[1].astype(np.float64)
    large = surfaces.twins(kind, _rng(kind, 1), 96)[1].astype(np.float64)
    reduced = large.reshape(32, 3, 32, 3, 3).mean(axis=(1, 3))
    assert np.corrcoef(small.ravel(), reduced.ravel())[0, 1] > 0.8


def test_another_seed_draws_other_pictures() -> None:
    assert not np.array_equal(surfaces.sample(1, 1, 32, ["good"])[0], surfaces.sample(2, 1, 32, ["good"])[0])


def test_one_picture_is_drawn_from_a_generator() -> None:
    image = surfaces.draw("crack", np.random.default_rng([1, surfaces.KINDS.index("crack"), 0]), 32)
    np.testing.assert_array_equal(image, surfaces.sample(1, 1, 32, ["crack"])[0][0])


@pytest.mark.parametrize("kind", DEFECTS)
@pytest.mark.parametrize("number", range(3))
def test_a_defect_differs_visibly_from_its_sound_twin_in_a_part_of_the_picture(kind: str, number: int) -> None:
    damaged, sound = surfaces.twins(kind, _rng(kind, number))
    np.testing.assert_array_equal(damaged, surfaces.draw(kind, _rng(kind, number)))
    changed = np.abs(damaged.astype(int) - sound).max(axis=2)
    assert np.count_nonzero(changed > 20) >= 12
    assert np.mean(changed > 4) < 0.6, "the light or the whole surface has changed, not a place on it"


def test_a_sound_surface_is_its_own_twin() -> None:
    picture, twin = surfaces.twins("good", _rng("good", 0), 32)
    np.testing.assert_array_equal(picture, twin)


@pytest.mark.parametrize("kind", [kind for kind in DEFECTS if kind != "missing"])
def test_the_sound_twin_is_the_good_picture_of_the_same_generator(kind: str) -> None:
    np.testing.assert_array_equal(
        surfaces.twins(kind, _rng("good", 4), 32)[1], surfaces.draw("good", _rng("good", 4), 32)
    )


def test_what_can_be_missing_lies_in_the_picture() -> None:
    for seed in range(12):
        plate, parts = compose(np.random.default_rng(seed), 16, with_parts=True)
        assert in_view(plate, parts)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("drilled", [False, True])
def test_a_fitting_and_its_absence_look_different(style: str, drilled: bool) -> None:
    fitting = Fitting(0.0, 0.0, 0.3, Look(style, 0.1, (0.8, 0.6, 0.2), drilled))
    mounted, absent = (Plate(32, Framing((0.5, 0.5), 0.0, 1.0)) for _ in range(2))
    fitting.mount(mounted)
    fitting.leave_out(absent)
    assert np.abs(mounted.albedo - absent.albedo).max() > 0.2
    untouched = np.array_equal(absent.albedo, Plate(32, Framing((0.5, 0.5), 0.0, 1.0)).albedo)
    assert untouched == (style == "hole" or not drilled)


def test_a_fitting_beside_the_picture_changes_nothing() -> None:
    plate = Plate(16, Framing((0.5, 0.5), 0.0, 1.0))
    fitting = Fitting(3.0, 0.0, 0.0, Look("rivet", 0.1, (0.8, 0.6, 0.2), True))
    fitting.mount(plate)
    fitting.leave_out(plate)
    assert np.all(plate.albedo == 0.5)


@pytest.mark.slow
def test_production_follows_its_shares() -> None:
    _, labels = surfaces.production(5, 400, 8)
    expected = np.array([surfaces.SHARES[kind] for kind in surfaces.KINDS])
    assert expected.sum() == pytest.approx(1.0)
    # Five standard errors of the share that 400 pictures show.
    error = np.sqrt(expected * (1.0 - expected) / 400)
    assert np.all(np.abs(np.bincount(labels, minlength=6) / 400 - expected) < 5.0 * error)


def test_a_picture_of_production_depends_on_the_seed_and_its_number_alone() -> None:
    few, labels = surfaces.production(5, 3, 16)
    more, names = surfaces.production(5, 6, 16)
    np.testing.assert_array_equal(few, more[:3])
    np.testing.assert_array_equal(labels, names[:3])
    assert not np.array_equal(surfaces.production(6, 3, 16)[0], few)


def test_no_pictures_keep_their_shape() -> None:
    for images, labels in (surfaces.sample(1, 0, 16), surfaces.production(1, 0, 16)):
        assert images.shape == (0, 16, 16, 3)
        assert labels.shape == (0,)


def test_an_unknown_kind_is_named_beside_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"'rust'.*crack.*stain"):
        surfaces.draw("rust", np.random.default_rng(0))
    with pytest.raises(ValueError, match="'rust'"):
        surfaces.sample(1, 1, 16, ["good", "rust"])


@pytest.mark.parametrize(("seed", "number", "named"), [(-1, 1, "seed"), (1, -1, "number")])
def test_a_negative_seed_or_number_is_refused(seed: int, number: int, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        surfaces.sample(seed, number)
    with pytest.raises(ValueError, match=named):
        surfaces.production(seed, number)


@pytest.mark.parametrize("kind", surfaces.KINDS)
def test_a_kind_varies_and_shows_something(kind: str) -> None:
    images, _ = surfaces.sample(11, 4, 32, [kind])
    assert len({image.tobytes() for image in images}) == 4
    assert all(image.std() > 3.0 for image in images)
