"""The seed of the fresh test images: an instructor's secret, or the course's public one."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError

SEED_VARIABLE = "GRADER_SEED_FILE"
PUBLIC = "public"
_SHORTEST = 16
_LONGEST = 65_536
_PUBLIC_SEED = 20_260_101


class SeedError(GraderError):
    """The secret seed's file cannot be used."""


@dataclass(frozen=True)
class ImageSeed:
    """``value`` seeds the images; ``digest`` goes into every report: it is ``public``, or tells two seeds apart."""

    value: int
    digest: str = PUBLIC


def image_seed(file: Path | None) -> ImageSeed:
    """Return the seed in ``file``, else in the file that GRADER_SEED_FILE names, else the public one.

    Raises SeedError when the file cannot be read, or is so short that its digest would give it away.
    """
    named = file if file is not None else Path(os.environ.get(SEED_VARIABLE) or "")
    if file is None and not os.environ.get(SEED_VARIABLE):
        return ImageSeed(_PUBLIC_SEED)
    try:
        with named.open("rb") as opened:
            secret = opened.read(_LONGEST).strip()
    except OSError as error:
        raise SeedError(f"{named}: the seed file cannot be read ({error.strerror}); {_HOW}.") from error
    if len(secret) < _SHORTEST:
        raise SeedError(f"{named}: the seed is shorter than {_SHORTEST} characters and could be guessed; {_HOW}.")
    # Two different hashes, so that the published digest says nothing about the images.
    value = int.from_bytes(hashlib.sha256(b"images\0" + secret).digest()[:7], "big")
    return ImageSeed(value, hashlib.sha256(b"digest\0" + secret).hexdigest()[:16])


_HOW = 'make one with `python -c "import secrets; print(secrets.token_hex(32))" > FILE`, outside the course\'s folder'
