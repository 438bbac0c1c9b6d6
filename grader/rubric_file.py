"""A rubric's TOML as tables that answer by key, and complain in sentences that name the file and the key."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.records import Json


class RubricError(GraderError):
    """A rubric cannot be used; the message names the file, the key and what to write instead."""


@dataclass(frozen=True)
class Table:
    """One table of a rubric; ``place`` tells where it stands, such as ``01.toml: check "loss"``."""

    place: str
    values: Mapping[str, Json]

    def error(self, sentence: str) -> RubricError:
        """Return an error about this table."""
        return RubricError(f"{self.place}: {sentence}")

    def has(self, key: str) -> bool:
        """Tell whether a key is there."""
        return key in self.values

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key} is {value!r}; write a text that is not empty.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts that is not empty."""
        value = self._value(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self.error(f'{key} is {value!r}; write a list of texts, such as ["model"].')
        return tuple(value)

    def number(self, key: str) -> float:
        """Return a finite number."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.error(f"{key} is {value!r}; write a number.")
        return float(value)

    def mapping(self, key: str) -> Mapping[str, Json]:
        """Return a table inside this one; a missing one is empty."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.error(f"{key} is {value!r}; write a table, such as {{ rate = 0.5 }}.")
        return value

    def tables(self, key: str, name: str, known: Sequence[str]) -> tuple[Table, ...]:
        """Return the tables of a list, each with a text ``name`` of its own and no key that is not ``known``."""
        entries = self._value(key)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.error(f"{key} must be a list of tables, each opened by [[{key}]].")
        found: dict[str, Table] = {}
        for number, entry in enumerate(entries, start=1):
            label = Table(f"{self.place}: {key} number {number}", entry).text(name)
            table = Table(f'{self.place}: {key} "{label}"', entry)
            if label in found:
                raise table.error(f"{name} occurs twice; give each {key} an {name} of its own.")
            table.require_known(known)
            found[label] = table
        return tuple(found.values())

    def require_known(self, known: Sequence[str]) -> None:
        """Raise RubricError for a key that means nothing here, such as a misspelt one."""
        for key in self.values:
            if key not in known:
                raise self.error(f"{key} is not a key here; use one of {', '.join(known)}.")

    def _value(self, key: str) -> Json:
        if key not in self.values:
            raise self.error(f"{key} is missing; add it.")
        return self.values[key]


def read_table(path: Path, known: Sequence[str]) -> Table:
    """Return a TOML file as a table; raise RubricError where it cannot be read."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RubricError(f"{path.name}: the file cannot be read ({error}); check that it exists.") from error
    except tomllib.TOMLDecodeError as error:
        raise RubricError(f"{path.name}: this is no TOML ({error}); correct that place.") from error
    table = Table(path.name, values)
    table.require_known(known)
    return table
