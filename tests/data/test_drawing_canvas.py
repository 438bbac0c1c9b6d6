"""The canvas: shapes land where the pose puts them, light falls from its side, and the picture is 8-bit RGB."""

import numpy as np
import pytest

from data.drawing import Canvas, Paint, Pose, Texture, uneven

RED = Paint((1.0, 0.0, 0.0), relief=0.0)
GREY = Paint((0.5, 0.5, 0.5), relief=0.0)
BOX = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]


def _canvas(size: int = 32, light: float = -np.pi / 2) -> Canvas:
    return Canvas(size, np.random.default_rng(0), light)


def _red(canvas: Canvas) -> np.ndarray:
    picture = canvas.finish(noise=0.0).astype(int)
    return np.asarray(picture[:, :, 0] - picture[:, :, 1] > 100)


@pytest.mark.parametrize("size", [1, 16, 64, 96])
def test_a_picture_has_its_size_and_is_8_bit_rgb(size: int) -> None:
    canvas = _canvas(size)
    canvas.background(GREY)
    picture = canvas.finish()
    assert picture.shape == (size, size, 3)
    assert picture.dtype == np.uint8


def test_a_shape_without_pose_is_given_in_shares_of_the_side() -> None:
    canvas = _canvas()
    canvas.polygon([(0.25, 0.5), (0.75, 0.5), (0.75, 1.0), (0.25, 1.0)], RED)
    rows, columns = np.nonzero(_red(canvas))
    assert (rows.min(), rows.max()) == (16, 31)
    assert (columns.min(), columns.max()) in {(8, 23), (8, 24)}  # the outline itself belongs to the shape


def test_a_pose_scales_and_moves_a_shape() -> None:
    canvas = _canvas()
    canvas.pose = Pose(centre=(0.25, 0.75), scale=0.125)
    canvas.polygon(BOX, RED)
    rows, columns = np.nonzero(_red(canvas))
    assert abs(rows.mean() - 23.5) <= 0.5
    assert abs(columns.mean() - 7.5) <= 0.5
    assert 8 <= np.ptp(rows) + 1 <= 9


def test_a_pose_mirrors_stretches_turns_then_moves() -> None:
    points = [(1.0, 0.0), (0.0, 1.0)]
    np.testing.assert_allclose(Pose((0.5, 0.5), 0.1, mirrored=True).place(points), [(0.4, 0.5), (0.5, 0.6)])
    np.testing.assert_allclose(Pose((0.5, 0.5), 0.1, stretch=2.0).place(points), [(0.7, 0.5), (0.5, 0.6)])
    np.testing.assert_allclose(Pose((0.5, 0.5), 0.1, angle=np.pi / 2).place(points), [(0.5, 0.6), (0.4, 0.5)])


def test_a_shape_outside_the_picture_changes_nothing() -> None:
    canvas = _canvas()
    canvas.background(GREY)
    before = canvas.finish(noise=0.0)
    canvas.ellipse((3.0, 3.0), (0.2, 0.2), RED)
    np.testing.assert_array_equal(canvas.finish(noise=0.0), before)


@pytest.mark.parametrize(("light", "brighter"), [(-np.pi / 2, "top"), (np.pi / 2, "bottom")])
def test_a_modelled_shape_is_brighter_where_the_light_comes_from(light: float, brighter: str) -> None:
    canvas = _canvas(64, light)
    canvas.ellipse((0.5, 0.5), (0.4, 0.4), Paint((0.5, 0.5, 0.5), relief=1.0))
    picture = canvas.finish(noise=0.0).astype(float)
    top, bottom = picture[10:20, 28:36].mean(), picture[44:54, 28:36].mean()
    assert (top > bottom + 20) == (brighter == "top")
    assert (bottom > top + 20) == (brighter == "bottom")


def test_a_shadow_darkens_its_place_alone() -> None:
    canvas = _canvas(64)
    canvas.background(GREY)
    before = canvas.finish(noise=0.0).astype(int)
    canvas.shadow((0.5, 0.75), (0.2, 0.05))
    darker = before - canvas.finish(noise=0.0)
    assert darker[48, 32].min() > 20
    assert np.abs(darker[:20]).max() == 0
    assert darker.min() >= 0


def test_a_wash_mixes_its_colour_in_by_its_amount() -> None:
    canvas = _canvas()
    canvas.background(GREY)
    canvas.wash((1.0, 0.0, 0.0), np.array([[0.0, 1.0]]))
    picture = canvas.finish(noise=0.0).astype(int)
    redness = picture[16, :, 0] - picture[16, :, 1]
    assert abs(redness[0]) < 20
    assert redness[-1] > 200
    assert (np.diff(redness) >= 0).all()


def test_noise_and_softness_do_what_they_say() -> None:
    def spread(noise: float, softness: float) -> float:
        canvas = _canvas(64)
        canvas.background(GREY)
        return float(canvas.finish(noise, softness)[20:40, 20:40].std(axis=1).mean())

    assert spread(0.0, 0.0) < 1e-9
    assert spread(0.05, 0.0) == pytest.approx(0.05 * 255.0, rel=0.15)
    assert spread(0.05, 2.0) < 0.5 * spread(0.05, 0.0)


def test_the_same_generator_paints_the_same_picture() -> None:
    pictures = []
    for _ in range(2):
        canvas = _canvas()
        canvas.background(Paint((0.2, 0.4, 0.6), (0.9, 0.8, 0.1), Texture.CLOUDS))
        canvas.wash((0.0, 0.0, 0.0), uneven(canvas.rng))
        pictures.append(canvas.finish())
    np.testing.assert_array_equal(pictures[0], pictures[1])


def test_an_uneven_pattern_lies_between_0_and_1() -> None:
    pattern = uneven(np.random.default_rng(2), cells=4.0, points=40)
    assert pattern.shape == (40, 40)
    assert 0.0 <= pattern.min() < pattern.max() <= 1.0
