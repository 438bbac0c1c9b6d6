"""Looking at the live objects that a task names: what each is, and what ``prepare`` makes of random images."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from grader.evidence.allowed import RefusedModelError, clean
from grader.evidence.allowed_types import ALLOWED, advice
from grader.evidence.compiled import compile_facts
from grader.evidence.facts import leaves
from grader.evidence.plain import beyond_caps, plain
from grader.evidence.plan import MODEL_NAMES, Array, is_prepare
from grader.evidence.probe import probe_images
from grader.records import CompileFacts, Json

MAX_ARRAY = 10_000_000
MAX_SENTENCE = 400
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, eq=False)
class Observed:
    """One named object: its kind, and what goes with that kind.

    ``kind`` is missing, refused, failed, other, function, model, number, text, list, dict or array. ``config``
    is a model's cleaned configuration, ``prepared`` what ``prepare`` made of the probe images.
    """

    kind: str
    problem: str | None = None
    value: Json = None
    array: Array | None = None
    prepared: Array | None = None
    input_changed: bool = False
    model: Any = None
    config: Json = None
    compiled: CompileFacts | None = None


def observe(names: Sequence[str], namespace: Mapping[str, object], probe_seed: int) -> dict[str, Observed]:
    """Return name -> what is found under it in ``namespace``. Never raises: a surprise becomes a problem."""
    found: dict[str, Observed] = {}
    for name in names:
        try:
            found[name] = _observe(name, namespace, probe_seed)
        except Exception as error:  # a student's object may raise anything, wherever it is touched
            found[name] = Observed("failed", f"`{name}` cannot be examined: {sentence(error)}")
    return found


def sentence(error: BaseException) -> str:
    """Return an exception as one short line."""
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    # TensorFlow colours its messages; a control character has no place in a report.
    plain = "".join(sign for sign in COLOUR.sub("", text) if sign.isprintable() or sign.isspace())
    return shortened(" ".join(plain.split()))


def shortened(text: str) -> str:
    """Return a text cut to the length that a sentence of the evidence may have."""
    return text if len(text) <= MAX_SENTENCE else text[: MAX_SENTENCE - 1] + "…"


def _observe(name: str, namespace: Mapping[str, object], probe_seed: int) -> Observed:
    if name not in namespace:
        return Observed("missing", f"`{name}` is not defined; run the task's cell, and use exactly this name.")
    value = namespace[name]
    if value is None or value is Ellipsis:
        return Observed("missing", f"`{name}` is still {value}; put your answer in its place.")
    if is_prepare(name):
        return _prepare(name, value, probe_seed)
    if isinstance(value, keras.Model):
        return _model(value)
    if name in MODEL_NAMES:
        return Observed("other", f"`{name}` is of the type {type(value).__name__}; it must be a Keras model.")
    return _value(name, value)


def _value(name: str, value: object) -> Observed:
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, np.ndarray) or (hasattr(value, "numpy") and hasattr(value, "shape")):
        return _array(name, np.asarray(value))
    if callable(value):
        return Observed("function")
    kind, taken = plain(value)
    if kind == "other":
        return Observed("other", f"`{name}` is of the type {type(value).__name__}, which cannot be read.")
    if (fault := beyond_caps(taken)) is not None:
        return Observed("other", f"`{name}` {fault}.")
    return Observed(kind, value=taken)


def _prepare(name: str, value: object, probe_seed: int) -> Observed:
    if not callable(value):
        return Observed("other", f"`{name}` is of the type {type(value).__name__}; it must be a function of images.")
    images = probe_images(probe_seed)
    failure: Exception | None = None
    # Some functions take whole numbers only; what works on either kind of raw images is good.
    for given in (images.copy(), images.astype(np.uint8)):
        original = given.copy()
        try:
            result = value(given)
        except Exception as error:  # a student's function may raise anything
            failure = failure or error
            continue
        changed = not np.array_equal(given, original)
        return _prepared(name, result, input_changed=changed)
    reason = "an unknown error" if failure is None else sentence(failure)
    return Observed("failed", shortened(f"`{name}` fails on images of shape {images.shape}: {reason}"))


def _prepared(name: str, result: object, *, input_changed: bool) -> Observed:
    if result is None:
        return Observed("failed", f"`{name}` returns nothing; end it with a return of the prepared images.")
    array = np.asarray(result)
    if array.dtype.kind == "V":
        array = array.astype(np.float32)
    if array.dtype.kind not in "iufb":
        return Observed("failed", f"`{name}` returns a {type(result).__name__}; it must return an array of images.")
    if not 0 < array.size <= MAX_ARRAY:
        return Observed("failed", f"`{name}` returns an array of shape {array.shape}, which cannot be graded.")
    return Observed("function", prepared=array, input_changed=input_changed)


def _model(model: Any) -> Observed:
    try:
        _check_members(model)
        config = clean(model_config(model))
    except RefusedModelError as refusal:
        return Observed("refused", str(refusal))
    except Exception as error:  # the configuration of a student's own classes may raise anything
        return Observed("refused", shortened(f"The model cannot be described by Keras: {sentence(error)}"))
    compiled: CompileFacts | None = None
    try:
        compiled = compile_facts(model)
    except Exception:  # an unusual compile must not cost the model; it is only reported
        compiled = None
    return Observed("model", model=model, config=config, compiled=compiled)


def model_config(model: Any) -> Json:
    """Return the serialized configuration of a Functional or Sequential model, as plain JSON.

    Unlike ``to_json`` it leaves out ``compile``, which Keras cannot describe for every valid choice.
    """
    kind = type(model)
    described = {
        "module": "keras" if kind is keras.Sequential else kind.__module__,
        "class_name": kind.__name__,
        "config": keras.saving.serialize_keras_object(model.get_config()),
        "registered_name": None if kind is keras.Sequential else kind.__name__,
        "build_config": model.get_build_config(),
    }
    return json.loads(json.dumps(described))


def _check_members(model: Any) -> None:
    """Refuse, in words fit for a learner, what could not be described or rebuilt."""
    if type(model) not in (keras.Sequential, keras.src.models.Functional):
        raise RefusedModelError(
            f"The model is of the class {type(model).__name__}, which cannot be read safely; "
            "build it with keras.Sequential([...]) or keras.Model(inputs, outputs)."
        )
    if not model.built or not hasattr(model, "input_shape"):
        raise RefusedModelError("The model has no weights yet; start it with keras.Input(shape=...).")
    known = {kind for _, kind in ALLOWED}
    for leaf in leaves(model):
        kind = type(leaf.operation)
        if kind.__name__ not in known or not kind.__module__.startswith("keras."):
            raise RefusedModelError(advice(kind.__name__, leaf.path))


def _array(name: str, array: Array) -> Observed:
    if array.dtype.kind == "V":
        array = array.astype(np.float32)
    if array.dtype.kind not in "iufb":
        return Observed("other", f"`{name}` is an array of {array.dtype}, which cannot be read; use numbers.")
    if array.size > MAX_ARRAY:
        return Observed("other", f"`{name}` holds {array.size:,} values; at most {MAX_ARRAY:,} can be read.")
    return Observed("array", array=array)
