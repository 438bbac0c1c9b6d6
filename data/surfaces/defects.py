"""What goes wrong with a surface: a scratch, a dent, a crack or a stain on what was sound."""

from __future__ import annotations

import numpy as np

from data.drawing import smooth_open
from data.drawing.paint import Colour, hsv, jitter
from data.surfaces.plate import Array, Plate, Window, along_line, noise, ramp, rotated, tone


def scratch(plate: Plate, rng: np.random.Generator) -> None:
    """Draw one to three nearly parallel strokes that lay the material bare, across the grain if there is one."""
    u, v = _open_place(plate, rng, 0.1)
    way = rng.uniform(0.0, np.pi)
    if plate.grain is not None:
        way = plate.grain + rng.uniform(0.45, np.pi - 0.45)
    length = rng.uniform(0.28, 0.85)
    bow = length * rng.normal(0.0, 0.05)
    wide = rng.uniform(0.007, 0.014)
    bright = _apart(plate, tone(plate.under, rng.uniform(0.9, 1.15)), u, v)
    step = rng.uniform(0.03, 0.08)
    for lane in range(rng.choice([1, 2, 3], p=[0.55, 0.25, 0.2])):
        off, part = lane * step, length * (1.0 if lane == 0 else rng.uniform(0.4, 0.9))
        a = np.array([-0.5, -0.15, 0.2, 0.5]) * part + rng.normal(0.0, 0.05)
        b = off + bow * np.array([0.0, 1.0, 0.8, 0.0]) + rng.normal(0.0, 0.008, 4)
        spine = np.stack([u + a * np.cos(way) - b * np.sin(way), v + a * np.sin(way) + b * np.cos(way)], axis=1)
        _groove(plate, smooth_open(spine, 5), wide * (1.0 if lane == 0 else 0.75), bright, rng)


def dent(plate: Plate, rng: np.random.Generator) -> None:
    """Press one to three hollows with a raised lip into the surface."""
    count = rng.choice([1, 2, 3], p=[0.7, 0.2, 0.1])
    for _ in range(count):
        reach = rng.uniform(0.09, 0.2) / (1.0 if count == 1 else 1.4)
        u, v = _open_place(plate, rng, reach)
        a, b = rotated(plate.u - u, plate.v - v, rng.uniform(0.0, np.pi))
        bent = 1.0 + 0.14 * noise((plate.u - u) / reach, (plate.v - v) / reach, rng)
        q = np.hypot(a * rng.uniform(0.7, 1.0), b) / (reach * bent)
        deep = reach * rng.uniform(0.38, 0.65)
        bowl = ramp(1.0 - q, 0.0, 0.9)
        lip = np.exp(-(((q - 1.05) / 0.2) ** 2))
        plate.height += plate.solid * deep * (0.16 * lip - bowl)
        plate.whole().shade(0.3 * bowl * plate.solid)
        plate.gloss[:] = np.maximum(plate.gloss, 0.5 * bowl * plate.solid)


