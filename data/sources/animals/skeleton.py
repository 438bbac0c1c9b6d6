"""The skeleton of four-legged mammals: trunk and head by measures, from the side or from the front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from data.drawing import Canvas
from data.sources.animals.parts import UP, Point, bar, ear, eye, horns, leg, plain, polar, tail
from data.sources.animals.traits import Traits


@dataclass(frozen=True)
class Build:
    """Measures of a kind, in body units (scaled to the figure later).

    ``body`` half-length and half-height, ``neck`` length, width and rise (radians above the horizontal),
    ``head`` half-length and half-height, ``snout`` length, end width and droop (radians below the horizontal),
    ``face`` and ``muzzle`` half-width and half-height from the front, ``frontal`` how often it is seen so.
    """

    body: Point
    legs: float
    leg_width: float
    neck: tuple[float, float, float]
    head: Point
    snout: tuple[float, float, float]
    face: Point
    muzzle: Point
    hoofed: bool = True
    disc: bool = False
    ear_size: float = 0.2
    frontal: float = 0.35


@dataclass(frozen=True)
class Frame:
    """Where the parts of one drawn animal lie, in figure units; ``unit`` is the length of one body unit."""

    frontal: bool
    unit: float
    ground: float
    body: Point
    radii: Point
    shoulder: Point
    head: Point


Dress = Callable[[Canvas, np.random.Generator, Traits, Frame], None]
"""Draws what is special to a kind, after body and neck and before the head."""


def compose(canvas: Canvas, rng: np.random.Generator, traits: Traits, build: Build, dress: Dress | None) -> None:
    """Draw an animal of this build, seen from the side or from the front."""
    frontal = bool(rng.random() < build.frontal)
    frame = _front_frame(traits, build) if frontal else _side_frame(rng, traits, build)
    (_front_trunk if frontal else _side_trunk)(canvas, rng, traits, build, frame)
    if dress is not None:
        dress(canvas, rng, traits, frame)
    (_front_head if frontal else _side_head)(canvas, rng, traits, build, frame)


def _side_frame(rng: np.random.Generator, traits: Traits, build: Build) -> Frame:
    length, height = build.body[0] * traits.body_length, build.body[1] * traits.body_height
    legs = build.legs * traits.legs_length
    reach, rise = build.neck[0] * traits.neck_length, build.neck[2] + float(rng.uniform(-0.25, 0.25))
    if 0.3 < build.neck[0] < 0.6 and rng.random() < 0.15:
        rise = -0.3
    front = reach * float(np.cos(rise)) + build.head[0] + build.snout[0] * traits.snout_length
    width = 2.0 * length + 0.25 + front
    top = max(height, 0.3 * height + reach * float(np.sin(rise)) + 1.7 * build.head[1])
    unit = min(1.8 / (legs + 0.7 * height + top), 2.05 / width)
    x, y = (-width / 2 + 0.25 + length) * unit, 0.95 - (legs + 0.7 * height) * unit
    shoulder = (x + 0.72 * length * unit, y - 0.3 * height * unit)
    return Frame(
        False, unit, 0.95, (x, y), (length * unit, height * unit), shoulder, polar(shoulder, -rise, reach * unit)
    )


def _side_trunk(canvas: Canvas, rng: np.random.Generator, traits: Traits, build: Build, frame: Frame) -> None:
    (x, y), (a, b), unit = frame.body, frame.radii, frame.unit
    width = build.leg_width * traits.leg_width * unit
    tail(canvas, traits, (x - 0.92 * a, y - 0.35 * b), float(rng.uniform(np.pi * 0.72, np.pi * 1.35)), 0.5 * unit)
    stride, shade = float(rng.uniform(0.0, 0.3)) * unit, plain(traits.coat, 0.62, 0.0)
    for near in (False, True):
        paint = traits.coat if near else shade
        for end, hind in ((-0.7, True), (0.66, False)):
            hip = (x + end * a + (0.0 if near else 0.1 * unit), y + 0.35 * b)
            swing = stride * (1 if near == hind else -1) * float(rng.uniform(0.5, 1.0))
            foot = (hip[0] + swing, frame.ground - (0.0 if near else 0.05 * unit))
            leg(canvas, (hip, foot), width, (-0.06 if hind else 0.05) * unit, paint)
            _foot(canvas, foot, width, build.hoofed, traits)
        if not near:
            hump, sag = float(rng.uniform(0.85, 1.15)), float(rng.uniform(0.85, 1.1))
            back = [(-1.0, -0.25), (-0.75, -0.92), (-0.1, -0.85 * hump), (0.6, -0.95), (1.0, -0.3), (0.9, 0.5)]
            under = [(0.4, 0.85 * sag), (-0.3, 0.8 * sag), (-0.85, 0.65)]
            canvas.curve(np.array(back + under) * (a, b) + (x, y), traits.coat)
    neck = build.neck[1] * unit
    lean = (
        (frame.shoulder[0] + frame.head[0]) / 2 + 0.08 * unit,
        (frame.shoulder[1] + frame.head[1]) / 2 + 0.05 * unit,
    )
    canvas.stroke([(frame.shoulder[0] - 0.05 * unit, y), lean, frame.head], 1.35 * neck, 0.8 * neck, traits.coat)


def _foot(canvas: Canvas, foot: Point, width: float, hoofed: bool, traits: Traits) -> None:
    if hoofed:
        w = 0.4 * width
        canvas.polygon(np.array([(-w, -w), (w, -w), (1.5 * w, w), (-1.3 * w, w)]) + foot, traits.dark)
    else:
        canvas.ellipse((foot[0] + 0.2 * width, foot[1]), (0.62 * width, 0.34 * width), plain(traits.coat, 0.75, 0.0))


def _side_head(canvas: Canvas, rng: np.random.Generator, traits: Traits, build: Build, frame: Frame) -> None:
    unit = frame.unit * traits.head_size
    (x, y), a, b = frame.head, build.head[0] * unit, build.head[1] * unit
    droop = build.snout[2] + float(rng.uniform(-0.2, 0.2))
    crown = (x - 0.45 * a, y - 0.7 * b)
    tip = polar((x + 0.2 * a, y + 0.1 * b), droop, build.snout[0] * traits.snout_length * unit)
    size = build.ear_size * unit
    ear(canvas, traits, (crown[0] + 0.5 * a, crown[1]), 0.85 * size, UP + 0.35)
    horns(canvas, traits, (((x + 0.1 * a, y - 0.8 * b), -1.0), ((x + 0.4 * a, y - 0.75 * b), 1.0)), 0.27 * unit, UP)
    canvas.ellipse((x, y), (a, b), traits.coat, 0.4 * droop)
    end = build.snout[1] * unit
    canvas.stroke([(x, y + 0.1 * b), tip], 1.55 * b, end, traits.coat)
    if build.disc:
        canvas.ellipse(polar(tip, droop, 0.45 * end), (0.22 * end, 0.62 * end), traits.accent, droop)
    elif build.hoofed:
        canvas.ellipse(polar(tip, droop, 0.1 * end), (0.5 * end, 0.52 * end), plain(traits.belly, 0.95), droop)
        canvas.ellipse(polar(tip, droop - 0.7, 0.4 * end), (0.12 * end, 0.1 * end), traits.dark)
    else:
        canvas.ellipse(polar(tip, droop - 0.4, 0.45 * end), (0.26 * end, 0.22 * end), traits.dark)
    mouth = polar(tip, droop + 1.1, 0.3 * end)
    bar(canvas, [polar(mouth, droop, 0.3 * end), polar(mouth, droop + np.pi, 0.6 * end)], 0.03, 0.02, traits.dark)
    eye(canvas, (x + 0.25 * a, y - 0.25 * b), 0.055 * (0.5 + 0.5 * unit), traits, 0.25)
    ear(canvas, traits, crown, size, UP - float(rng.uniform(0.05, 0.7)))


def _front_frame(traits: Traits, build: Build) -> Frame:
    tall = min(0.75 * build.neck[0], 0.55)
    body = 0.36 * traits.body_height
    return Frame(
        True, 1.0, 0.97, (0.0, 0.5), (body * (1.25 - 0.4 * tall), 0.42), (0.0, 0.35), (0.0, -0.12 - 0.75 * tall)
    )


def _front_trunk(canvas: Canvas, rng: np.random.Generator, traits: Traits, build: Build, frame: Frame) -> None:
    (x, y), (a, b) = frame.body, frame.radii
    side = -1.0 if rng.random() < 0.5 else 1.0
    lift = float(rng.uniform(-0.2, 0.9))
    tail(canvas, traits, (side * 0.75 * a, y + 0.2), -lift if side > 0 else np.pi + lift, 0.5)
    width = 0.24 * traits.leg_width
    canvas.stroke([(x, y), frame.shoulder, frame.head], 1.5 * a, 0.35 + 0.6 * build.neck[1], traits.coat)
    canvas.ellipse((x, y), (a, b), traits.coat)
    canvas.ellipse((x, y + 0.1), (0.5 * a, 0.65 * b), traits.belly)
    for hand in (-1.0, 1.0):
        foot = (hand * float(rng.uniform(0.5, 0.95)) * a, frame.ground - width / 3)
        leg(canvas, ((hand * 0.55 * a, y), foot), width, 0.0, plain(traits.coat, 0.9))
        _foot(canvas, foot, width, build.hoofed, traits)


def _front_head(canvas: Canvas, rng: np.random.Generator, traits: Traits, build: Build, frame: Frame) -> None:
    (x, y), unit = frame.head, 0.92 * traits.head_size**0.6
    a, b = build.face[0] * unit, build.face[1] * unit
    size = 1.7 * build.ear_size * unit
    tilt = float(rng.uniform(0.45, 1.1))
    for side in (-1.0, 1.0):
        ear(canvas, traits, (x + side * 0.72 * a, y - 0.62 * b), size, UP + side * tilt)
    horns(canvas, traits, (((x - 0.4 * a, y - 0.82 * b), -1.0), ((x + 0.4 * a, y - 0.82 * b), 1.0)), 0.4 * unit)
    jaw, low = build.muzzle[0] * unit, b * traits.snout_length**0.4
    outline = [(0, -b), (0.7 * a, -0.8 * b), (a, -0.2 * b), (0.5 * a + 0.5 * jaw, 0.45 * low), (0.8 * jaw, 0.95 * low)]
    left = [(-u, v) for u, v in outline[:0:-1]]
    face = np.array([*outline, (0, 1.05 * low), *left])
    canvas.curve(face + np.array([x, y]), traits.coat)
    nose = y + low - 0.75 * build.muzzle[1] * unit
    canvas.ellipse((x, nose), (jaw, build.muzzle[1] * unit), traits.accent if build.disc else traits.belly)
    if build.hoofed:
        for side in (-1.0, 1.0):
            canvas.ellipse((x + side * 0.42 * jaw, nose - 0.1 * b), (0.13 * jaw, 0.17 * jaw), traits.dark)
    else:
        canvas.ellipse((x, nose - 0.35 * jaw), (0.33 * jaw, 0.24 * jaw), traits.dark)
    drop = nose + 0.45 * build.muzzle[1] * unit
    bar(canvas, [(x - 0.4 * jaw, drop), (x, drop + 0.05), (x + 0.4 * jaw, drop)], 0.035, 0.035, traits.dark)
    for side in (-1.0, 1.0):
        eye(canvas, (x + side * 0.52 * a, y - 0.2 * b), 0.075, traits, -0.2 * side)
