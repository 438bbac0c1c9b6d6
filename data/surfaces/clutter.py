"""What a sound surface carries, too: joints, printed marks, labels, dust and hairlines."""

from __future__ import annotations

import numpy as np

from data.drawing.paint import Colour, hsv
from data.surfaces.plate import Plate, along_line, box, noise, ramp, rotated


def add_joint(plate: Plate, rng: np.random.Generator) -> None:
    """Cut one or two straight joints through the plate, along its axes."""
    window = plate.whole()
    for _ in range(rng.integers(1, 3)):
        across = plate.u if rng.random() < 0.5 else plate.v
        gap = np.abs(across - rng.uniform(-0.45, 0.45))
        wide = rng.uniform(0.004, 0.009)
        plate.height -= 1.3 * wide * ramp(-gap, -2.2 * wide, -0.6 * wide) * plate.solid
        dark = window.inside(gap - wide) * plate.solid
        window.shade(0.75 * dark)
        window.open(dark)


def add_print(plate: Plate, rng: np.random.Generator) -> None:
    """Print a mark: a label with lines, a band, a warning stripe, a ring or an arrow."""
    window = plate.whole()
    turn = rng.integers(4) * np.pi / 2
    u, v = rotated(plate.u - rng.uniform(-0.35, 0.35), plate.v - rng.uniform(-0.35, 0.35), turn)
    ink, size = _ink(rng), rng.uniform(0.1, 0.19)
    style = rng.integers(5)
    if style == 0:
        window.colour((0.93, 0.92, 0.88), 0.95 * window.inside(box(u, v, 1.5 * size, size)) * plate.solid)
        lines = np.maximum(
            np.abs(u + 0.3 * size * np.sin(9.0 * np.floor(v / size * 2.2))) - 0.9 * size, np.abs(v) - 0.8 * size
        )
        rows = np.abs(v / size * 2.2 - np.floor(v / size * 2.2) - 0.5) * size / 2.2 - 0.1 * size
        share = window.inside(np.maximum(lines, rows))
    elif style == 1:
        share = window.inside(np.abs(v) - 0.35 * size)
    elif style == 2:
        window.colour((0.12, 0.12, 0.12), 0.9 * window.inside(np.abs(v) - 0.5 * size) * plate.solid)
        share = window.inside(np.maximum(np.abs(v) - 0.5 * size, 0.07 * np.sin((u + v) * 2 * np.pi / (1.1 * size))))
        ink = (0.92, 0.75, 0.1)
    elif style == 3:
        share = window.inside(np.abs(np.hypot(u, v) - size) - 0.14 * size)
    else:
        head = np.maximum(np.abs(v) + u - size, 0.2 * size - u)
        share = window.inside(np.minimum(head, box(u + 0.4 * size, v, 0.7 * size, 0.22 * size)))
    window.colour(ink, rng.uniform(0.85, 0.95) * share * plate.solid)


def add_dust(plate: Plate, rng: np.random.Generator) -> None:
    """Strew small specks of one brightness and a few lint fibres."""
    speck: Colour = (0.9, 0.89, 0.86) if rng.random() < 0.6 else (0.12, 0.11, 0.1)
    for u, v in rng.uniform(-0.65, 0.65, (rng.integers(6, 30), 2)):
        window = plate.near(float(u), float(v), 0.02)
        radius, share = rng.uniform(0.003, 0.009), rng.uniform(0.3, 0.8)
        if window is not None:
            window.colour(speck, share * window.inside(np.hypot(window.u, window.v) - radius))
    for u, v in rng.uniform(-0.5, 0.5, (rng.integers(0, 3), 2)):
        window = plate.near(float(u), float(v), 0.06)
        bend = rng.uniform(-0.04, 0.04, (3, 2))
        if window is not None:
            window.colour(speck, 0.5 * window.inside(along_line(window.u, window.v, bend)[0] - 0.003))


def add_wear(plate: Plate, rng: np.random.Generator) -> None:
    """Let the surface darken and lighten softly, as handling does, with faint parallel hairlines."""
    cloud = noise(plate.u * 2.2, plate.v * 2.2, rng)
    plate.albedo *= (1.0 + rng.uniform(0.02, 0.06) * cloud)[:, :, None]
    along, across = rotated(plate.u, plate.v, rng.uniform(0.0, np.pi))
    hair = ramp(noise(along * 1.2, across * 27, rng, 1), 0.6, 0.95)
    plate.albedo *= (1.0 + rng.uniform(0.0, 0.08) * hair)[:, :, None]


def _ink(rng: np.random.Generator) -> Colour:
    if rng.random() < 0.4:
        return (0.1, 0.1, 0.11) if rng.random() < 0.5 else (0.93, 0.93, 0.92)
    return hsv(rng.random(), rng.uniform(0.4, 0.8), rng.uniform(0.3, 0.8))
