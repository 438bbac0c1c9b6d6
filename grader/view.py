"""How check results look to a learner: an HTML table for JupyterLab, and the same as text."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from grader.records import CheckResult, Outcome
from grader.report.words import OUTCOME_SIGNS, OUTCOME_WORDS, clean, points
from grader.rules.base import REPORTED

WIDTH = 100
# White on these has a contrast of more than 6 to 1; the sign and the word say the same without colour.
_COLOURS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.PASSED: "#1b5e20",
        Outcome.FAILED: "#b3261e",
        Outcome.WAITING: "#4a4a4a",
        Outcome.UNMEASURED: "#4a4a4a",
    }
)
_CELL = "text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid rgba(127,127,127,.4)"
_BADGE = "color:#fff;padding:1px 8px;border-radius:3px;white-space:nowrap;background:"


@dataclass(frozen=True, repr=False)
class Answer:
    """What ``check(...)`` shows: results under a title, or a sentence why there are none."""

    title: str
    results: tuple[CheckResult, ...] = ()
    problem: str = ""

    @property
    def earned(self) -> float:
        """Points earned."""
        return sum(result.earned for result in self.results)

    def __repr__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": as_text(self), "text/html": as_html(self)}


def summary(results: Sequence[CheckResult]) -> str:
    """Return one line such as ``3 of 4 checks passed, 5 of 6 points``; what is still open is said, not hidden."""
    passed = sum(result.outcome is Outcome.PASSED for result in results)
    earned, whole = sum(result.earned for result in results), sum(result.points for result in results)
    line = f"{passed} of {_count(results, 'check')} passed, {points(earned)} of {points(whole)} points"
    for outcome in (Outcome.UNMEASURED, Outcome.WAITING):
        still = [result for result in results if result.outcome is outcome]
        if still:
            words = OUTCOME_WORDS[outcome] if len(still) == 1 else OUTCOME_WORDS[outcome].replace("waits", "wait")
            open_points = sum(result.points for result in still)
            line += f"; {_count(still, 'check')} ({points(open_points)} points) {words}"
    return line


def as_text(answer: Answer) -> str:
    """Return an answer as plain text, at most 100 characters a line."""
    if answer.problem:
        return "\n".join(_wrapped(f"{answer.title}: {answer.problem}", ""))
    lines = [f"{clean(answer.title)}: {summary(answer.results)}"]
    width = max((len(_word(result)) for result in answer.results), default=0)
    for result in answer.results:
        lines += _wrapped(f"{_word(result):<{width}}  {result.title} ({_score(result)})", " " * (width + 2))
        for label, text in details(result):
            lines += _wrapped(f"{' ' * (width + 2)}{label}: {text}", " " * (width + 4))
    return "\n".join(lines)


def as_html(answer: Answer) -> str:
    """Return an answer as HTML; everything in it that came from elsewhere is escaped."""
    if answer.problem:
        return f'<p role="status"><strong>{_marked(answer.title)}</strong>: {_marked(answer.problem)}</p>'
    rows = "".join(_row(result) for result in answer.results)
    heads = "".join(f'<th scope="col" style="{_CELL}">{head}</th>' for head in ("Result", "Check", "Points"))
    caption = f"<strong>{_marked(answer.title)}</strong>: {_marked(summary(answer.results))}"
    return (
        f'<table style="border-collapse:collapse;max-width:60em">'
        f'<caption style="caption-side:top;text-align:left;padding:6px 10px;color:inherit">{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def details(result: CheckResult) -> tuple[tuple[str, str], ...]:
    """Return (label, sentence) of what a result has to say; a passed check tells only what was found."""
    told = [("Found", result.found)]
    if result.outcome is not Outcome.PASSED:
        told.append(("Expected", result.expected))
    if result.outcome is Outcome.FAILED:
        told += [("Why it matters", result.why), ("Where to look", result.see)]
    if result.kind == REPORTED:
        told.append(("Note", "this rests on what the notebook reports about itself"))
    return tuple((label, text) for label, text in told if text)


def _row(result: CheckResult) -> str:
    badge = f'<span style="{_BADGE}{_COLOURS[result.outcome]}">{_word(result)}</span>'
    lines = "".join(f"<div><em>{label}:</em> {_marked(text)}</div>" for label, text in details(result))
    return (
        f'<tr><td style="{_CELL}">{badge}</td>'
        f'<th scope="row" style="{_CELL};font-weight:normal"><strong>{_marked(result.title)}</strong>{lines}</th>'
        f'<td style="{_CELL};white-space:nowrap">{points(result.earned)} of {points(result.points)}</td></tr>'
    )


def _word(result: CheckResult) -> str:
    return f"{OUTCOME_SIGNS[result.outcome]} {OUTCOME_WORDS[result.outcome]}"


def _score(result: CheckResult) -> str:
    return f"{points(result.earned)} of {points(result.points)} points"


def _count(items: Sequence[object], word: str) -> str:
    return f"{len(items)} {word}" if len(items) == 1 else f"{len(items)} {word}s"


def _marked(text: str) -> str:
    """Return text escaped for HTML, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(clean(text)))


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(clean(text), WIDTH, subsequent_indent=indent, break_long_words=False) or [""]
