"""The target images of the course: ten kinds of small animals, drawn by formulas."""

from data.critters.generator import KINDS, draw, sample

__all__ = ["KINDS", "draw", "sample"]
