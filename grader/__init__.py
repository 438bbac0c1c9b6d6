"""The course's grader: ``check`` for learners in a notebook, ``python -m grader`` for those who teach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.live import check as check

__all__ = ["check"]


def __getattr__(name: str) -> Any:
    # Late, so that ``import grader`` costs a learner's notebook and the command line next to nothing.
    if name == "check":
        from grader.live import check  # noqa: PLC0415

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
