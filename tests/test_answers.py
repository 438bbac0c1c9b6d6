"""Right answers of many kinds get full marks; wrong ones lose what they should, with the right sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future

import pytest

from grader import rubric
from tests.expected import expected, faults, with_answers
from tests.judging import Answer, Results, judged
from tests.variants import variants

EXPECTED = {exercise: expected(exercise) for exercise in with_answers()}
RIGHT = [Answer(name, variant) for name, known in EXPECTED.items() for variant in known.right]
WRONG = [Answer(name, variant) for name, known in EXPECTED.items() for variant in known.wrong]


def apart(answers: list[Answer]) -> list[Answer]:
    """Return the answers that nobody in the sample class hands in: its test judges those, check by check."""
    return [answer for answer in answers if answer.variant not in EXPECTED[answer.exercise].handed_in]


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> Iterator[Mapping[Answer, Future[Results]]]:
    """Begin with all answers that were asked for, so that no processor waits while another is at work."""
    asked = [item.callspec.params.get("answer") for item in request.session.items if hasattr(item, "callspec")]
    with judged([answer for answer in asked if isinstance(answer, Answer)]) as futures:
        yield futures


@pytest.mark.parametrize("exercise", rubric.names())
def test_every_exercise_has_answers_enough(exercise: str) -> None:
    known = EXPECTED[exercise]
    assert len(variants(exercise, "right")) >= 5
    assert len(known.wrong) >= 4
    students = {student.answers for student in known.students}
    # All other wrong answers are for the sample class alone, such as one that never ends.
    assert set(variants(exercise, "wrong")) <= {*known.wrong, *students}


@pytest.mark.slow
@pytest.mark.parametrize("answer", apart(RIGHT), ids=str)
def test_right_answers_get_full_marks(answer: Answer, results: Mapping[Answer, Future[Results]]) -> None:
    assert faults(EXPECTED[answer.exercise], answer.variant, results[answer].result()) == ()


@pytest.mark.slow
@pytest.mark.parametrize("answer", apart(WRONG), ids=str)
def test_wrong_answers_lose_what_they_should(answer: Answer, results: Mapping[Answer, Future[Results]]) -> None:
    assert faults(EXPECTED[answer.exercise], answer.variant, results[answer].result()) == ()
