"""Read one image file of whatever origin as an upright RGB picture, and say what was unusual about it."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

SMALLEST = 16
"""Pictures with a side of fewer pixels are left out."""
MOST_PIXELS = 80_000_000
"""Pictures with more pixels are left out undecoded: a file of a few kB can claim gigabytes."""

SUFFIXES: dict[str, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png", ".apng"),
    "GIF": (".gif",),
    "BMP": (".bmp", ".dib"),
    "WEBP": (".webp",),
    "TIFF": (".tif", ".tiff"),
}
"""The formats that are read. Others stay closed: some of Pillow's readers start programs (EPS)."""

_PHONE_BRANDS = re.compile(rb"^....ftyp(heic|heix|hevc|mif1|msf1|avif|avis)", re.DOTALL)
_MODES = {
    "1": "is black and white",
    "L": "is grey",
    "LA": "is grey with an alpha channel",
    "P": "has a palette",
    "PA": "has a palette with an alpha channel",
    "CMYK": "is CMYK, for printing",
    "I": "is grey with 16 bits",
    "I;16": "is grey with 16 bits",
    "I;16B": "is grey with 16 bits",
    "I;16L": "is grey with 16 bits",
    "YCbCr": "is YCbCr",
    "LAB": "is L*a*b*",
    "HSV": "is HSV",
    "RGBA": "has an alpha channel",
    "RGBa": "has an alpha channel",
    "RGBX": "has a fourth channel",
}


@dataclass(frozen=True)
class Finding:
    """Something unusual about a file, and what was done about it or what the user can do."""

    found: str
    done: str


@dataclass(frozen=True)
class Picture:
    """An upright RGB picture, or None for a file that is left out, and what was found on the way."""

    image: Image.Image | None
    findings: tuple[Finding, ...] = ()


def read_picture(path: Path) -> Picture:
    """Read a JPEG, PNG, GIF, BMP, WebP or TIFF file by its content, whatever its name says.

    The first frame is taken, 16-bit grey is divided by 257, other kinds of colour are converted to RGB, transparent
    parts are laid on white, and the picture is turned as its EXIF orientation says. No file raises an error;
    one that cannot be read or has an extreme size has no image but a finding that says why. Damage that leaves a
    decodable file, such as a changed byte within JPEG data, is not noticed.
    """
    try:
        if path.stat().st_size == 0:
            return _left_out("is empty", "get it again or delete it")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's remarks on odd files; what matters is found below
            return _opened(path)
    except Image.DecompressionBombError:
        return _left_out(f"has more than {MOST_PIXELS // 1_000_000} million pixels", "make it smaller")
    except UnidentifiedImageError:
        return _unreadable(path)
    except Exception as error:  # damaged files raise nearly anything
        return _left_out(f"is cut off or damaged ({error})", "get it again or delete it")


def _opened(path: Path) -> Picture:
    with Image.open(path, formats=list(SUFFIXES)) as file:
        # An MPO file is a phone's JPEG with further views behind the first.
        kind = "JPEG" if file.format == "MPO" else str(file.format)
        extreme = _extreme(file.width, file.height)
        if extreme:
            return Picture(None, (extreme,))
        findings = [*_name_findings(path, kind)]
        if getattr(file, "is_animated", False) and file.format != "MPO":
            findings.append(Finding(f"is a {kind} with several frames", "the first is used"))
        elif kind == "GIF":
            findings.append(Finding("is a GIF", "read as RGB"))
        file.load()
        image = _as_rgb(file)
        if image is None:
            return _left_out(f"has pixels of an unknown range ({file.mode})", "save it with 8 bits")
        if file.mode != "RGB" and kind != "GIF":
            findings.append(_mode_finding(file))
        orientation = _orientation(file)
        if orientation != 1:
            findings.append(Finding("lies on its side or is mirrored (EXIF orientation)", "turned upright"))
            image.getexif()[ExifTags.Base.Orientation] = orientation
            image = ImageOps.exif_transpose(image)
        return Picture(image, tuple(findings))


def _orientation(file: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1, which is upright, if the EXIF data are damaged or have none."""
    try:
        found = file.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # damaged EXIF data raise many kinds of errors, and the picture itself is whole
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _left_out(found: str, advice: str) -> Picture:
    return Picture(None, (Finding(found, f"left out; {advice}"),))


def _extreme(width: int, height: int) -> Finding | None:
    if width * height > MOST_PIXELS:
        return Finding(f"has {width} by {height} pixels, too many", "left out; make it smaller")
    if min(width, height) < SMALLEST:
        return Finding(f"has only {width} by {height} pixels", "left out; find a larger one")
    return None


def _unreadable(path: Path) -> Picture:
    with path.open("rb") as file:
        start = file.read(16)
    if _PHONE_BRANDS.match(start):
        return _left_out("is a HEIC or AVIF file, as phones make them", "save it as JPEG")
    if path.suffix.lower() in {suffix for suffixes in SUFFIXES.values() for suffix in suffixes}:
        return _left_out("is no image, although its name says so", "get it again or delete it")
    return _left_out("is no image", "move it elsewhere")


def _name_findings(path: Path, kind: str) -> list[Finding]:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES[kind]:
        return []
    proper = Path(re.split(r"[?#]", path.name)[0]).stem + SUFFIXES[kind][0]
    other = next((name for name, suffixes in SUFFIXES.items() if suffix in suffixes), None)
    if other:
        found = f"is a {kind}, although its name says {other}"
    elif suffix:
        found = f'is a {kind} with the extension "{suffix}"'
    else:
        found = f"is a {kind} without an extension"
    return [Finding(found, f"read by its content; rename it to {proper}")]


def _mode_finding(file: Image.Image) -> Finding:
    transparent = file.has_transparency_data
    found = _MODES.get(file.mode, f"has pixels of the mode {file.mode}")
    if transparent and "alpha" not in found:
        found += " with a transparent colour"
    return Finding(found, "laid on white" if transparent else "read as RGB")


def _as_rgb(file: Image.Image) -> Image.Image | None:
    """Return the picture as RGB on white, or None if the meaning of its values is unknown."""
    if file.mode.startswith(("I", "F")):
        values = np.asarray(file)
        if file.mode == "F" or values.min() < 0 or values.max() > 65535:
            return None
        levels = np.round(values / 257.0).astype(np.uint8)
        return Image.fromarray(levels).convert("RGB")
    if file.has_transparency_data:
        white = Image.new("RGBA", file.size, "white")
        return Image.alpha_composite(white, file.convert("RGBA")).convert("RGB")
    return _bare(file.convert("RGB"))


def _bare(image: Image.Image) -> Image.Image:
    """Return the pixels alone: a converted picture keeps its file's EXIF data, and would be turned twice."""
    return Image.frombytes("RGB", image.size, image.tobytes())
