"""Fingerprints: the same picture is found again in another format, size or quality; another picture is not."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from data import folder
from data.duplicates import fingerprint, groups, near


def _pictures(count: int) -> list[Image.Image]:
    files = sorted((folder("critters", "train") / "cat").glob("*.png"))[:count]
    return [Image.open(file).convert("RGB") for file in files]


def _saved_again(picture: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


CHANGES = {
    "lower quality": lambda picture: _saved_again(picture, 60),
    "half the size": lambda picture: picture.resize((32, 32)),
    "twice the size": lambda picture: picture.resize((128, 128)),
    "a pixel cut": lambda picture: picture.crop((1, 1, 64, 64)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_picture_saved_again_is_near(change: str) -> None:
    pictures = _pictures(8)
    originals = [fingerprint(picture) for picture in pictures]
    changed = [fingerprint(CHANGES[change](picture)) for picture in pictures]
    assert list(near(changed, originals)) == [(index, index) for index in range(8)]
    assert all(a.digest != b.digest for a, b in zip(originals, changed, strict=True))


def test_a_lossless_copy_has_the_same_digest_and_other_pixels_or_shapes_have_not() -> None:
    picture = _pictures(1)[0]
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG")
    assert fingerprint(Image.open(buffer)).digest == fingerprint(picture).digest
    changed = np.array(picture)
    changed[0, 0, 0] ^= 1
    assert fingerprint(Image.fromarray(changed)).digest != fingerprint(picture).digest
    wide, tall = Image.new("RGB", (20, 10)), Image.new("RGB", (10, 20))
    assert fingerprint(wide).digest != fingerprint(tall).digest


def test_different_pictures_of_one_kind_are_not_near() -> None:
    prints = [fingerprint(picture) for picture in _pictures(60)]
    assert [pair for pair in near(prints, prints) if pair[0] != pair[1]] == []


def test_plain_pictures_of_one_hash_are_told_apart_by_their_colour() -> None:
    red, blue = (fingerprint(Image.new("RGB", (32, 32), colour)) for colour in ("red", "blue"))
    assert red.gradients == blue.gradients
    assert list(near([red], [blue])) == []
    assert list(near([red], [red])) == [(0, 0)]


def test_dhash_of_known_pictures() -> None:
    brighter = Image.linear_gradient("L").rotate(90).convert("RGB")
    assert fingerprint(brighter).gradients in (0, 2**64 - 1)
    assert fingerprint(brighter).gradients ^ fingerprint(ImageOps.mirror(brighter)).gradients == 2**64 - 1


def test_groups_are_named_by_their_first_member_and_follow_chains() -> None:
    one, two, three = _pictures(3)
    pictures = [one, two, CHANGES["half the size"](one), three, CHANGES["half the size"](two), _saved_again(one, 60)]
    assert groups([fingerprint(picture) for picture in pictures]) == [0, 1, 0, 3, 1, 0]
    assert groups([]) == []


def test_many_pictures_are_compared_across_blocks() -> None:
    rng = np.random.default_rng(0)
    prints = [fingerprint(Image.fromarray(rng.integers(0, 256, (32, 32, 3), dtype=np.uint8))) for _ in range(600)]
    assert set(near(prints, prints[550:])) == {(550 + index, index) for index in range(50)}
