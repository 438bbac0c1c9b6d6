"""Outlines: they pass through their control points, keep their sizes, and close without repeating a point."""

import numpy as np
import pytest

from data.drawing import ellipse, smooth_closed, smooth_open, tapered

SQUARE = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]


def _area(outline: np.ndarray) -> float:
    x, y = outline.T
    return 0.5 * abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))))


def test_an_ellipse_has_its_centre_its_radii_and_its_area() -> None:
    outline = ellipse((2.0, -1.0), (0.5, 0.25), points=360)
    np.testing.assert_allclose(outline.mean(axis=0), (2.0, -1.0), atol=1e-12)
    np.testing.assert_allclose(np.ptp(outline, axis=0), (1.0, 0.5), atol=1e-12)
    assert _area(outline) == pytest.approx(np.pi * 0.5 * 0.25, rel=1e-3)


def test_an_angle_turns_an_ellipse_clockwise_on_screen() -> None:
    first = ellipse((0.0, 0.0), (1.0, 0.1), angle=np.pi / 2)[0]
    np.testing.assert_allclose(first, (0.0, 1.0), atol=1e-12)  # from the right to below, for y points down


def test_a_smooth_open_curve_runs_through_every_control_point() -> None:
    curve = smooth_open(SQUARE, per_segment=8)
    np.testing.assert_allclose(curve[::8], SQUARE, atol=1e-12)


def test_a_smooth_closed_curve_runs_through_every_control_point_and_repeats_none() -> None:
    curve = smooth_closed(SQUARE, per_segment=8)
    assert curve.shape == (32, 2)
    np.testing.assert_allclose(curve[::8], SQUARE, atol=1e-12)
    assert len(np.unique(curve.round(9), axis=0)) == len(curve)
    assert _area(curve) > 1.0  # it bulges around the square


@pytest.mark.parametrize(("start", "end"), [(0.2, 0.2), (0.2, 0.05)])
def test_a_tapered_stroke_has_its_widths_and_round_ends(start: float, end: float) -> None:
    outline = tapered([(0.0, 0.0), (1.0, 0.0)], start, end)
    assert outline[:, 0].min() == pytest.approx(-start / 2, rel=0.05)
    assert outline[:, 0].max() == pytest.approx(1.0 + end / 2, rel=0.05)
    assert np.ptp(outline[:, 1]) == pytest.approx(start)
    assert np.isfinite(outline).all()


def test_a_stroke_whose_points_coincide_stays_finite() -> None:
    assert np.isfinite(tapered([(0.5, 0.5), (0.5, 0.5), (0.5, 0.5)], 0.1, 0.1)).all()
