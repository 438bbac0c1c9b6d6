"""The rules that a rubric's checks can name: pure functions of evidence, without TensorFlow or files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from grader.rules.backbone import Frozen, FrozenAndPretrained, PretrainedWeights
from grader.rules.base import Rule, UnusableError, Verdict
from grader.rules.compilation import LearningRate, Loss, Optimizer
from grader.rules.head import DropoutRate, HeadLayers, TrainableParameters
from grader.rules.images import FreshAccuracy, PreparedBatch, Preprocessing

__all__ = ["RULES", "Rule", "UnusableError", "Verdict"]

RULES: Mapping[str, Callable[..., Rule]] = MappingProxyType(
    {
        "prepared_batch": PreparedBatch,
        "preprocessing": Preprocessing,
        "fresh_accuracy": FreshAccuracy,
        "pretrained_weights": PretrainedWeights,
        "frozen": Frozen,
        "frozen_and_pretrained": FrozenAndPretrained,
        "head_layers": HeadLayers,
        "dropout_rate": DropoutRate,
        "trainable_parameters": TrainableParameters,
        "loss": Loss,
        "optimizer": Optimizer,
        "learning_rate": LearningRate,
    }
)
"""Name in a rubric -> rule; a new rule is one more entry here."""
