"""The rules that a rubric's checks can name: pure functions of evidence, without TensorFlow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from grader.rules.announced import ChangedAsAnnounced, FrozenAsAnnounced
from grader.rules.answers import ClassReport, NamedImages
from grader.rules.backbone import BackboneLayers, Frozen, FrozenAndPretrained, PretrainedWeights
from grader.rules.base import Rule, UnmeasuredError, UnusableError, Verdict
from grader.rules.compilation import LearningRate, Loss, Optimizer
from grader.rules.costs import ToldMegabytes, ToldParameters
from grader.rules.decisions import Cost, Recall, Saving
from grader.rules.freezing import ChangedLayers, FrozenLayers
from grader.rules.head import DropoutRate, HeadLayers, TrainableParameters
from grader.rules.images import FreshAccuracy, PreparedBatch, Preprocessing
from grader.rules.inputs import Augmentation, LabelledImages
from grader.rules.numbers import Between, Choice, ReportedNumbers, Rising, Told
from grader.rules.phases import HeadContinued
from grader.rules.ranking import TopClasses
from grader.rules.regularizers import Penalty
from grader.rules.told_decisions import ToldDecisions
from grader.rules.training import OtherSettings, TrainedHead

__all__ = ["RULES", "Rule", "UnmeasuredError", "UnusableError", "Verdict"]

RULES: Mapping[str, Callable[..., Rule]] = MappingProxyType(
    {
        "prepared_batch": PreparedBatch,
        "preprocessing": Preprocessing,
        "labelled_images": LabelledImages,
        "augmentation": Augmentation,
        "fresh_accuracy": FreshAccuracy,
        "backbone_layers": BackboneLayers,
        "pretrained_weights": PretrainedWeights,
        "frozen": Frozen,
        "frozen_and_pretrained": FrozenAndPretrained,
        "frozen_layers": FrozenLayers,
        "changed_layers": ChangedLayers,
        "frozen_as_announced": FrozenAsAnnounced,
        "changed_as_announced": ChangedAsAnnounced,
        "head_layers": HeadLayers,
        "dropout_rate": DropoutRate,
        "penalty": Penalty,
        "trainable_parameters": TrainableParameters,
        "trained_head": TrainedHead,
        "head_continued": HeadContinued,
        "loss": Loss,
        "optimizer": Optimizer,
        "learning_rate": LearningRate,
        "between": Between,
        "rising": Rising,
        "told": Told,
        "told_parameters": ToldParameters,
        "told_megabytes": ToldMegabytes,
        "reported_numbers": ReportedNumbers,
        "other_settings": OtherSettings,
        "choice": Choice,
        "class_report": ClassReport,
        "named_images": NamedImages,
        "top_classes": TopClasses,
        "recall": Recall,
        "cost": Cost,
        "saving": Saving,
        "told_decisions": ToldDecisions,
    }
)
"""Name in a rubric -> rule; a new rule is one more entry here."""
