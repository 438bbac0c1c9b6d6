from __future__ import annotations

import pytest

from grader.measures import PredictionFacts, Predictions
from grader.records import Evidence, TaskEvidence
from grader.rules import RULES, UnmeasuredError, UnusableError
from grader.rules.base import fact_of, model_of, short, squeezed

from ..made import model


def test_a_model_with_a_problem_is_not_used() -> None:
    task = TaskEvidence("model", {"model": "It is refused."}, {"model": model()})
    with pytest.raises(UnusableError, match=r"It is refused\."):
        model_of(task, "model")


def test_a_model_that_nobody_exported_is_said() -> None:
    with pytest.raises(UnusableError, match="`base` was not found"):
        model_of(TaskEvidence("base"), "base")


def test_what_another_task_did_not_measure_is_asked_for_there() -> None:
    plain, deep = (TaskEvidence(name, models={"model": model()}) for name in ("plain", "deep"))
    whole = Evidence({"plain": plain, "deep": deep})
    for name, said in (
        ("plain.model", "in task plain: run its check with `fresh=True` first$"),
        ("model", "measured$"),
    ):
        with pytest.raises(UnmeasuredError, match=said):
            fact_of(deep, whole, Predictions(name, "test"), PredictionFacts)


def test_words_are_cut_and_compared() -> None:
    assert (short("x" * 60), len(short("x" * 61))) == ("x" * 60, 60)
    assert squeezed("Sparse_Categorical-Crossentropy ") == "sparsecategoricalcrossentropy"


def test_every_rule_says_whether_it_rests_on_reports() -> None:
    assert {getattr(rule, "kind", None) for rule in RULES.values()} == {"recomputed", "reported"}
