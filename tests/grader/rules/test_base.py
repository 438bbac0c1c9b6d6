from __future__ import annotations

import pytest

from grader.records import TaskEvidence
from grader.rules import RULES, UnusableError
from grader.rules.base import model_of, short, squeezed

from ..made import model


def test_a_model_with_a_problem_is_not_used() -> None:
    task = TaskEvidence("model", {"model": "It is refused."}, {"model": model()})
    with pytest.raises(UnusableError, match=r"It is refused\."):
        model_of(task, "model")


def test_a_model_that_nobody_exported_is_said() -> None:
    with pytest.raises(UnusableError, match="`base` was not found"):
        model_of(TaskEvidence("base"), "base")


def test_words_are_cut_and_compared() -> None:
    assert (short("x" * 60), len(short("x" * 61))) == ("x" * 60, 60)
    assert squeezed("Sparse_Categorical-Crossentropy ") == "sparsecategoricalcrossentropy"


def test_every_rule_says_whether_it_rests_on_reports() -> None:
    assert {getattr(rule, "kind", None) for rule in RULES.values()} == {"recomputed", "reported"}
