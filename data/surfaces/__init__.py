"""The second target set: drawn metal and board, sound or with one of five defects."""

from data.surfaces.generator import GOOD, KINDS, SHARES, draw, production, sample, twins

__all__ = ["GOOD", "KINDS", "SHARES", "draw", "production", "sample", "twins"]
