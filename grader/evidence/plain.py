"""Plain values that a task exports: numbers, texts, and small lists and tables of them, as JSON."""

from __future__ import annotations

import math

import numpy as np

from grader.records import Json

MAX_TEXT = 10_000
MAX_ITEMS = 10_000
MAX_DEPTH = 6
MAX_NUMBER = 1e300


def plain(value: object, depth: int = 0) -> tuple[str, Json]:
    """Return a plain value's kind and its JSON form; subclasses of the plain types are no plain values."""
    if isinstance(value, np.generic):
        value = value.item()
    if type(value) in (bool, int):
        return "number", value
    if type(value) is float:
        return "number", value if math.isfinite(value) else str(value)
    if type(value) is str:
        return "text", value[:MAX_TEXT]
    if depth < MAX_DEPTH and type(value) in (list, tuple) and len(value) <= MAX_ITEMS:  # type: ignore[arg-type]
        return "list", [plain(item, depth + 1)[1] for item in value]  # type: ignore[attr-defined]
    if depth < MAX_DEPTH and type(value) is dict and len(value) <= MAX_ITEMS:
        return "dict", {str(key)[:200]: plain(item, depth + 1)[1] for key, item in value.items()}
    return "other", None


def beyond_caps(value: Json) -> str | None:
    """Return what is too large about a JSON value that a stranger wrote (the end of a sentence), or None."""
    level = [value]
    seen = 0
    for _ in range(MAX_DEPTH + 1):
        seen += len(level)
        if seen > MAX_ITEMS:
            return f"holds more than {MAX_ITEMS:,} values, which are too many"
        if any(isinstance(item, str) and len(item) > MAX_TEXT for item in level):
            return f"holds a text of more than {MAX_TEXT:,} characters"
        if any(isinstance(item, int | float) and not abs(item) <= MAX_NUMBER for item in level):
            return "holds a number that is too large"
        inner = [part for item in level if isinstance(item, list | dict) for part in _members(item)]
        if not inner:
            return None
        level = inner
    return f"is nested more than {MAX_DEPTH} deep"


def _members(value: Json) -> list[Json]:
    return list(value.values()) if isinstance(value, dict) else list(value)
