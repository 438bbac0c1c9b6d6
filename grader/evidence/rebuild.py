"""From a stranger's configuration and arrays to a Keras model, through the list of what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import keras
import numpy as np

from grader.evidence.allowed import RefusedModelError, clean
from grader.evidence.allowed_sizes import MAX_PARAMETERS
from grader.evidence.facts import LeafWeight, leaf_weights, leaves
from grader.evidence.observe import sentence
from grader.evidence.reading import StoredWeight
from grader.records import Json


def rebuild(config: Json, weights: Sequence[StoredWeight]) -> Any:
    """Return the Keras model that ``config`` describes, holding ``weights``, each as trainable as recorded.

    No memory is set aside before every shape has been compared with the arrays at hand. Raises
    RefusedModelError when the configuration names anything that is not allowed, or does not fit the arrays.
    """
    safe = clean(config)
    # Within this scope Keras only notes the shapes of new variables; the values come when it ends.
    scope = keras.StatelessScope(initialize_variables=False)
    try:
        with scope:
            model = keras.saving.deserialize_keras_object(safe, safe_mode=True)
            if not isinstance(model, keras.Model):
                raise RefusedModelError("What was exported as a model is none.")
            pairs = _pairs(model, weights)
            _check_total(model)
            scope.initialize_variables = True
    except RefusedModelError:
        keras.utils.clear_session()
        raise
    except Exception as error:  # a configuration that passed the list may still be nonsense in any way
        # Else the variables that were only noted would be given memory when the next scope ends.
        keras.utils.clear_session()
        raise RefusedModelError(f"The model cannot be rebuilt: {sentence(error)}") from error
    _fill(model, pairs)
    return model


def _pairs(model: Any, weights: Sequence[StoredWeight]) -> list[tuple[LeafWeight, StoredWeight]]:
    """Return each weight of the model with the array that belongs to it."""
    stored = {(weight.layer, weight.index): weight for weight in weights}
    places = leaf_weights(model, leaves(model))
    if len(stored) != len(weights) or len(places) != len(weights):
        raise RefusedModelError(f"The model has {len(places)} weights, but {len(weights)} were exported.")
    pairs = []
    for place in places:
        found = stored.get((place.leaf.path, place.index))
        if found is None or tuple(found.array.shape) != tuple(place.variable.shape):
            raise RefusedModelError(f'The weights exported for "{place.leaf.path}" do not fit the model.')
        pairs.append((place, found))
    return pairs


def _check_total(model: Any) -> None:
    total = sum(prod(variable.shape) for variable in model.variables)
    if total > MAX_PARAMETERS:
        raise RefusedModelError(f"The model has {total:,} parameters; at most {MAX_PARAMETERS:,} can be graded.")


def _fill(model: Any, pairs: Sequence[tuple[LeafWeight, StoredWeight]]) -> None:
    # Lifting every freeze first leaves only what Keras never trains, such as BatchNorm's statistics.
    model.trainable = True
    for place, stored in pairs:
        variable = place.variable
        variable.assign(np.asarray(stored.array))
        variable.trainable = bool(variable.trainable and stored.trainable)
    for leaf in leaves(model):
        # Normalization computes with a copy of its weights, which it takes only when told to.
        if isinstance(leaf.operation, keras.layers.Normalization):
            leaf.operation.finalize_state()
