"""Counts, for each exercise, the wrong answers that are caught and the right ones that get full marks.

Run as `python -m tests.mutants`, or with names of exercises; the exit status is 1 when anything was missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, as_completed

from tests.expected import Expected, expected, faults, with_answers
from tests.judging import Answer, Results, judged


def verdict(known: Expected, variant: str, future: Future[Results]) -> tuple[str, ...]:
    """Return what is not as expected of a variant; where one of its cells raised, that."""
    try:
        return faults(known, variant, future.result())
    except Exception as error:  # an answer may fail in any way, and the others still count
        return (f"it raised {type(error).__name__}: {' '.join(str(error).split())[:300]}",)


def table(exercises: Sequence[Expected], found: Mapping[Answer, tuple[str, ...]]) -> str:
    """Return the table; ``found`` holds the faults of each answer."""
    rows = [("exercise", "wrong answers caught", "right answers passed")]
    for known in exercises:
        counts = []
        for names in (tuple(known.wrong), known.right):
            good = sum(not found[Answer(known.exercise, name)] for name in names)
            counts.append(f"{good} of {len(names)}")
        rows.append((known.exercise, counts[0], counts[1]))
    return "\n".join(f"{name:<32}{wrong:>22}{right:>22}" for name, wrong, right in rows)


def main(arguments: list[str]) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("exercise", nargs="*", help=f"one of {', '.join(with_answers())} (default: all)")
    names = parser.parse_args(arguments).exercise or list(with_answers())
    if unknown := sorted(set(names) - set(with_answers())):
        parser.error(f"there are no answers to {unknown[0]}; there are some to {', '.join(with_answers())}")
    exercises = [expected(name) for name in names]
    found: dict[Answer, tuple[str, ...]] = {}
    answers = {Answer(each.exercise, name): each for each in exercises for name in (*each.right, *each.wrong)}
    print(f"Judging {len(answers)} answers.", flush=True)
    with judged(tuple(answers)) as futures:
        whose = {future: answer for answer, future in futures.items()}
        for number, future in enumerate(as_completed(whose), start=1):
            answer = whose[future]
            found[answer] = verdict(answers[answer], answer.variant, future)
            said = "; ".join(found[answer]) or "as expected"
            print(f"{number:3d} of {len(answers)}  {answer.exercise}  {answer.variant}: {said}", flush=True)
    print(table(exercises, found))
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