def crack(plate: Plate, rng: np.random.Generator) -> None:
    """Break the surface along a jagged dark line with a few branches, along the grain of wood."""
    u, v = _open_place(plate, rng, 0.12)
    way = rng.uniform(0.0, 2 * np.pi)
    if plate.grain is not None and rng.random() < 0.6:
        way = plate.grain + rng.normal(0.0, 0.25)
    wide, length = rng.uniform(0.013, 0.024), rng.uniform(0.45, 0.95)
    spine = _jagged(rng, way, length, 12)
    spine += np.array([u, v]) - spine[len(spine) // 2]
    dark = jitter(rng, (0.05, 0.045, 0.04), 0.02)
    _fissure(plate, spine, wide, dark, lift=rng.uniform(0.0, 0.012))
    for knot in rng.integers(2, 10, rng.integers(0, 4)):
        fork = way + rng.choice([-1.0, 1.0]) * rng.uniform(0.5, 1.1)
        twig = spine[knot] + _jagged(rng, fork, length * rng.uniform(0.15, 0.4), 5)
        _fissure(plate, twig, 0.7 * wide, dark, lift=0.0)


def stain(plate: Plate, rng: np.random.Generator) -> None:
    """Spill or let rust: an oil patch, rust, a dried ring, a splash of paint, or a run."""
    reach = rng.uniform(0.1, 0.22)
    u, v = _open_place(plate, rng, 0.8 * reach)
    style = str(rng.choice(["oil", "rust", "ring", "splash", "run"]))
    a, b = plate.u - u, plate.v - v
    way = np.arctan2(b, a)
    lobes = rng.uniform(0.0, 0.13, 4) @ np.stack(
        [np.cos((k + 2) * way + p) for k, p in enumerate(rng.uniform(0, 6, 4))]
    ).reshape(4, -1)
    rough = noise(a / reach * 1.5, b / reach * 1.5, rng, 3)
    edge = reach * (1.0 + lobes.reshape(a.shape) * 0.8 + 0.22 * rough) - np.hypot(a, b)
    colour = _spill_colour(plate, rng, style, u, v)
    {"oil": _oil, "rust": _rust, "ring": _ring, "splash": _splash, "run": _run}[style](plate, (u, v), edge, colour, rng)


def _groove(plate: Plate, spine: Array, wide: float, bright: Colour, rng: np.random.Generator) -> None:
    window = _around(plate, spine)
    if window is None:
        return
    gap, along = along_line(window.u, window.v, spine - window.origin)
    press = np.sin(np.pi * np.clip(along, 0.0, 1.0)) ** 0.4 * (0.85 + 0.3 * noise(along * 9, 0.0 * along, rng, 1))
    bed = window.solid * (press > 0.15)
    line = window.inside(gap - wide * np.maximum(press, 0.0)) * bed
    ridge = np.exp(-(((gap - 1.6 * wide) / (0.7 * wide)) ** 2))
    window.height[:] += wide * (0.35 * ridge - 0.9 * ramp(wide - gap, -0.5 * wide, wide)) * bed
    window.shade(0.2 * ramp(2.0 * wide - gap, 0.0, wide) * (1.0 - line) * bed)
    window.colour(bright, rng.uniform(0.75, 1.0) * line)
    window.gloss[:] = np.maximum(window.gloss, 0.4 * line)


def _fissure(plate: Plate, spine: Array, wide: float, dark: Colour, lift: float) -> None:
    window = _around(plate, spine)
    if window is None:
        return
    gap, along = along_line(window.u, window.v, spine - window.origin)
    half = 0.5 * wide * (1.15 - along)
    line = window.inside(gap - half, 2.0) * window.solid
    side = np.exp(-((gap / 0.05) ** 2)) * (np.sin(9.0 * along) > 0.0)
    window.height[:] += (lift * side - 0.8 * wide * ramp(half - gap, -wide, 0.3 * wide)) * window.solid
    window.colour(dark, 0.95 * line)
    window.shine(line, 0.0, 0.0)


def _around(plate: Plate, spine: Array) -> Window | None:
    least, most = spine.min(axis=0), spine.max(axis=0)
    u, v = 0.5 * (least + most)
    return plate.near(float(u), float(v), float(0.5 * np.hypot(*(most - least)) + 0.15))


def _oil(plate: Plate, at: tuple[float, float], edge: Array, colour: Colour, rng: np.random.Generator) -> None:
    share = ramp(edge, -0.01, rng.uniform(0.02, 0.05)) * plate.body
    plate.whole().colour(plate.albedo * np.asarray(colour), rng.uniform(0.75, 0.95) * share)
    plate.gloss[:] = np.maximum(plate.gloss, 0.9 * share)
    plate.height += 0.006 * ramp(edge, 0.0, 0.05) * plate.body


def _rust(plate: Plate, at: tuple[float, float], edge: Array, colour: Colour, rng: np.random.Generator) -> None:
    speck = noise(plate.u * 19, plate.v * 19, rng, 2)
    share = np.clip(ramp(edge + 0.05 * speck, -0.03, 0.05), 0.0, 1.0) * plate.body
    window = plate.whole()
    window.colour(np.asarray(colour) * (1.0 + 0.45 * speck)[:, :, None], rng.uniform(0.75, 0.95) * share)
    window.shine(share, 0.0, 0.0)
    plate.height += 0.004 * speck * share


def _ring(plate: Plate, at: tuple[float, float], edge: Array, colour: Colour, rng: np.random.Generator) -> None:
    wide = rng.uniform(0.014, 0.03)
    rim = np.exp(-((edge / wide) ** 2)) * ramp(edge, -1.5 * wide, 0.0)
    share = np.clip(rng.uniform(0.7, 0.95) * rim + rng.uniform(0.15, 0.4) * ramp(edge, -0.005, 0.02), 0.0, 1.0)
    plate.whole().colour(plate.albedo * np.asarray(colour), share * plate.body)


def _splash(plate: Plate, at: tuple[float, float], edge: Array, colour: Colour, rng: np.random.Generator) -> None:
    turns, far = rng.uniform(0.0, 2 * np.pi, 9), rng.uniform(0.1, 0.33, 9)
    for turn, gap, r in zip(turns, far, rng.uniform(0.01, 0.035, 9), strict=True):
        drop = r - np.hypot(plate.u - at[0] - gap * np.cos(turn), plate.v - at[1] - gap * np.sin(turn))
        edge = np.maximum(edge, drop)
    window = plate.whole()
    share = window.inside(-edge) * plate.body
    window.colour(colour, 0.95 * share)
    window.shine(share, 0.6, 0.1)
    plate.height += 0.012 * ramp(edge, 0.0, 0.03) * plate.body


def _run(plate: Plate, at: tuple[float, float], edge: Array, colour: Colour, rng: np.random.Generator) -> None:
    down = rng.normal(0.0, 0.1) - plate.framing.angle
    across, along = rotated(plate.u - at[0], plate.v - at[1], down)
    edge = 0.6 * edge
    for _ in range(rng.integers(2, 5)):
        off, far = rng.uniform(-0.09, 0.09), rng.uniform(0.15, 0.42)
        wide = rng.uniform(0.014, 0.028)
        gap, t = along_line(across, along, [(off, 0.0), (off + rng.normal(0.0, 0.01), far)])
        edge = np.maximum(edge, wide * (0.75 + 0.5 * t**4) - gap)
    share = ramp(edge, -0.008, 0.012) * plate.body
    plate.whole().colour(colour, rng.uniform(0.7, 0.9) * share)
    plate.gloss[:] = np.maximum(plate.gloss, 0.7 * share)
    plate.height += 0.008 * ramp(edge, 0.0, 0.03) * plate.body


def _spill_colour(plate: Plate, rng: np.random.Generator, style: str, u: float, v: float) -> Colour:
    if style == "rust":
        return _apart(plate, jitter(rng, (0.46, 0.22, 0.09), 0.05), u, v)
    if style in {"oil", "ring"}:
        return hsv(rng.choice([rng.uniform(0.05, 0.14), rng.random()]), rng.uniform(0.2, 0.6), rng.uniform(0.25, 0.5))
    return _apart(plate, hsv(rng.random(), rng.uniform(0.1, 0.65), rng.uniform(0.15, 0.85)), u, v)


def _apart(plate: Plate, colour: Colour, u: float, v: float) -> Colour:
    """Return the colour, lighter or darker if it could not be told from the surface around (u, v)."""
    window = plate.near(u, v, 0.1)
    if window is None:
        return colour
    around = window.albedo.reshape(-1, 3).mean(axis=0)
    gap = float(np.abs(np.asarray(colour) - around).max())
    if gap >= 0.3:
        return colour
    return tone(colour, 0.45) if float(around.mean()) > 0.45 else tone(colour, 1.3 + 0.35 / max(*colour, 0.1))


def _open_place(plate: Plate, rng: np.random.Generator, reach: float) -> tuple[float, float]:
    """Return a place in the middle of the picture around which the bare surface lies open."""
    best, most = (0.0, 0.0), -1.0
    for _ in range(16):
        x, y = rng.uniform(0.22, 0.78, 2)
        column, row = int(x * plate.side), int(y * plate.side)
        u, v = float(plate.u[row, column]), float(plate.v[row, column])
        window = plate.near(u, v, reach)
        free = 0.0 if window is None else float(window.solid.mean())
        if free > most:
            best, most = (u, v), free
        if most > 0.93:
            break
    return best


def _jagged(rng: np.random.Generator, way: float, length: float, steps: int) -> Array:
    turns = way + rng.normal(0.0, 0.6, steps)
    strides = rng.uniform(0.5, 1.5, steps) * length / steps
    walk = np.cumsum(np.stack([strides * np.cos(turns), strides * np.sin(turns)], axis=1), axis=0)
    return np.asarray(np.concatenate([np.zeros((1, 2)), walk]))
