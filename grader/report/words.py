"""The words, numbers and clean text that every report shares."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from grader.records import Outcome, Status

STATUS_SENTENCES: Mapping[Status, str] = MappingProxyType(
    {
        Status.OK: "The notebook ran from its first cell to its last without an error.",
        Status.ERROR: "A cell stopped with an error. The tasks that were finished count.",
        Status.TIMEOUT: "The notebook took longer than its time limit and was stopped. "
        "The tasks that were finished before that count.",
        Status.OUT_OF_MEMORY: "The notebook used more memory than its limit and was stopped. "
        "The tasks that were finished before that count.",
        Status.CRASHED: "The notebook's kernel ended unexpectedly. The tasks that were finished before that count.",
        Status.REFUSED: "The grader had to refuse something in this work, which therefore earns no points.",
        Status.INVALID: "The file that was handed in cannot be read as this exercise's notebook.",
        Status.MISSING: "Nothing was handed in.",
    }
)
"""One plain sentence for each status."""

STATUS_WORDS: Mapping[Status, str] = MappingProxyType(
    {
        Status.OK: "ran to the end",
        Status.ERROR: "error in a cell",
        Status.TIMEOUT: "time limit",
        Status.OUT_OF_MEMORY: "memory limit",
        Status.CRASHED: "crashed",
        Status.REFUSED: "refused",
        Status.INVALID: "not readable",
        Status.MISSING: "not handed in",
    }
)
"""Two or three words for each status, for tables."""

OUTCOME_SIGNS: Mapping[Outcome, str] = MappingProxyType(
    {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.WAITING: "…", Outcome.UNMEASURED: "…"}
)
OUTCOME_WORDS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.PASSED: "passed",
        Outcome.FAILED: "not yet",
        Outcome.WAITING: "waits for a person",
        Outcome.UNMEASURED: "not measured",
    }
)
KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {"recomputed": "recomputed by the grader", "reported": "reported by the notebook", "person": "read by a person"}
)

NO_SANDBOX = (
    "The grader was run with --no-sandbox: the code in the notebooks could read, change and send whatever "
    "the person who graded them can."
)
PUBLIC_SEED = "public: the fresh images come from the course's public seed, so students can draw the same ones"


def points(value: float) -> str:
    """Return points without needless digits: ``7``, ``7.5``, ``0.333``."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def waiting_points(value: float) -> str:
    """Return how many points wait for a person, as the start of a sentence."""
    return f"{points(value)} point{'' if value == 1 else 's'} {'waits' if value == 1 else 'wait'} for a person"


def number(value: float) -> float | int:
    """Return a number for JSON and CSV, rounded to six digits, and an int where it is whole."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def clean(text: str) -> str:
    """Return text that can be shown and saved anywhere.

    Half characters (from file names that are not UTF-8), control characters other than line ends and
    tabs, and marks that reverse the direction of writing become U+FFFD; all else stays as given.
    """
    return "".join(character if _harmless(character) else "\ufffd" for character in text)


def title(name: str, titles: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return what a person calls an exercise or a task: its title, else ``01 freeze depth`` for ``01_freeze_depth``."""
    return clean(titles.get(name) or name.replace("_", " ")).strip()


def _harmless(character: str) -> bool:
    if character in "\n\t":
        return True
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return False
    return unicodedata.bidirectional(character) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
