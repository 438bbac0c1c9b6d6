"""The non-animals among the pretraining images: single things and patterns that fill the picture."""

from data.sources.things import buildings, fields, marks, objects, plants, signs
from data.sources.things.tools import Composer

THINGS: dict[str, Composer] = {
    "broadleaf tree": plants.broadleaf,
    "fir tree": plants.fir,
    "cactus": plants.cactus,
    "flower": plants.flower,
    "mushroom": plants.mushroom,
    "leaf": plants.leaf,
    "house": buildings.house,
    "castle": buildings.castle,
    "car": buildings.car,
    "boat": buildings.boat,
    "aeroplane": buildings.aeroplane,
    "cup": objects.cup,
    "bottle": objects.bottle,
    "umbrella": objects.umbrella,
    "key": objects.key,
    "gear wheel": objects.gear,
    "chair": objects.chair,
    "balloon": objects.balloon,
    "spring": objects.spring,
    "star": signs.star,
    "glyph": signs.glyph,
    "arrow": signs.arrow,
    "heart": signs.heart,
    "mask": signs.mask,
}
"""Figures in the units of the canvas's pose, drawn on a prepared background."""

PATTERNS: dict[str, Composer] = {
    "noise": fields.noise,
    "fractal": fields.fractal,
    "julia set": fields.julia,
    "voronoi cells": fields.voronoi,
    "spots": fields.spots,
    "bricks": fields.brick,
    "weave": fields.weave,
    "waves": fields.waves,
    "contour lines": fields.contours,
    "branching": fields.branching,
    "dead leaves": marks.dead_leaves,
    "polygons": marks.polygons,
    "strokes": marks.strokes,
    "cracks": marks.cracks,
    "stains": marks.stains,
}
"""Whole pictures in shares of the canvas's side; they need no pose and cover any background."""

__all__ = ["PATTERNS", "THINGS", "Composer"]
