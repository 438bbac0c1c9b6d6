"""Patterns computed as arrays: noise, fractals, cells, waves and tilings, washed over the whole canvas."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.drawing import Canvas, Paint, uneven
from data.drawing.paint import Colour
from data.sources.things.tools import INK, chance, material, pick, shade, some_colour

Field = NDArray[np.float64]
"""One value per point of a square grid, shape (n, n)."""

_RULES = ("F[+F]F[-F]F", "FF[+F][-F]", "FF-[-F+F+F]+[+F-F-F]", "F[+F][-F]F", "F+F-F-F+F")


def _grid(points: int = 128) -> tuple[Field, Field]:
    axis = (np.arange(points) + 0.5) / points
    x, y = np.meshgrid(axis, axis)
    return x, y


def _turned_grid(rng: np.random.Generator, points: int = 128) -> tuple[Field, Field]:
    x, y = _grid(points)
    angle = pick(rng, (0.0, 0.0, np.pi / 2, float(rng.uniform(0.0, np.pi))))
    return np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x


def _tint(canvas: Canvas, rng: np.random.Generator, field: Field, colours: int = 3) -> None:
    """Colour the canvas by the field, scaled to 0..1, through a run of random colours."""
    share = (field - field.min()) / max(float(np.ptp(field)), 1e-9) * (colours - 1)
    first = some_colour(rng)
    canvas.background(Paint(first))
    for step in range(colours - 1):
        stop: Colour = shade(first, pick(rng, (0.25, 0.45, 1.6))) if chance(rng, 0.3) else some_colour(rng)
        canvas.wash(stop, np.clip(share - step, 0.0, 1.0))


def _density(points: NDArray[np.float64], side: int) -> Field:
    """Count points (n, 2), shares of the side, per grid cell; points outside are left out."""
    cell = np.floor(points * side).astype(np.int64)
    cell = cell[np.all((cell >= 0) & (cell < side), axis=1)]
    return np.bincount(cell[:, 1] * side + cell[:, 0], minlength=side * side).reshape(side, side).astype(np.float64)


def noise(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with turbulence, marble or wood (K. Perlin, "An image synthesizer", 1985)."""
    x, y = _turned_grid(rng)
    cells = rng.uniform(1.5, 5.0)
    field = uneven(rng, cells, 128) + 0.5 * uneven(rng, cells * 2.7, 128)
    form = pick(rng, ("cloud", "ridge", "marble", "wood"))
    if form == "ridge":
        field = -np.abs(field - np.median(field))
    elif form == "marble":
        field = np.sin(2 * np.pi * (x * rng.uniform(1.0, 5.0) + field * rng.uniform(0.8, 2.5)))
    elif form == "wood":
        field = (np.hypot(x - 0.3, y * 0.25) * rng.uniform(6.0, 14.0) + field * 1.5) % 1.0
    _tint(canvas, rng, field, int(rng.integers(2, 5)))


