"""Mammals off the four-legged skeleton: hedgehog, kangaroo, monkey, bat, whale, seal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.drawing import Canvas, Paint
from data.sources.animals.parts import UP, bar, bumpy, ear, eye, leg, local, plain, polar, tail
from data.sources.animals.traits import Traits


def hedgehog(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a hedgehog: the coat as a dome of spikes, from the side or from the front."""
    spikes, depth = int(rng.integers(16, 26)), float(rng.uniform(0.15, 0.28))
    face = plain(traits.belly, 0.95)
    small = replace(traits, ears=1, coat=face)
    if rng.random() < 0.35:
        for side in (-1.0, 1.0):
            canvas.ellipse((0.35 * side, 0.85), (0.2, 0.12), face)
        canvas.polygon(bumpy((0.0, 0.0), (0.95, 0.92), spikes + 4, depth, sharp=True), traits.coat)
        for side in (-1.0, 1.0):
            ear(canvas, small, (0.4 * side, -0.15), 0.25, UP + side * 0.8)
            canvas.ellipse((0.2 * side, 0.2), (0.36, 0.36), face)
        canvas.ellipse((0.0, 0.35), (0.26 * traits.snout_length, 0.26), plain(traits.belly, 1.1))
        canvas.ellipse((0.0, 0.27), (0.11, 0.09), traits.dark)
        for side in (-1.0, 1.0):
            eye(canvas, (0.25 * side, 0.07), 0.085, traits)
        return
    high = 0.68 * traits.body_height
    for x in (-0.45, -0.2, 0.25, 0.45):
        leg(canvas, ((x, 0.5), (x + float(rng.uniform(-0.08, 0.08)), 0.88)), 0.17, 0.0, plain(traits.belly, 0.7))
    tip = (0.75 + 0.25 * traits.snout_length, 0.5)
    canvas.polygon(bumpy((-0.15, 0.25), (0.85, high), spikes, depth, sharp=True), traits.coat)
    canvas.ellipse((0.45, 0.38), (0.36, 0.36), face)
    canvas.stroke([(0.45, 0.4), (0.75, 0.46), tip], 0.6, 0.1, face)
    canvas.ellipse((tip[0] + 0.02, tip[1] - 0.02), (0.08, 0.08), traits.dark)
    ear(canvas, small, (0.35, 0.1), 0.2, UP - 0.5)
    eye(canvas, (0.6, 0.3), 0.075, traits, 0.25)


