"""Colours stay in range, every texture covers between nothing and its strength, and chance alone sets the phase."""

import numpy as np
import pytest

from data.drawing import Paint, Texture, hsv, jitter
from data.drawing.paint import coverage, value_noise

AXIS = np.linspace(0.0, 1.0, 48)
X, Y = np.meshgrid(AXIS, AXIS)


def _cover(texture: Texture, seed: int = 0, strength: float = 1.0) -> np.ndarray:
    paint = Paint((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), texture, scale=0.2, angle=0.4, strength=strength)
    return coverage(paint, X, Y, np.random.default_rng(seed))


@pytest.mark.parametrize("texture", Texture)
def test_a_texture_covers_from_nothing_to_its_strength(texture: Texture) -> None:
    share = _cover(texture, strength=0.6)
    assert share.shape == X.shape
    assert 0.0 <= share.min() <= share.max() <= 0.6 + 1e-12


@pytest.mark.parametrize("texture", Texture)
def test_a_texture_varies_over_the_shape_and_only_the_plain_one_does_not(texture: Texture) -> None:
    assert (np.ptp(_cover(texture)) < 1e-12) == (texture is Texture.PLAIN)


@pytest.mark.parametrize("texture", Texture)
def test_the_same_generator_gives_the_same_texture(texture: Texture) -> None:
    np.testing.assert_array_equal(_cover(texture, 3), _cover(texture, 3))


def test_another_generator_gives_another_phase() -> None:
    assert not np.array_equal(_cover(Texture.STRIPES, 3), _cover(Texture.STRIPES, 4))


def test_noise_is_smooth_and_between_0_and_1() -> None:
    field = value_noise(X * 3.0, Y * 3.0, np.random.default_rng(0))
    assert 0.0 <= field.min() < field.max() <= 1.0
    assert np.abs(np.diff(field, axis=0)).max() < 0.25


@pytest.mark.parametrize(
    ("turn", "colour"), [(0.0, (1.0, 0.0, 0.0)), (1.0, (1.0, 0.0, 0.0)), (-2 / 3, (0.0, 1.0, 0.0))]
)
def test_hues_wrap(turn: float, colour: tuple[float, float, float]) -> None:
    np.testing.assert_allclose(hsv(turn, 1.0, 1.0), colour, atol=1e-9)


def test_saturation_and_value_are_clipped() -> None:
    assert hsv(0.3, -1.0, 2.0) == (1.0, 1.0, 1.0)


def test_a_jittered_colour_stays_near_and_in_range() -> None:
    moved = jitter(np.random.default_rng(1), (0.02, 0.5, 0.99), 0.06)
    assert all(0.0 <= channel <= 1.0 for channel in moved)
    np.testing.assert_allclose(moved, (0.02, 0.5, 0.99), atol=0.06)
