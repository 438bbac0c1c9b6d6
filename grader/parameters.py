"""Values on the command line: each reader gives the value, or one sentence about what is wrong with it."""

from __future__ import annotations

import argparse
import json
import math

from grader.records import Json


def limit(text: str) -> float:
    """Return a limit in seconds or megabytes: a number above 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return value


def whole(text: str) -> int:
    """Return a whole number above 0."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 1024):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to 1024")
    return int(text)


def names_and_values(text: str) -> tuple[str, Json]:
    """Return (name, value) of ``NAME=VALUE``; the value is read as JSON, and is a text where it is none."""
    name, sign, value = text.partition("=")
    if not sign or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
