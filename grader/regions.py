"""Regions of a cell between BEGIN and END markers: found strictly, so that a slip is an error and never a leak."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from IPython.core.inputtransformer2 import TransformerManager

CODE_PLACEHOLDER: Final = "# Your code here"
TEXT_PLACEHOLDER: Final = "*Your answer here.*"

_MARKER: Final = re.compile(r"### (BEGIN|END) (SOLUTION|HIDDEN TESTS)")
# Anything that looks like a marker but is not one to the letter would silently leave its answer in place.
_LOOKALIKE: Final = re.compile(r"#+[ \t]*(?:BEGIN|END)[ \t_-]*(?:SOLUTIONS?|HIDDEN[ \t_-]*TESTS?)\b", re.IGNORECASE)


class Kind(StrEnum):
    """What a region holds; the value is the word in its markers."""

    SOLUTION = "SOLUTION"
    HIDDEN_TESTS = "HIDDEN TESTS"


@dataclass(frozen=True)
class Region:
    """One region: 0-based line numbers of its two marker lines, and the BEGIN marker's indentation."""

    kind: Kind
    begin: int
    end: int
    indent: str


class MarkerError(ValueError):
    """A marker is out of place; ``line`` counts from 1 in the cell's source."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(line, sentence)
        self.line = line
        self.sentence = sentence

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


def find_regions(source: str) -> tuple[Region, ...]:
    """All regions of a cell's source, in order; raises MarkerError for any marker without its counterpart."""
    regions: list[Region] = []
    opened: tuple[Kind, int, str] | None = None
    for index, line in enumerate(source.split("\n")):
        if not _LOOKALIKE.search(line):
            continue
        marker = _MARKER.fullmatch(line.strip())
        if marker is None:
            raise MarkerError(index + 1, "a marker stands alone on its line, such as '### BEGIN SOLUTION'; correct it")
        begins, kind = marker[1] == "BEGIN", Kind(marker[2])
        if begins and opened is not None:
            raise MarkerError(index + 1, f"BEGIN {kind} stands inside the region opened on line {opened[1] + 1}")
        if begins:
            opened = (kind, index, line[: len(line) - len(line.lstrip())])
        elif opened is None or opened[0] is not kind:
            raise MarkerError(index + 1, f"END {kind} has no BEGIN {kind} before it")
        else:
            regions.append(Region(kind, opened[1], index, opened[2]))
            opened = None
    if opened is not None:
        raise MarkerError(opened[1] + 1, f"BEGIN {opened[0]} has no END {opened[0]} after it")
    return tuple(regions)


def lines_inside(source: str, regions: tuple[Region, ...]) -> list[str]:
    """The lines between the markers of ``regions``, without the markers."""
    lines = source.split("\n")
    return [line for region in regions for line in lines[region.begin + 1 : region.end]]


def cut_text(source: str) -> str:
    """A markdown or raw cell's source with each solution replaced by the placeholder, hidden tests removed."""
    return _replaced(source, dict.fromkeys(_solutions(source), (TEXT_PLACEHOLDER,)))


def cut_code(source: str) -> str:
    """A code cell's source with each solution replaced by the placeholder, hidden tests removed.

    Where a block would be left empty, ``...`` follows the placeholder. Raises SyntaxError where the rest is no
    Python (IPython's magics are), MarkerError as ``find_regions`` does.
    """
    bare: dict[Region, tuple[str, ...]] = dict.fromkeys(_solutions(source), (CODE_PLACEHOLDER,))
    text = _replaced(source, bare)
    if is_python(text):
        return text
    filled: dict[Region, tuple[str, ...]] = dict.fromkeys(bare, (CODE_PLACEHOLDER, "..."))
    check_python(_replaced(source, filled))
    for region in bare:
        fewer = {**filled, region: (CODE_PLACEHOLDER,)}
        if is_python(_replaced(source, fewer)):
            filled = fewer
    return _replaced(source, filled)


def is_python(source: str) -> bool:
    """Whether ``source`` compiles as a cell of a notebook."""
    try:
        check_python(source)
    except SyntaxError:
        return False
    return True


def check_python(source: str) -> None:
    """Raise SyntaxError unless ``source`` compiles as a cell of a notebook; nothing is run."""
    plain = TransformerManager().transform_cell(source)
    compile(plain, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def _solutions(source: str) -> tuple[Region, ...]:
    return tuple(region for region in find_regions(source) if region.kind is Kind.SOLUTION)


def _replaced(source: str, placeholders: Mapping[Region, tuple[str, ...]]) -> str:
    """Put each region's placeholder lines in its place; a region without any, of hidden tests, vanishes."""
    lines = source.split("\n")
    kept: list[str] = []
    position = 0
    for region in find_regions(source):
        kept += lines[position : region.begin]
        kept += [region.indent + line for line in placeholders.get(region, ())]
        position = region.end + 1
    return "\n".join([*kept, *lines[position:]]).rstrip("\n")
