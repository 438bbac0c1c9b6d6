"""Values on the command line: each reader gives the value, or one sentence about what is wrong with it.

A notebook's parameter may be meant for one exercise alone: ``05_regularization:EPOCHS`` in place of ``EPOCHS``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Collection, Mapping

from grader.errors import GraderError
from grader.records import Json

_OF = ":"


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
    """Return (name, value) of ``NAME=VALUE`` or ``EXERCISE:NAME=VALUE``; the exercise stays part of the name.

    The value is read as JSON, and is a text where it is none.
    """
    name, sign, value = text.partition("=")
    exercise, colon, own = name.rpartition(_OF)
    if not sign or not own.isidentifier() or (colon and not exercise):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE or EXERCISE:NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def of_exercise(parameters: Mapping[str, Json], exercise: str) -> dict[str, Json]:
    """Return the parameters that an exercise gets: those for all, and before them those for it alone."""
    own = f"{exercise}{_OF}"
    common = {name: value for name, value in parameters.items() if _OF not in name}
    return common | {name.removeprefix(own): value for name, value in parameters.items() if name.startswith(own)}


def require_exercises(parameters: Mapping[str, Json], exercises: Collection[str]) -> None:
    """Raise a GraderError where a parameter is for an exercise that is none of ``exercises``."""
    for name in parameters:
        exercise, colon, own = name.rpartition(_OF)
        if colon and exercise not in exercises:
            known = ", ".join(exercises) or "none"
            raise GraderError(f"The parameter {own} is for {exercise}, but the exercises are {known}; mend the name.")