def fractal(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with the attractor of random affine maps, by the chaos game.

    Sources: M. F. Barnsley, "Fractals Everywhere", 1988; H. Kataoka et al., "Pre-training without natural
    images" (FractalDB), 2020, whose choice of maps by their determinants is kept; C. Anderson and R. Farrell,
    "Improving fractal pre-training", 2022, whose bounded singular values keep the attractor from thinning out.
    """
    maps = int(rng.integers(3, 6))
    left, _, right = np.linalg.svd(rng.normal(size=(maps, 2, 2)))
    matrices = left * rng.uniform((0.45, 0.25), (0.85, 0.6), (maps, 2))[:, None, :] @ right
    shifts, weights = rng.uniform(-1.0, 1.0, (maps, 2)), np.abs(np.linalg.det(matrices)) + 0.02
    points, trail = np.zeros((2000, 2)), []
    for step in range(22):
        choice = np.searchsorted(np.cumsum(weights / weights.sum())[:-1], rng.random(len(points)))
        turn = matrices[choice]
        points = turn[:, :, 0] * points[:, :1] + turn[:, :, 1] * points[:, 1:] + shifts[choice]
        if step >= 10:
            trail.append(points)
    cloud = np.concatenate(trail)
    low, high = np.percentile(cloud, 1, axis=0), np.percentile(cloud, 99, axis=0)
    density = _density(0.1 + 0.8 * (cloud - low) / np.maximum(high - low, 1e-6), 128)
    canvas.background(material(rng, shade(some_colour(rng), pick(rng, (0.2, 0.4, 1.7))), 0.3))
    canvas.wash(some_colour(rng), np.minimum(density, 1.0))
    canvas.wash(some_colour(rng), np.clip(density / max(float(np.percentile(density, 99)), 4.0) - 0.3, 0.0, 1.0))


def julia(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with a part of a Julia set (G. Julia, 1918) of z**2 + c, c near the Mandelbrot set's edge."""
    x, y = _turned_grid(rng, 112)
    zoom, turn = rng.uniform(1.0, 2.6), rng.uniform(0.0, 2 * np.pi)
    z = zoom * ((x - x.mean()) + 1j * (y - y.mean())) + complex(*rng.uniform(-0.4, 0.4, 2))
    edge = np.exp(1j * turn) / 2 - np.exp(2j * turn) / 4
    c = complex(edge * rng.uniform(1.02, 1.15))
    escape = np.zeros(z.shape)
    for _ in range(22):
        z = np.where(np.abs(z) < 4.0, z * z + c, z)
        escape += np.exp(-np.abs(z))
    _tint(
        canvas, rng, np.argsort(np.argsort(escape.ravel())).reshape(z.shape).astype(np.float64), int(rng.integers(3, 6))
    )


def voronoi(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with the cells nearest to random sites (G. Voronoi, 1908), flat or domed, with or without seams."""
    x, y = _grid(96)
    count = int(rng.integers(6, 45))
    sites, power = rng.uniform(-0.1, 1.1, (count, 2)), pick(rng, (1.0, 2.0, 2.0))
    gaps = np.abs(x - sites[:, 0, None, None]) ** power + np.abs(y - sites[:, 1, None, None]) ** power
    nearest = gaps.argmin(axis=0)
    first = np.take_along_axis(gaps, nearest[None], axis=0)[0]
    np.put_along_axis(gaps, nearest[None], np.inf, axis=0)
    first, second = first ** (1 / power), gaps.min(axis=0) ** (1 / power)
    _tint(canvas, rng, rng.uniform(0.0, 1.0, count)[nearest], int(rng.integers(2, 6)))
    if chance(rng, 0.7):
        canvas.wash(
            pick(rng, (INK, (0.95, 0.95, 0.92), some_colour(rng))),
            np.clip(1.6 - (second - first) / rng.uniform(0.01, 0.03), 0.0, 1.0),
        )
    if chance(rng, 0.5):
        canvas.wash(
            pick(rng, (INK, (1.0, 1.0, 1.0))), np.clip(first * np.sqrt(count) * rng.uniform(0.4, 0.9), 0.0, 0.8)
        )


def spots(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with spots or labyrinths: thresholded band-pass noise.

    The look is that of reaction and diffusion (A. Turing, "The chemical basis of morphogenesis", 1952).
    """
    waves = np.fft.fftfreq(128, 1 / 128)
    lean = pick(rng, (1.0, 1.0, float(rng.uniform(1.5, 3.0))))
    radius = np.hypot(waves[None, :] * lean, waves[:, None] / lean)
    band = np.exp(-(((radius - rng.uniform(4.0, 11.0)) / rng.uniform(0.8, 2.5)) ** 2))
    field = np.fft.ifft2(np.fft.fft2(rng.normal(size=(128, 128))) * band).real
    field = field / field.std() + rng.uniform(-1.0, 1.0)
    canvas.background(material(rng))
    canvas.wash(some_colour(rng), np.clip(field * rng.uniform(1.0, 5.0) + 0.5, 0.0, 1.0))
    if chance(rng, 0.4):
        canvas.wash(some_colour(rng), np.clip((field - 1.0) * 4.0, 0.0, 1.0))


def brick(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with bricks or tiles in rows, each of its own tone, parted by mortar."""
    x, y = _turned_grid(rng, 160)
    rows, length, bond, joint = (
        rng.uniform(3.0, 11.0),
        rng.uniform(1.0, 3.0),
        pick(rng, (0.0, 0.5, 0.5, 0.33)),
        rng.uniform(0.05, 0.16),
    )
    wobble = rng.uniform(0.0, 0.3) * uneven(rng, 5.0, 160)
    v = y * rows + wobble
    u = x * rows / length + np.floor(v) * bond + wobble
    tone = rng.uniform(0.0, 1.0, (32, 32))[np.floor(v).astype(np.int64) % 32, np.floor(u).astype(np.int64) % 32]
    gap = np.minimum(np.minimum(u % 1.0, 1.0 - u % 1.0) * length, np.minimum(v % 1.0, 1.0 - v % 1.0))
    _tint(canvas, rng, tone, int(rng.integers(2, 4)))
    canvas.wash(INK, 0.35 * uneven(rng, 14.0, 96))
    canvas.wash(pick(rng, ((0.85, 0.83, 0.78), INK, some_colour(rng))), np.clip((joint - gap) / 0.05 + 0.5, 0.0, 1.0))


def weave(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with plain, twill or basket weave of warp and weft, each with its own colours."""
    x, y = _turned_grid(rng, 160)
    threads, width = rng.uniform(4.0, 14.0), rng.uniform(0.65, 1.0)
    u, v = x * threads, y * threads
    i, j = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    over = {"plain": (i + j) % 2, "twill": (i + j) % 4 // 2, "basket": (i // 2 + j // 2) % 2}[
        pick(rng, ("plain", "twill", "basket"))
    ] == 1
    across_u, across_v = np.abs(u % 1.0 - 0.5) * 2, np.abs(v % 1.0 - 0.5) * 2
    canvas.background(Paint(some_colour(rng)))
    canvas.wash(some_colour(rng), over.astype(np.float64))
    if chance(rng, 0.4):
        canvas.wash(some_colour(rng), np.where(over, i, j) % pick(rng, (3, 4, 5)) == 0.0)
    edge, along = np.where(over, across_u, across_v), np.where(over, across_v, across_u)
    canvas.wash(INK, np.clip((edge - width) * 8.0 + 0.2, 0.0, 0.85) + 0.35 * along**2)


def waves(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with concentric waves about one to four centres, soft or hard, added where they meet."""
    x, y = _grid()
    field = np.zeros_like(x)
    pinch = rng.uniform(0.5, 1.0)
    for centre in rng.uniform(-0.2, 1.2, (int(rng.integers(1, 5)), 2)):
        field += np.sin(
            2 * np.pi * (np.hypot(x - centre[0], (y - centre[1]) * pinch) * rng.uniform(4.0, 11.0) + rng.random())
        )
    _tint(canvas, rng, np.tanh(field * pick(rng, (0.5, 1.0, 5.0))), int(rng.integers(2, 4)))


def contours(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with the contour lines of a smooth relief, on tinted heights like a map's."""
    field = uneven(rng, rng.uniform(1.5, 4.5), 128)
    levels = field * rng.uniform(5.0, 11.0)
    _tint(canvas, rng, np.floor(levels) if chance(rng, 0.6) else field, int(rng.integers(2, 5)))
    down, across = np.gradient(levels)
    away = np.abs((levels + 0.5) % 1.0 - 0.5) / np.maximum(np.hypot(down, across), 1e-3)
    canvas.wash(pick(rng, (INK, (0.97, 0.96, 0.92), some_colour(rng))), np.clip(rng.uniform(0.9, 1.6) - away, 0.0, 1.0))


def branching(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill with two to four growths of a random bracketed L-system.

    Source: P. Prusinkiewicz and A. Lindenmayer, "The Algorithmic Beauty of Plants", 1990.
    """
    canvas.background(material(rng))
    for _ in range(int(rng.integers(2, 5))):
        rule, word = pick(rng, _RULES), "F"
        while word.count("F") * rule.count("F") <= 400:
            word = word.replace("F", rule)
        ends = _walk(word, float(rng.uniform(0.25, 1.3)), float(rng.uniform(-np.pi, np.pi)), rng)
        low = ends.min(axis=(0, 1))
        span = float(np.max(ends.max(axis=(0, 1)) - low))
        ends = (ends - low) / span * rng.uniform(0.6, 1.1) + rng.uniform(-0.1, 0.3, 2)
        share = np.linspace(0.0, 1.0, 24)[:, None]
        line = (ends[:, None, 0] + share * (ends[:, None, 1] - ends[:, None, 0])).reshape(-1, 2)
        dab = rng.uniform(-1.0, 1.0, line.shape) * rng.uniform(0.006, 0.014)
        canvas.wash(some_colour(rng), np.minimum(_density(np.concatenate([line, line + dab, line - dab]), 128), 1.0))


def _walk(word: str, angle: float, heading: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the ends of a turtle's steps, shape (steps, 2, 2); F steps, + and - turn, brackets store and restore."""
    x, y, ends = 0.0, 0.0, []
    stack: list[tuple[float, float, float]] = []
    sway = rng.normal(0.0, 0.08, len(word))
    for index, sign in enumerate(word):
        if sign == "F":
            turn = heading + float(sway[index])
            ends.append(((x, y), (x + float(np.cos(turn)), y + float(np.sin(turn)))))
            x, y = ends[-1][1]
        elif sign == "[":
            stack.append((x, y, heading))
        elif sign == "]":
            x, y, heading = stack.pop()
        else:
            heading += angle if sign == "+" else -angle
    return np.array(ends)
