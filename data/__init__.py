"""The course's pictures and pretrained backbones; nothing here needs a network."""

from data.datasets import DatasetError, folder, load
from data.pretrained import WeightsError, weights

__all__ = ["DatasetError", "WeightsError", "folder", "load", "weights"]
