"""Pretraining images: drawn animals, things and patterns, none of which is a target kind."""

from data.sources.generator import HEADS, KINDS, draw, sample

__all__ = ["HEADS", "KINDS", "draw", "sample"]
