"""The course's pictures and pretrained backbones; nothing but `download` needs a network."""

from data.datasets import DatasetError, folder, load
from data.downloads import DownloadError, download
from data.official import WeightsError
from data.photographs import Photographs, compare, photographs, split
from data.pretrained import source_head, weights
from data.sources import sample as source_sample

__all__ = [
    "DatasetError",
    "DownloadError",
    "Photographs",
    "WeightsError",
    "compare",
    "download",
    "folder",
    "load",
    "photographs",
    "source_head",
    "source_sample",
    "split",
    "weights",
]
