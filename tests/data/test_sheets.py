"""Contact sheets: every picture in its place, in files small enough to ship."""

import numpy as np
import pytest
from PIL import Image

from data import datasets, sheets
from data.pretraining.recipe import Recipe


def test_pictures_lie_row_by_row_with_white_gaps_around_each() -> None:
    images = np.stack([np.full((2, 2, 3), grey, dtype=np.uint8) for grey in (10, 20, 30)])
    sheet = sheets.tiled(images, columns=2, gap=1)
    assert sheet[:, :, 0].tolist() == [
        [255, 255, 255, 255, 255, 255, 255],
        [255, 10, 10, 255, 20, 20, 255],
        [255, 10, 10, 255, 20, 20, 255],
        [255, 255, 255, 255, 255, 255, 255],
        [255, 30, 30, 255, 255, 255, 255],
        [255, 30, 30, 255, 255, 255, 255],
        [255, 255, 255, 255, 255, 255, 255],
    ]


@pytest.mark.parametrize(("name", "columns", "rows"), [("critters", 8, 10), ("surfaces", 8, 6), ("sources", 12, 6)])
def test_a_shipped_sheet_has_its_size_and_stays_small(name: str, columns: int, rows: int) -> None:
    path = sheets.FOLDER / f"{name}.png"
    assert path.stat().st_size < 700_000
    with Image.open(path) as sheet:
        assert sheet.size == (4 + 100 * columns, 4 + 100 * rows)


def test_no_picture_on_a_sheet_was_trained_or_is_tested_on() -> None:
    seeds = {part.seed for parts in datasets.PARTS.values() for part in parts.values()}
    assert sheets.SEED not in {Recipe("VGG16").seed, *seeds}
