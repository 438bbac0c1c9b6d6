"""results.json: one submission's result in Gradescope's format, with what is needed to repeat it."""

from __future__ import annotations

import json

from grader.records import CheckResult, Graded, Json, Outcome
from grader.report.words import NO_SANDBOX, OUTCOME_WORDS, PUBLIC_SEED, STATUS_SENTENCES, clean, number, waiting_points

_WAITS = f" ({OUTCOME_WORDS[Outcome.WAITING]})"


def results(graded: Graded) -> dict[str, Json]:
    """Return the content of ``results.json``: scores in points, ``execution_time`` in seconds.

    Every test is visible to the student: the checks hold no secrets, so that nothing can leak.
    """
    return {
        "score": number(graded.score),
        "execution_time": number(round(graded.seconds, 1)),
        "output": _output(graded),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "student": clean(graded.submission.student),
            "exercise": clean(graded.submission.exercise),
            "status": graded.status.value,
            "detail": clean(graded.detail),
            "max_score": number(graded.max_score),
            "waiting": number(graded.waiting),
            "remarks": [clean(remark) for remark in graded.remarks],
            "versions": {clean(name): clean(version) for name, version in graded.versions.items()},
            "rubric_digest": graded.rubric_digest,
            "image_seed": graded.image_seed,
            "sandboxed": graded.sandboxed,
        },
        "tests": [_test(number_, result) for number_, result in enumerate(graded.results, start=1)],
    }


def results_json(graded: Graded) -> str:
    """Return ``results.json`` as text, the same for the same result."""
    return json.dumps(results(graded), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def explanation(result: CheckResult) -> str:
    """Return what a check found, expected and advises, as lines of plain text; a passed check needs no advice."""
    parts = [("Found", result.found), ("Expected", result.expected)]
    if result.outcome is not Outcome.PASSED:
        parts += [("Why it matters", result.why), ("Where to look", result.see)]
    lines = [f"{OUTCOME_WORDS[result.outcome].capitalize()}."]
    lines += [f"{label}: {clean(text)}" for label, text in parts if text]
    return "\n".join(lines)


def _test(position: int, result: CheckResult) -> dict[str, Json]:
    return {
        "score": number(result.earned),
        "max_score": number(result.points),
        "status": "passed" if result.outcome is Outcome.PASSED else "failed",
        "name": f"{clean(result.title)}{_WAITS if result.outcome is Outcome.WAITING else ''}",
        "number": str(position),
        "output": explanation(result),
        "output_format": "text",
        "tags": [clean(result.kind)],
        "visibility": "visible",
        "extra_data": {
            "check": clean(result.check),
            "task": clean(result.task),
            "outcome": result.outcome.value,
        },
    }


def _output(graded: Graded) -> str:
    lines = [STATUS_SENTENCES[graded.status], clean(graded.detail)]
    if graded.waiting:
        lines.append(f"{waiting_points(graded.waiting)}: not yet in the score.")
    lines += [clean(remark) for remark in graded.remarks]
    if not graded.sandboxed:
        lines.append(NO_SANDBOX)
    if graded.image_seed == "public":
        lines.append(f"Seed of the fresh images: {PUBLIC_SEED}.")
    return "\n".join(line for line in lines if line)
