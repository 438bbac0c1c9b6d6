"""Random attributes of one animal: paints, free parts (ears, tail, horns) and proportions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.drawing import Paint, Texture, hsv

EARS = ("none", "round", "pointed", "droopy", "long", "wide")
TAILS = ("none", "thin", "bushy", "tuft", "curl", "flat")
HORNS = ("none", "short", "curved", "antlers", "single")

_TEXTURES = tuple(Texture)


@dataclass(frozen=True)
class Traits:
    """Attributes of one animal; ``ears``, ``tail`` and ``horns`` index EARS, TAILS and HORNS (0: none).

    The proportions are factors near 1 that a composer multiplies its own measures with;
    ``tail_bend`` (-0.45 to 0.45) curves the tail, ``eyes`` is the style of the eye (0: bead, 1: white,
    2: coloured iris).
    """

    coat: Paint
    belly: Paint
    accent: Paint
    dark: Paint
    ears: int
    tail: int
    horns: int
    eyes: int
    legs_length: float
    leg_width: float
    body_length: float
    body_height: float
    neck_length: float
    head_size: float
    snout_length: float
    ear_size: float
    tail_size: float
    tail_bend: float
    horn_size: float
    eye_size: float

    @property
    def texture(self) -> Texture:
        """Return the texture of the coat."""
        return self.coat.texture


def draw_traits(rng: np.random.Generator) -> Traits:
    """Draw the attributes of one animal; parts and texture are uniform over their kinds."""
    coat = _draw_coat(rng)
    hue = float(rng.random())
    return Traits(
        coat=coat,
        belly=Paint(_towards(coat.colour, 1.0, float(rng.uniform(0.35, 0.75))), relief=0.4),
        accent=Paint(hsv(hue, float(rng.uniform(0.4, 0.9)), float(rng.uniform(0.45, 0.95))), relief=0.5),
        dark=Paint(hsv(hue + 0.4, float(rng.uniform(0.1, 0.6)), float(rng.uniform(0.08, 0.3))), relief=0.0),
        ears=int(rng.integers(len(EARS))),
        tail=int(rng.integers(len(TAILS))),
        horns=int(rng.integers(len(HORNS))),
        eyes=int(rng.integers(3)),
        legs_length=float(rng.uniform(0.75, 1.25)),
        leg_width=float(rng.uniform(0.8, 1.25)),
        body_length=float(rng.uniform(0.82, 1.2)),
        body_height=float(rng.uniform(0.85, 1.2)),
        neck_length=float(rng.uniform(0.8, 1.2)),
        head_size=float(rng.uniform(0.85, 1.25)),
        snout_length=float(rng.uniform(0.75, 1.3)),
        ear_size=float(rng.uniform(0.8, 1.3)),
        tail_size=float(rng.uniform(0.8, 1.3)),
        tail_bend=float(rng.uniform(-0.45, 0.45)),
        horn_size=float(rng.uniform(0.8, 1.25)),
        eye_size=float(rng.uniform(0.8, 1.25)),
    )


def _draw_coat(rng: np.random.Generator) -> Paint:
    natural = rng.random() < 0.5
    hue = float(rng.uniform(0.03, 0.13) if natural else rng.random())
    saturation = float(rng.uniform(0.05, 0.7) if natural else rng.uniform(0.35, 0.9))
    value = float(rng.uniform(0.25, 0.95))
    other = value - rng.uniform(0.35, 0.5) if value > 0.6 else value + rng.uniform(0.35, 0.5)
    turn = float(rng.uniform(-0.06, 0.06) if rng.random() < 0.6 else rng.random())
    return Paint(
        hsv(hue, saturation, value),
        hsv(hue + turn, saturation * float(rng.uniform(0.4, 1.2)), float(other)),
        _TEXTURES[int(rng.integers(len(_TEXTURES)))],
        scale=float(rng.uniform(0.055, 0.12)),
        angle=float(rng.uniform(0.0, np.pi)),
        relief=float(rng.uniform(0.4, 0.85)),
    )


def _towards(colour: tuple[float, float, float], goal: float, share: float) -> tuple[float, float, float]:
    red, green, blue = (channel + share * (goal - channel) for channel in colour)
    return (red, green, blue)
