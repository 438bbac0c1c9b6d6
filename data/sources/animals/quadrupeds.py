"""Four-legged mammals: measures of each kind and what is special to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.drawing import Canvas, Paint
from data.sources.animals.parts import UP, bar, bumpy, local, plain, polar
from data.sources.animals.skeleton import Build, Frame, compose
from data.sources.animals.traits import Traits

_HORSE = Build((0.52, 0.26), 0.55, 0.15, (0.5, 0.24, 0.9), (0.16, 0.15), (0.3, 0.16, 0.75), (0.27, 0.45), (0.2, 0.19))
_COW = Build((0.62, 0.36), 0.42, 0.17, (0.25, 0.34, 0.5), (0.19, 0.19), (0.2, 0.25, 0.6), (0.36, 0.42), (0.32, 0.2))
_PIG = Build(
    (0.6, 0.4), 0.22, 0.17, (0.2, 0.42, 0.2), (0.24, 0.24), (0.24, 0.19, 0.25), (0.45, 0.42), (0.2, 0.15), disc=True
)
_SHEEP = Build((0.5, 0.36), 0.34, 0.12, (0.25, 0.25, 0.5), (0.17, 0.15), (0.17, 0.15, 0.6), (0.29, 0.38), (0.19, 0.15))
_GIRAFFE = Build(
    (0.38, 0.25), 0.65, 0.12, (0.85, 0.2, 1.2), (0.13, 0.12), (0.18, 0.12, 0.5), (0.25, 0.33), (0.19, 0.15)
)
_CAMEL = Build(
    (0.5, 0.28), 0.6, 0.13, (0.5, 0.18, 0.75), (0.15, 0.13), (0.2, 0.15, 0.25), (0.28, 0.36), (0.23, 0.18), frontal=0.0
)
_DEER = Build((0.44, 0.22), 0.58, 0.09, (0.38, 0.17, 1.0), (0.15, 0.13), (0.2, 0.1, 0.4), (0.27, 0.38), (0.14, 0.12))
_BEAR = Build(
    (0.62, 0.42), 0.3, 0.25, (0.2, 0.45, 0.2), (0.26, 0.25), (0.24, 0.2, 0.3), (0.48, 0.42), (0.24, 0.19), hoofed=False
)
_MOUSE = Build(
    (0.46, 0.32),
    0.14,
    0.1,
    (0.12, 0.4, 0.1),
    (0.24, 0.22),
    (0.27, 0.06, 0.3),
    (0.38, 0.36),
    (0.13, 0.13),
    hoofed=False,
    ear_size=0.32,
)


def horse(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a horse: long face and a mane."""
    locks = int(rng.integers(4, 7))

    def mane(canvas: Canvas, rng: np.random.Generator, traits: Traits, frame: Frame) -> None:
        (x, y), (u, v), unit = frame.head, frame.shoulder, frame.unit
        for share in np.linspace(-0.1, 0.8, locks):
            spot = (x + share * (u - x) - (0.0 if frame.frontal else 0.12 * unit), y + share * (v - y) - 0.12 * unit)
            if frame.frontal:
                spot = (0.27 * float(np.sign(share - 0.35)), y + 0.5 * share - 0.2)
            canvas.ellipse(spot, (0.09 * unit, 0.17 * unit), plain(traits.accent, 0.8, 0.0), 0.5)

    compose(canvas, rng, traits, _HORSE, mane)


