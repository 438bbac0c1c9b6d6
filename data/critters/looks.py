"""The colours of one figure, drawn alike for every kind, so that colour tells nothing about the kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.critters.figure import darker
from data.drawing import Paint, Texture, hsv, jitter

Colour = tuple[float, float, float]

_NATURAL: tuple[Colour, ...] = (
    (0.07, 0.60, 0.55),
    (0.09, 0.45, 0.75),
    (0.06, 0.75, 0.90),
    (0.11, 0.25, 0.95),
    (0.60, 0.08, 0.60),
    (0.60, 0.15, 0.35),
    (0.03, 0.60, 0.45),
    (0.28, 0.55, 0.65),
    (0.58, 0.45, 0.70),
    (0.13, 0.65, 0.92),
    (0.00, 0.02, 0.93),
    (0.20, 0.40, 0.50),
)
_TEXTURES = (
    Texture.PLAIN,
    Texture.FUR,
    Texture.CLOUDS,
    Texture.SPOTS,
    Texture.STRIPES,
    Texture.WAVES,
    Texture.SCALES,
)
_TEXTURE_SHARES = (0.30, 0.24, 0.16, 0.12, 0.08, 0.06, 0.04)


@dataclass(frozen=True)
class Look:
    """The paints of one figure.

    ``coat`` covers the body, ``shade`` its far side, ``belly`` its pale parts, ``accent`` its second large
    part (shell, wing, collar), ``mark`` the lines on the accent, ``warm`` beaks and feet, ``pink`` inner
    ears, noses and tongues. ``wide_eyes`` asks for white eyes with an iris in place of dark beads.
    """

    coat: Paint
    shade: Paint
    belly: Paint
    accent: Paint
    mark: Paint
    warm: Paint
    pink: Paint
    red: Paint
    dark: Paint
    white: Paint
    iris: Paint
    wide_eyes: bool


def draw_look(rng: np.random.Generator) -> Look:
    """Draw the paints of one figure, natural or fanciful."""
    base = animal_colour(rng)
    other = _unlike(rng, base, 0.35)
    relief = rng.uniform(0.35, 0.8)
    coat = _textured(rng, base, relief)
    accent = _textured(rng, other, relief)
    pink = hsv(rng.uniform(-0.06, 0.03), rng.uniform(0.35, 0.55), rng.uniform(0.85, 1.0))
    return Look(
        coat=coat,
        shade=darker(coat, 0.68),
        belly=Paint(mix(base, (1.0, 0.96, 0.88), rng.uniform(0.5, 0.8)), relief=relief),
        accent=accent,
        mark=Paint(_contrasting(other), relief=0.15),
        warm=Paint(hsv(rng.uniform(0.03, 0.14), rng.uniform(0.6, 0.95), rng.uniform(0.7, 1.0)), relief=0.5),
        pink=Paint(pink, relief=0.3),
        red=Paint(hsv(rng.uniform(-0.06, 0.01), 0.65, 0.9), relief=0.4),
        dark=Paint(jitter(rng, (0.1, 0.08, 0.1), 0.05), relief=0.0),
        white=Paint((0.98, 0.98, 0.96), relief=0.15),
        iris=Paint(hsv(rng.random(), rng.uniform(0.4, 0.9), rng.uniform(0.5, 0.85)), relief=0.0),
        wide_eyes=bool(luminance(base) < 0.4 or rng.random() < 0.4),
    )


def animal_colour(rng: np.random.Generator) -> Colour:
    """Draw a colour: in half the cases that of some animal, in the others any hue."""
    if rng.random() < 0.5:
        hue, saturation, value = _NATURAL[rng.integers(len(_NATURAL))]
        return jitter(rng, hsv(hue, saturation, value), 0.08)
    return hsv(rng.random(), rng.uniform(0.3, 0.85), rng.uniform(0.45, 0.95))


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return the first colour moved by ``share`` (0 to 1) towards the second."""
    red, green, blue = (a + share * (b - a) for a, b in zip(first, second, strict=True))
    return red, green, blue


def luminance(colour: Colour) -> float:
    """Return the brightness of a colour as seen, 0 to 1."""
    return float(np.dot(colour, (0.30, 0.59, 0.11)))


def distance(first: Colour, second: Colour) -> float:
    """Return how far two colours are apart, 0 (equal) to about 2; brightness counts most."""
    apart = np.abs(np.subtract(first, second))
    return float(abs(luminance(first) - luminance(second)) + 0.4 * apart.sum())


def _unlike(rng: np.random.Generator, colour: Colour, least: float) -> Colour:
    for _ in range(30):
        other = animal_colour(rng)
        if distance(colour, other) >= least:
            return other
    return _contrasting(colour)


def _contrasting(colour: Colour) -> Colour:
    if luminance(colour) > 0.45:
        return mix(colour, (0.12, 0.08, 0.1), 0.6)
    return mix(colour, (1.0, 0.97, 0.9), 0.65)


def _textured(rng: np.random.Generator, base: Colour, relief: float) -> Paint:
    texture = _TEXTURES[rng.choice(len(_TEXTURES), p=_TEXTURE_SHARES)]
    second = mix(base, animal_colour(rng), 0.7) if rng.random() < 0.3 else _contrasting(base)
    return Paint(
        base,
        second,
        texture,
        scale=rng.uniform(0.05, 0.13),
        angle=rng.uniform(0.0, np.pi),
        relief=relief,
        strength=rng.uniform(0.3, 0.8),
    )
