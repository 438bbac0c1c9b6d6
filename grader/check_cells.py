"""Cells that hold nothing but calls of ``check``: only these export a task's objects in the grader's own run."""

from __future__ import annotations

import re
import sys
from typing import Final

_CHECK_LINE: Final = re.compile(r"(?:(?:grader\.)?check\([^()]*\);?|from grader import check|import grader)(?:\s*#.*)?")


def calls_check(source: str) -> bool:
    """Tell whether a cell calls ``check``."""
    return any("check(" in line for line in _code(source))


def only_checks(source: str) -> bool:
    """Tell whether a cell calls ``check`` and does nothing else."""
    return calls_check(source) and all(_CHECK_LINE.fullmatch(line) for line in _code(source))


def runs_among_other_code() -> bool:
    """Tell whether the cell that runs now calls ``check`` among other code; False outside of a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    typed = getattr(getattr(shell, "history_manager", None), "input_hist_raw", None)
    # A cell that is not kept in the history leaves an earlier one there, which tells nothing.
    last = str(typed[-1]) if typed else ""
    return calls_check(last) and not only_checks(last)


def _code(source: str) -> list[str]:
    lines = [line.strip() for line in source.split("\n")]
    return [line for line in lines if line and not line.startswith("#")]
