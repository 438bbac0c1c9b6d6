"""Drawing primitives shared by every generator: strokes, shapes, textures, light; never a whole image."""

from data.drawing.canvas import Canvas, Pose, uneven
from data.drawing.geometry import ellipse, smooth_closed, smooth_open, tapered
from data.drawing.paint import Paint, Texture, hsv, jitter

__all__ = [
    "Canvas",
    "Paint",
    "Pose",
    "Texture",
    "ellipse",
    "hsv",
    "jitter",
    "smooth_closed",
    "smooth_open",
    "tapered",
    "uneven",
]
