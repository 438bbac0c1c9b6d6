"""One submission's result as text, for the terminal."""

from __future__ import annotations

from grader.records import Graded
from grader.report.words import STATUS_SENTENCES, clean, points
from grader.view import Answer
from grader.view import as_text as task_text


def as_text(graded: Graded) -> str:
    """Return the status, each task's checks, the remarks and the score, at most 100 characters a line where it can."""
    parts = [STATUS_SENTENCES[graded.status]]
    if graded.detail:
        parts.append(clean(graded.detail))
    for task in dict.fromkeys(result.task for result in graded.results):
        mine = tuple(result for result in graded.results if result.task == task)
        parts.append(f"\n{task_text(Answer(graded.titles.get(task, task), mine))}")
    if graded.remarks:
        parts.append("\nAbout the notebook:")
        parts += [f"- {clean(remark)}" for remark in graded.remarks]
    parts.append(f"\n{points(graded.score)} of {points(graded.max_score)} points")
    return "\n".join(parts)