def cow(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a cow: heavy body, udder, broad muzzle, a bell seen from the front."""

    def udder(canvas: Canvas, rng: np.random.Generator, traits: Traits, frame: Frame) -> None:
        (x, y), (a, b) = frame.body, frame.radii
        if frame.frontal:
            canvas.ellipse((x, y - 0.12), (0.1, 0.12), Paint((0.9, 0.75, 0.25)))
            return
        canvas.ellipse((x - 0.35 * a, y + 0.9 * b), (0.24 * a, 0.25 * b), Paint((0.93, 0.62, 0.62)))
        canvas.stroke([(x - 0.3 * a, y + 0.9 * b), (x - 0.28 * a, y + 1.25 * b)], 0.05, 0.04, Paint((0.85, 0.5, 0.5)))

    compose(canvas, rng, traits, _COW, udder)


def pig(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a pig: round body and a disc for a snout."""
    compose(canvas, rng, traits, _PIG, None)


def sheep(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a sheep: a bare face and bare legs, the coat as wool in bumps."""
    bumps, depth = int(rng.integers(9, 15)), float(rng.uniform(0.12, 0.22))
    bare = replace(traits, coat=plain(traits.dark if rng.random() < 0.5 else traits.belly, 1.3))

    def wool(canvas: Canvas, rng: np.random.Generator, _: Traits, frame: Frame) -> None:
        a, b = frame.radii
        canvas.polygon(bumpy(frame.body, (1.2 * a, 1.25 * b), bumps, depth), traits.coat)
        x, y = frame.head
        if frame.frontal:
            canvas.polygon(bumpy((x, y - 0.12), (0.44, 0.42), bumps, depth), traits.coat)
        else:
            canvas.polygon(bumpy((x - 0.1 * a, y - 0.1 * b), (0.36 * a, 0.5 * b), 8, depth), traits.coat)

    compose(canvas, rng, bare, _SHEEP, wool)


def giraffe(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a giraffe: very long neck with a short stiff mane."""

    def mane(canvas: Canvas, rng: np.random.Generator, traits: Traits, frame: Frame) -> None:
        (x, y), (u, v), shift = frame.head, frame.shoulder, 0.0 if frame.frontal else 0.1 * frame.unit
        canvas.stroke(
            [(x - shift, y - 0.5 * shift), (u - 1.2 * shift, v - shift)], 0.06, 0.08, plain(traits.accent, 0.7)
        )

    compose(canvas, rng, traits, _GIRAFFE, mane)


def camel(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a camel: one or two humps."""
    places = (-0.45, 0.4) if rng.random() < 0.6 else (0.0,)

    def humps(canvas: Canvas, rng: np.random.Generator, traits: Traits, frame: Frame) -> None:
        (x, y), (a, b) = frame.body, frame.radii
        for place in places:
            at = (x + place * a, y - 0.75 * b)
            mound = local([(-0.3, -0.9), (0.5, -0.55), (1.0, 0.0), (0.5, 0.55), (-0.3, 0.9)], at, UP, 0.42 * a + 0.08)
            canvas.curve(mound, traits.coat)

    compose(canvas, rng, traits, _CAMEL, humps)


def deer(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a deer: slender, with a pale rump and a pale throat."""

    def patches(canvas: Canvas, rng: np.random.Generator, traits: Traits, frame: Frame) -> None:
        (x, y), (a, b) = frame.body, frame.radii
        if not frame.frontal:
            canvas.ellipse((x - 0.78 * a, y - 0.1 * b), (0.2 * a, 0.5 * b), plain(traits.belly, 1.2))
        middle = ((frame.head[0] + frame.shoulder[0]) / 2 + 0.09 * frame.unit, (frame.head[1] + frame.shoulder[1]) / 2)
        canvas.ellipse(middle, (0.06 * frame.unit, 0.15 * frame.unit), plain(traits.belly, 1.2), 0.4)

    compose(canvas, rng, traits, _DEER, patches)


def bear(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a bear: massive, with round ears."""
    compose(canvas, rng, replace(traits, ears=1, horns=0), _BEAR, None)


def mouse(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a mouse: pointed snout, large round ears, thin tail, whiskers."""

    def whiskers(canvas: Canvas, rng: np.random.Generator, traits: Traits, frame: Frame) -> None:
        x, y = frame.head
        reach = 0.5 if frame.frontal else 0.75 * frame.unit
        for angle in (-0.15, 0.25, 0.65):
            bar(canvas, [(x, y + 0.1), polar((x, y + 0.1), angle, reach)], 0.035, 0.02, traits.dark)
            if frame.frontal:
                bar(canvas, [(x, y + 0.1), polar((x, y + 0.1), np.pi - angle, reach)], 0.035, 0.02, traits.dark)

    own = replace(traits, ears=1, horns=0, tail=1, tail_size=1.7 * traits.tail_size)
    compose(canvas, rng, own, _MOUSE, whiskers)
