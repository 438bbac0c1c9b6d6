"""The parameters of a rule, checked against the fields of its dataclass."""

from __future__ import annotations

import dataclasses
import math
import typing
from collections.abc import Callable, Mapping

from grader.records import Json
from grader.rules.base import Rule

_WORDS: Mapping[type, str] = {str: "a text", int: "a whole number", float: "a number"}

Complain = Callable[[str], Exception]
"""Turns a sentence into the error to raise."""


def build(rule: Callable[..., Rule], parameters: Mapping[str, Json], complain: Complain) -> Rule:
    """Return the rule with its parameters; raise ``complain(sentence)`` for an unknown, missing or wrong one."""
    fields = _fields(rule)
    kinds = {key: kind for key, kind in typing.get_type_hints(rule).items() if key in fields}
    for key in parameters:
        if key not in kinds:
            raise complain(f"parameter {key} does not exist; there is {', '.join(kinds)}.")
    for key in kinds:
        if key not in parameters and fields[key]:
            raise complain(f"parameter {key} is missing; add it.")
    values = {key: _value(key, parameters[key], kinds[key], complain) for key in kinds if key in parameters}
    try:
        return rule(**values)
    except ValueError as error:
        raise complain(f"parameter {error}") from error


def _fields(rule: Callable[..., Rule]) -> Mapping[str, bool]:
    """Return each field's name, and whether a rubric has to set it."""
    if not (isinstance(rule, type) and dataclasses.is_dataclass(rule)):
        raise TypeError(f"{rule!r} is not a dataclass, so its parameters cannot be read.")
    return {field.name: field.default is dataclasses.MISSING for field in dataclasses.fields(rule)}


def _value(key: str, value: Json, kind: object, complain: Complain) -> object:
    if typing.get_origin(kind) is not tuple:
        return _single(key, value, kind, complain)
    inner = typing.get_args(kind)[0]
    if not isinstance(value, list):
        raise complain(f"parameter {key} is {value!r}; write a list.")
    return tuple(_single(key, item, inner, complain) for item in value)


def _single(key: str, value: Json, kind: object, complain: Complain) -> object:
    if kind is float and type(value) is int:
        return float(value)
    # `type` and not `isinstance`: true and false are whole numbers to Python, but not to a reader.
    if kind not in _WORDS or type(value) is not kind or (kind is float and not math.isfinite(value)):
        raise complain(f"parameter {key} is {value!r}; write {_WORDS.get(typing.cast(type, kind), 'another value')}.")
    return value
