"""Carries out what the checks ask for: each kind of measure by one function on one task's objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from data import WeightsError
from grader.backbones import NEVER_TRAINED
from grader.evidence.facts import LeafWeight, leaf_weights, leaves, values
from grader.evidence.images import NoImagesError, kinds_of
from grader.evidence.inputs import augmented, labelled
from grader.evidence.observe import Observed, sentence, shortened
from grader.evidence.plan import Array, Sources, TaskPlan, prepare_of
from grader.evidence.predictions import Progress, UnusableModelError, predictions
from grader.evidence.probe import affine_map, probe_facts, probe_images, seen_by_first_convolution
from grader.evidence.trusted import features, features_by, images_and_labels, trusted, with_weights
from grader.measures import (
    Arrival,
    Augmented,
    AugmentedFacts,
    Drift,
    DriftFacts,
    ImageSet,
    Kernel,
    Labelled,
    LabelledFacts,
    MagnitudeFacts,
    Magnitudes,
    Measure,
    Moved,
    PredictionFacts,
    Predictions,
    SampledKernel,
    SampleFacts,
    Samples,
    SourcePredictions,
)
from grader.records import Fact, ProbeFacts

KIND_HEAD = "kind"
MOST_SAMPLED = 2_000
FAULTS = (WeightsError, NoImagesError)
"""What is wrong with this machine or the rubric, and never with a student's work."""


@dataclass(frozen=True)
class Context:
    """What belongs to one task's measures beside its plan: the objects found, and the trusted side's means."""

    plan: TaskPlan
    found: Mapping[str, Observed]
    probe_seed: int
    sources: Sources
    progress: Progress | None = None


def measure(wanted: Measure, context: Context) -> Fact:
    """Return what is asked for about one model of the task, which must be there, or about its arrays.

    Raises UnusableModelError with a sentence for the student; a fault of this machine passes through.
    """
    by_kind: Mapping[type, Callable[[Any, Context], Fact]] = {
        Predictions: _predictions,
        SourcePredictions: _source_predictions,
        Arrival: _arrival,
        Drift: _drift,
        Magnitudes: _magnitudes,
        Samples: _samples,
        Augmented: _augmented,
        Labelled: _labelled,
    }
    try:
        return by_kind[type(wanted)](wanted, context)
    except (UnusableModelError, *FAULTS):
        raise
    except Exception as error:  # a student's model may fail in any way that Keras knows
        raise UnusableModelError(shortened(f"The model fails on prepared images: {sentence(error)}")) from error


def _predictions(wanted: Predictions, context: Context) -> PredictionFacts:
    images = context.plan.images[wanted.images]
    draw = context.sources.draw
    if images.features:
        inputs = features(trusted(context.sources, images.features), draw, images)
        return _predicted(wanted.model, inputs, images, context)
    prepare = prepare_of(wanted.model, context.plan.names)
    if prepare is None:
        return _predicted(wanted.model, _images(images, context).astype(np.float32), images, context)
    raw, prepared = _probe(prepare, context)
    recovered = affine_map(raw, prepared)
    if recovered is None:
        raise UnusableModelError(
            f"`{prepare}` does more than a fixed mix of each pixel's channels, so that fresh images cannot be prepared "
            "for the model; put resizing and augmentation into the model."
        )
    return _predicted(wanted.model, recovered.apply(_images(images, context)), images, context)


def _predicted(model: str, inputs: Array, images: ImageSet, context: Context) -> PredictionFacts:
    labels = images_and_labels(context.sources.draw, images.pictures)[1]
    return predictions(context.found[model].model, inputs, labels, len(kinds_of(images)), context.progress)


def _images(images: ImageSet, context: Context) -> Array:
    return images_and_labels(context.sources.draw, images.pictures)[0]


def _probe(prepare: str, context: Context) -> tuple[Array, Array]:
    """Return random raw images and what ``prepare`` made of them."""
    made = context.found[prepare]
    if made.prepared is None:
        raise UnusableModelError(made.problem or f"`{prepare}` could not be tried on images.")
    return probe_images(context.probe_seed), made.prepared


def _arrival(wanted: Arrival, context: Context) -> ProbeFacts:
    raw, prepared = _probe_for(wanted.model, context)
    arrived = seen_by_first_convolution(context.found[wanted.model].model, prepared)
    if arrived is None:
        raise _no_convolution(wanted.model)
    return probe_facts(raw, arrived)


def _augmented(wanted: Augmented, context: Context) -> AugmentedFacts:
    facts = augmented(context.found[wanted.model].model, _probe_for(wanted.model, context)[1])
    if facts is None:
        raise _no_convolution(wanted.model)
    return facts


