"""read_picture: each odd kind of file becomes the picture that it shows, or says why it cannot."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from data.pictures import MOST_PIXELS, read_picture

RNG = np.random.default_rng(1)
ROWS = np.repeat(np.repeat(RNG.integers(0, 256, (6, 8, 3), dtype=np.uint8), 8, axis=0), 8, axis=1)
PHOTO = Image.fromarray(ROWS)
"""48 rows of 64 pixels, in plain squares of 8."""


def _read(path: Path) -> tuple[np.ndarray, list[str], list[str]]:
    picture = read_picture(path)
    assert picture.image is not None
    assert picture.image.mode == "RGB"
    pixels = np.asarray(picture.image).astype(int)
    return pixels, [each.found for each in picture.findings], [each.done for each in picture.findings]


def _why_not(path: Path) -> str:
    picture = read_picture(path)
    assert picture.image is None
    assert len(picture.findings) == 1
    assert picture.findings[0].done.startswith("left out")
    return picture.findings[0].found


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.tif", "a.JPG", "a.jpeg", "a.webp"])
def test_an_ordinary_file_has_no_findings(name: str, tmp_path: Path) -> None:
    PHOTO.save(tmp_path / name, quality=98)
    pixels, found, _ = _read(tmp_path / name)
    assert found == []
    assert np.abs(pixels - ROWS).mean() < (0.01 if name in {"a.png", "a.bmp", "a.tif"} else 12)


@pytest.mark.parametrize(
    ("name", "kind", "says", "proper"),
    [
        ("cat.jpg?w=1024", "JPEG", 'is a JPEG with the extension ".jpg?w=1024"', "cat.jpg"),
        ("cat.jpg?scale=1.5", "JPEG", 'is a JPEG with the extension ".5"', "cat.jpg"),
        ("cat.jpg", "PNG", "is a PNG, although its name says JPEG", "cat.png"),
        ("cat.png", "JPEG", "is a JPEG, although its name says PNG", "cat.jpg"),
        ("cat.jpeg", "GIF", "is a GIF, although its name says JPEG", "cat.gif"),
        ("cat", "WEBP", "is a WEBP without an extension", "cat.webp"),
        ("cat.dat", "BMP", 'is a BMP with the extension ".dat"', "cat.bmp"),
    ],
)
def test_a_wrong_name_is_found_and_the_content_read(
    name: str, kind: str, says: str, proper: str, tmp_path: Path
) -> None:
    PHOTO.save(tmp_path / name, format=kind)
    pixels, found, done = _read(tmp_path / name)
    assert pixels.shape == ROWS.shape
    assert found[0] == says
    assert done[0] == f"read by its content; rename it to {proper}"


def test_grey_and_palette_and_cmyk_become_rgb(tmp_path: Path) -> None:
    PHOTO.convert("L").save(tmp_path / "grey.png")
    pixels, found, _ = _read(tmp_path / "grey.png")
    assert found == ["is grey"]
    np.testing.assert_array_equal(pixels, np.stack([np.asarray(PHOTO.convert("L"))] * 3, axis=-1))

    PHOTO.quantize(256).save(tmp_path / "palette.png")
    pixels, found, _ = _read(tmp_path / "palette.png")
    assert found == ["has a palette"]
    assert np.abs(pixels - ROWS).mean() < 3

    PHOTO.convert("CMYK").save(tmp_path / "print.jpg", quality=98)
    pixels, found, _ = _read(tmp_path / "print.jpg")
    assert found == ["is CMYK, for printing"]
    assert np.abs(pixels - ROWS).mean() < 12, "not inverted"

    PHOTO.convert("1").save(tmp_path / "ink.png")
    pixels, found, _ = _read(tmp_path / "ink.png")
    assert found == ["is black and white"]
    assert set(np.unique(pixels)) == {0, 255}


def test_sixteen_bits_keep_the_whole_range(tmp_path: Path) -> None:
    values = np.linspace(0, 65535, 48 * 64).astype(np.uint16).reshape(48, 64)
    for name in ("deep.png", "deep.tif"):
        Image.fromarray(values).save(tmp_path / name)
        pixels, found, _ = _read(tmp_path / name)
        assert found == ["is grey with 16 bits"]
        np.testing.assert_array_equal(pixels[..., 0], np.round(values / 257.0))


def test_values_of_unknown_range_are_left_out(tmp_path: Path) -> None:
    Image.fromarray(np.full((32, 32), 0.5, dtype=np.float32)).save(tmp_path / "float.tif")
    assert _why_not(tmp_path / "float.tif") == "has pixels of an unknown range (F)"
    Image.fromarray(np.full((32, 32), -7, dtype=np.int32)).save(tmp_path / "signed.tif")
    assert _why_not(tmp_path / "signed.tif") == "has pixels of an unknown range (I)"


@pytest.mark.parametrize("alpha", [0, 128, 255])
def test_transparent_parts_are_laid_on_white(alpha: int, tmp_path: Path) -> None:
    see_through = PHOTO.copy()
    see_through.putalpha(alpha)
    see_through.save(tmp_path / "glass.png")
    pixels, found, done = _read(tmp_path / "glass.png")
    assert (found, done) == (["has an alpha channel"], ["laid on white"])
    expected = (ROWS * (alpha / 255) + 255 * (1 - alpha / 255)).round()
    assert np.abs(pixels - expected).max() <= 1


def test_a_transparent_colour_of_a_palette_is_laid_on_white(tmp_path: Path) -> None:
    two = Image.new("P", (32, 32), 0)
    two.putpalette([0, 0, 0, 200, 10, 10])
    two.paste(1, (0, 0, 32, 16))
    two.save(tmp_path / "two.png", transparency=0)
    pixels, found, done = _read(tmp_path / "two.png")
    assert (found, done) == (["has a palette with a transparent colour"], ["laid on white"])
    assert pixels[0, 0].tolist() == [200, 10, 10]
    assert pixels[31, 0].tolist() == [255, 255, 255]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_of_several_frames_the_first_is_used(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind.lower()}"
    options = {"lossless": True} if kind == "WEBP" else {}
    red, blue = Image.new("RGB", (32, 32), (255, 0, 0)), Image.new("RGB", (32, 32), (0, 0, 255))
    red.save(path, format=kind, save_all=True, append_images=[blue], **options)
    pixels, found, done = _read(path)
    assert found[0] == f"is a {kind} with several frames"
    assert done[0] == "the first is used"
    assert np.abs(pixels - [255, 0, 0]).max() <= 3


def test_a_phone_picture_with_further_views_is_an_ordinary_jpeg(tmp_path: Path) -> None:
    PHOTO.save(tmp_path / "phone.jpg", format="MPO", save_all=True, append_images=[PHOTO.rotate(180)], quality=98)
    with Image.open(tmp_path / "phone.jpg") as file:
        assert file.format == "MPO", "or this test shows nothing"
    pixels, found, _ = _read(tmp_path / "phone.jpg")
    assert found == []
    assert np.abs(pixels - ROWS).mean() < 12


def test_a_gif_of_one_frame_is_named(tmp_path: Path) -> None:
    PHOTO.save(tmp_path / "a.gif")
    pixels, found, _ = _read(tmp_path / "a.gif")
    assert found == ["is a GIF"]
    assert np.abs(pixels - ROWS).mean() < 12


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["png", "jpg", "tif"])
def test_exif_orientation_is_applied_once(orientation: int, kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"phone.{kind}"
    PHOTO.save(path, exif=exif, quality=98)
    pixels, found, _ = _read(path)
    with Image.open(path) as file:
        expected = np.asarray(ImageOps.exif_transpose(file)).astype(int)
    assert pixels.shape == ((48, 64, 3) if orientation < 5 else (64, 48, 3))
    np.testing.assert_array_equal(pixels, expected)
    # Pillow itself turns TIFF files as it reads them.
    assert ("EXIF orientation" in "".join(found)) == (orientation != 1 and kind != "tif")


def test_damaged_exif_data_do_not_cost_the_picture(tmp_path: Path) -> None:
    PHOTO.save(tmp_path / "a.jpg", exif=b"Exif\x00\x00MM\x00*\x00\x00\xff\xff\xff\xff", quality=98)
    pixels, found, _ = _read(tmp_path / "a.jpg")
    assert found == []
    assert pixels.shape == ROWS.shape


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"])
def test_a_file_that_is_cut_off_is_left_out(kind: str, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    PHOTO.save(buffer, format=kind)
    path = tmp_path / f"a.{kind.lower()}"
    path.write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])
    assert _why_not(path).startswith("is cut off or damaged")
    path.write_bytes(buffer.getvalue()[:20])
    assert _why_not(path)


def test_files_that_are_no_images_are_told_apart(tmp_path: Path) -> None:
    contents = {
        "page.jpg": (b"<html>Not found</html>", "is no image, although its name says so"),
        "notes.txt": (b"cats", "is no image"),
        "none.png": (b"", "is empty"),
        "phone.jpg": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "is a HEIC or AVIF file, as phones make them"),
        "program.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 32 32\n", "is no image"),
    }
    for name, (content, says) in contents.items():
        (tmp_path / name).write_bytes(content)
        assert _why_not(tmp_path / name) == says
    assert _why_not(tmp_path / "absent.png").startswith("is cut off or damaged")


def _png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("width", "height"), [(MOST_PIXELS // 1000 + 1, 1000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_decompression_bomb_is_refused_before_it_is_decoded(width: int, height: int, tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(_png_that_claims(width, height))
    assert "pixels" in _why_not(tmp_path / "bomb.png")


def test_a_tiny_picture_is_left_out(tmp_path: Path) -> None:
    PHOTO.resize((64, 15)).save(tmp_path / "tiny.png")
    assert _why_not(tmp_path / "tiny.png") == "has only 64 by 15 pixels"
    PHOTO.resize((16, 16)).save(tmp_path / "small.png")
    assert _read(tmp_path / "small.png")[1] == []