def kangaroo(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a kangaroo: upright, thick tail on the ground, huge hind feet, small arms, a pouch."""
    lean, coat = float(rng.uniform(-0.15, 0.25)), traits.coat
    sweep = float(rng.uniform(0.55, 0.9))
    canvas.stroke([(-0.15, 0.4), (-0.55, 0.75), (-1.1, sweep)], 0.42, 0.12, coat)
    head = (0.3 + lean, -0.66)
    canvas.stroke([(-0.05, 0.4), (0.1, -0.1), head], 0.72 * traits.body_height, 0.2, coat)
    canvas.ellipse((0.12, 0.3), (0.24, 0.35), traits.belly)
    canvas.ellipse((-0.12, 0.48), (0.36, 0.33), coat, 0.4)
    canvas.stroke([(-0.1, 0.6), (-0.3, 0.82), (-0.15, 0.88)], 0.22, 0.15, plain(coat, 0.8))
    canvas.stroke([(-0.25, 0.9), (0.45 * traits.legs_length, 0.92)], 0.16, 0.12, plain(coat, 0.8))
    hand = (0.55 + float(rng.uniform(-0.1, 0.15)), float(rng.uniform(-0.15, 0.25)))
    canvas.stroke([(0.15, -0.2), (0.35, 0.05), hand], 0.17, 0.09, plain(coat, 0.8))
    size = 0.2 * traits.head_size
    ear(canvas, traits, (head[0] - 0.02, head[1] - 0.6 * size), 0.22, UP + 0.3)
    tip = polar(head, 0.35, 0.42 * traits.snout_length)
    canvas.stroke([head, tip], 1.7 * size, 0.14, coat)
    canvas.ellipse(tip, (0.07, 0.06), traits.dark)
    ear(canvas, traits, (head[0] - 0.12, head[1] - 0.5 * size), 0.26, UP - 0.35)
    eye(canvas, (head[0] + 0.06, head[1] - 0.04), 0.06, traits)


def monkey(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a monkey: long arms raised or hanging, a pale face with ears at the sides."""
    wide = 0.34 * traits.body_height
    side = -1.0 if rng.random() < 0.5 else 1.0
    tail(canvas, traits, (side * 0.6 * wide, 0.6), -0.3 if side > 0 else np.pi + 0.3, 0.65)
    for hand in (-1.0, 1.0):
        knee = (hand * float(rng.uniform(0.45, 0.7)), float(rng.uniform(0.45, 0.7)))
        canvas.stroke([(hand * 0.15, 0.5), knee, (hand * float(rng.uniform(0.3, 0.6)), 0.92)], 0.22, 0.14, traits.coat)
        reach = float(rng.uniform(-0.75, 0.6))
        palm = (hand * float(rng.uniform(0.75, 1.0)), reach)
        canvas.stroke([(hand * 0.6 * wide, 0.05), (hand * 0.65, reach * 0.4 + 0.2), palm], 0.2, 0.12, traits.coat)
        canvas.ellipse(palm, (0.1, 0.1), traits.belly)
    canvas.ellipse((0.0, 0.33), (wide, 0.45), traits.coat)
    canvas.ellipse((0.0, 0.38), (0.62 * wide, 0.32), traits.belly)
    r, y = 0.4 * traits.head_size**0.5, -0.42
    for hand in (-1.0, 1.0):
        canvas.ellipse((hand * 1.05 * r, y), (0.36 * r, 0.42 * r), plain(traits.coat, 0.85))
        canvas.ellipse((hand * 1.08 * r, y), (0.2 * r, 0.26 * r), traits.belly)
    canvas.ellipse((0.0, y), (r, 0.98 * r), traits.coat)
    for hand in (-1.0, 1.0):
        canvas.ellipse((hand * 0.32 * r, y - 0.1 * r), (0.42 * r, 0.42 * r), traits.belly)
    canvas.ellipse((0.0, y + 0.38 * r), (0.66 * r, 0.45 * r * traits.snout_length), plain(traits.belly, 1.05))
    for hand in (-1.0, 1.0):
        canvas.ellipse((hand * 0.09 * r, y + 0.22 * r), (0.05 * r, 0.06 * r), traits.dark)
        eye(canvas, (hand * 0.32 * r, y - 0.08 * r), 0.065, traits)
    mouth = [(-0.35 * r, y + 0.45 * r), (0.0, y + 0.62 * r), (0.35 * r, y + 0.45 * r)]
    canvas.stroke(mouth, 0.04, 0.04, traits.dark)


def bat(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a bat: spread wings of skin with scalloped lower edges, fangs."""
    lift, fold = float(rng.uniform(-0.55, 0.15)), float(rng.uniform(0.85, 1.1))
    points = [(0.1, -0.1), (0.45, lift - 0.15), (1.05, lift), (0.98, 0.25), (0.82, 0.2), (0.72, 0.42)]
    points += [(0.55, 0.3), (0.42, 0.5), (0.28, 0.35), (0.1, 0.45)]
    for side in (-1.0, 1.0):
        wing = np.array(points) * (side * fold, 1.0)
        canvas.polygon(wing, traits.coat)
        wrist = (side * fold * 0.45, lift - 0.13)
        for knuckle in (2, 5, 7):
            bone = [wrist, (float(wing[knuckle, 0]), float(wing[knuckle, 1]))]
            bar(canvas, bone, 0.04, 0.02, plain(traits.coat, 0.55, 0.0))
    canvas.ellipse((0.0, 0.22), (0.22 * traits.body_length, 0.4), plain(traits.accent, 0.75))
    r = 0.27 * traits.head_size
    for side in (-1.0, 1.0):
        ear(canvas, replace(traits, coat=traits.accent), (side * 0.6 * r, -0.2 - 0.6 * r), 0.27, UP + 0.35 * side)
    canvas.ellipse((0.0, -0.2), (r, 0.95 * r), plain(traits.accent, 0.9))
    for side in (-1.0, 1.0):
        eye(canvas, (side * 0.4 * r, -0.25), 0.06, traits)
        fang = np.array([(0.12, 0.38), (0.3, 0.38), (0.2, 0.75)]) * (side * r, r) + (0.0, -0.2)
        canvas.polygon(fang, Paint((1.0, 1.0, 0.95), relief=0.0))
    canvas.ellipse((0.0, -0.16), (0.2 * r, 0.14 * r), traits.dark)


def whale(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a whale: huge head, grooved pale belly, raised level flukes, a spout of water."""
    rise, b = float(rng.uniform(0.35, 0.75)), 0.46 * traits.body_height
    fluke = (-0.93, 0.1 - rise)
    wing = [(0.0, 0.0), (0.15, 0.28), (0.42, 0.42), (0.22, 0.05), (0.42, -0.42), (0.15, -0.28)]
    canvas.curve(local(wing, fluke, UP - float(rng.uniform(0.2, 0.9)), 0.8), plain(traits.coat, 0.8))
    canvas.stroke([(0.0, 0.25), (-0.6, 0.25), (-0.86, 0.05 - 0.5 * rise), fluke], 1.3 * b, 0.12, traits.coat)
    back = [(-0.6, 0.02), (0.0, 0.25 - b), (0.6, 0.2 - b), (0.98, 0.15), (0.9, 0.45), (0.3, 0.25 + b), (-0.4, 0.5)]
    canvas.curve(back, traits.coat)
    canvas.curve([(0.96, 0.35), (0.3, 0.38), (-0.3, 0.52), (0.3, 0.24 + b)], traits.belly)
    for shift in (0.0, 0.1):
        bar(canvas, [(0.8, 0.43 + shift), (0.25, 0.47 + shift)], 0.025, 0.02, plain(traits.belly, 0.6, 0.0))
    canvas.curve([(0.25, 0.4), (0.05, 0.85), (-0.2, 0.95), (-0.05, 0.5)], plain(traits.coat, 0.7))
    eye(canvas, (0.62, 0.2), 0.06, traits)
    if rng.random() < 0.7:
        top, spray = 0.2 - b, Paint((0.85, 0.95, 1.0), relief=0.2)
        for side in (-1.0, 1.0):
            jet = [(0.45, top), (0.45 + 0.08 * side, top - 0.35), (0.45 + 0.3 * side, top - 0.3)]
            canvas.stroke(jet, 0.07, 0.12, spray)


def seal(canvas: Canvas, rng: np.random.Generator, traits: Traits) -> None:
    """Draw a seal: a raised round head, a body tapering to hind flippers, whiskers."""
    raised, x = float(rng.uniform(-0.65, -0.15)), float(rng.uniform(0.4, 0.65))
    back = float(rng.uniform(0.3, 0.65))
    for turn in (-0.35, 0.35):
        flap = [(0.0, -0.08), (0.6, -0.16), (0.85, 0.0), (0.6, 0.16), (0.0, 0.08)]
        canvas.curve(local(flap, (-0.78, back), np.pi + 0.3 + turn, 0.45), plain(traits.coat, 0.75))
    width = 0.75 * traits.body_height
    canvas.stroke([(0.2, 0.45), (-0.3, 0.55), (-0.85, back)], width, 0.14, traits.coat)
    canvas.stroke([(0.1, 0.48), (0.42, 0.2), (x, raised)], width, 0.4, traits.coat)
    canvas.stroke([(0.35, 0.55), (0.5, 0.25), (x + 0.05, raised + 0.2)], 0.35, 0.2, traits.belly)
    r = 0.3 * traits.head_size
    canvas.ellipse((x, raised), (r, 0.9 * r), traits.coat)
    nose = (x + 0.9 * r * traits.snout_length, raised + 0.2 * r)
    canvas.ellipse((nose[0] - 0.25 * r, nose[1] + 0.1 * r), (0.5 * r, 0.4 * r), traits.belly)
    canvas.ellipse((nose[0] + 0.1 * r, nose[1] - 0.1 * r), (0.17 * r, 0.15 * r), traits.dark)
    for angle in (0.3, 0.8):
        bar(canvas, [nose, polar(nose, angle, 0.3)], 0.03, 0.015, traits.dark)
    eye(canvas, (x + 0.3 * r, raised - 0.25 * r), 0.075, traits, 0.25)
    swing = float(rng.uniform(-0.3, 0.3))
    canvas.curve([(0.25, 0.4), (0.45, 0.5), (0.5 + swing, 0.95), (0.2 + swing, 0.98)], plain(traits.coat, 0.75))