def _probe_for(model: str, context: Context) -> tuple[Array, Array]:
    """Return random raw images and what the ``prepare`` that goes with a model, if there is one, made of them."""
    prepare = prepare_of(model, context.plan.names)
    if prepare is not None:
        return _probe(prepare, context)
    raw = probe_images(context.probe_seed)
    return raw, raw


def _no_convolution(model: str) -> UnusableModelError:
    return UnusableModelError(f"`{model}` has no convolution, so that no images arrive at one.")


def _labelled(wanted: Labelled, context: Context) -> LabelledFacts:
    arrays = []
    for name in (wanted.model, wanted.labels):
        found = context.found[name]
        if found.array is None:
            raise UnusableModelError(found.problem or f"`{name}` must be an array.")
        arrays.append(found.array)
    shipped = ImageSet("", wanted.set, wanted.part, wanted.count)
    return labelled(arrays[0], arrays[1], images_and_labels(context.sources.draw, shipped))


def _source_predictions(wanted: SourcePredictions, context: Context) -> PredictionFacts:
    base = trusted(context.sources, wanted.backbone)
    images = context.plan.images[wanted.images]
    held = [values(weight.variable) for weight in _base_weights(wanted, context)]
    seen = features_by(with_weights(base, held), base, _images(images, context)).astype(np.float64)
    if not np.isfinite(seen).all():
        raise UnusableModelError("The model gives values that are not finite; train it with a lower learning rate.")
    head = context.sources.source_head(wanted.backbone)
    logits = seen.mean(axis=(1, 2)) @ head[f"{KIND_HEAD}/kernel"] + head[f"{KIND_HEAD}/bias"]
    likely = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = likely / likely.sum(axis=1, keepdims=True)
    labels = images_and_labels(context.sources.draw, images.pictures)[1]
    return PredictionFacts(tuple(int(label) for label in labels), tuple(tuple(row) for row in shares.tolist()))


def _drift(wanted: Drift, context: Context) -> DriftFacts:
    held = _base_weights(wanted, context)
    pretrained = trusted(context.sources, wanted.backbone).arrays()
    moved: dict[str, tuple[float, float]] = {}
    for weight, reference in zip(held, pretrained, strict=True):
        if weight.variable.name in NEVER_TRAINED:
            continue
        difference = values(weight.variable).astype(np.float64) - reference
        before = moved.get(weight.leaf.path, (0.0, 0.0))
        length = float(np.square(reference, dtype=np.float64).sum())
        moved[weight.leaf.path] = (before[0] + float(np.square(difference).sum()), before[1] + length)
    layers = tuple(Moved(layer, distance, length) for layer, (distance, length) in moved.items())
    if not all(np.isfinite(layer.distance) for layer in layers):
        raise UnusableModelError(f"`{wanted.model}` holds weights that are not finite; train with a lower rate.")
    return DriftFacts(layers)


def _base_weights(wanted: Drift | SourcePredictions, context: Context) -> Sequence[LeafWeight]:
    """Return the weights of a model that stand where the backbone's would: the first run of the same shapes."""
    model = context.found[wanted.model].model
    held = leaf_weights(model, leaves(model))
    shapes = [array.shape for array in trusted(context.sources, wanted.backbone).arrays()]
    own = [tuple(weight.variable.shape) for weight in held]
    for start in range(len(own) - len(shapes) + 1):
        if own[start : start + len(shapes)] == shapes:
            return held[start : start + len(shapes)]
    raise UnusableModelError(f"`{wanted.model}` does not hold the layers of {wanted.backbone}.")


def _magnitudes(wanted: Magnitudes, context: Context) -> MagnitudeFacts:
    found = []
    for leaf in leaves(context.found[wanted.model].model):
        if isinstance(leaf.operation, keras.layers.Dense):
            kernel = np.abs(values(leaf.operation.kernel).astype(np.float64))
            near = int((kernel < wanted.near).sum())
            found.append(Kernel(leaf.path, kernel.size, near, float(kernel.sum()), float(np.square(kernel).sum())))
    return MagnitudeFacts(tuple(found))


def _samples(wanted: Samples, context: Context) -> SampleFacts:
    found = []
    for leaf in leaves(context.found[wanted.model].model):
        if isinstance(leaf.operation, keras.layers.Dense):
            kernel = values(leaf.operation.kernel)
            places = np.linspace(0, kernel.size - 1, min(kernel.size, MOST_SAMPLED)).astype(np.int64)
            taken = kernel.reshape(-1)[places].astype(np.float64)
            if not np.isfinite(taken).all():
                raise UnusableModelError(f"The head of `{wanted.model}` holds weights that are not finite.")
            found.append(SampledKernel(tuple(kernel.shape), tuple(taken.tolist())))
    return SampleFacts(tuple(found))
