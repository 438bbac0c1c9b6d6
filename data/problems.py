"""What was found about a user's files, as a table that reads well in a terminal and in a notebook."""

from __future__ import annotations

import html
from dataclasses import dataclass

_ROWS = 30
_WIDTHS = (44, 60, 60)


@dataclass(frozen=True)
class Problem:
    """One thing that was found about one file or folder."""

    file: str
    """Its path below the examined folder, with slashes."""
    found: str
    done: str
    """What was done about it, and what the user can do."""
    used: bool = True
    """Whether the file is among the pictures all the same."""


class Problems(tuple[Problem, ...]):
    """A tuple of Problem that prints as a table: what was left out first, at most 30 rows (``text(None)``: all)."""

    __slots__ = ()

    def text(self, rows: int | None = _ROWS) -> str:
        """Return the table as text with at most ``rows`` rows; None means all."""
        if not self:
            return "No problems were found."
        shown, rest = self._shown(rows)
        table = [("file", "found", "done"), *shown]
        widths = [min(most, max(len(row[column]) for row in table)) for column, most in enumerate(_WIDTHS)]
        lines = [
            "  ".join(_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in table
        ]
        return "\n".join([self._heading(), *lines, *rest])

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        if not self:
            return "<p>No problems were found.</p>"
        shown, rest = self._shown(_ROWS)
        body = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in shown)
        after = "".join(f"<p>{html.escape(line)}</p>" for line in rest)
        head = "<tr><th>file</th><th>found</th><th>done</th></tr>"
        return f"<p>{html.escape(self._heading())}</p><table>{head}{body}</table>{after}"

    def _heading(self) -> str:
        out = len({problem.file for problem in self if not problem.used})
        used = len({problem.file for problem in self if problem.used})
        return f"Left out: {out}. Used, but worth knowing about: {used}."

    def _shown(self, rows: int | None) -> tuple[list[tuple[str, str, str]], list[str]]:
        ordered = sorted(self, key=lambda problem: problem.used)
        shown = [(_printable(each.file), _printable(each.found), _printable(each.done)) for each in ordered[:rows]]
        more = len(self) - len(shown)
        return shown, [f"... and {more} more; print(problems.text(None)) shows all."] if more else []


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _cut(text: str, width: int) -> str:
    # The end of a path tells more than its beginning, and the beginning of a sentence more than its end.
    if len(text) <= width:
        return text
    return text[: width - 1] + "…" if " " in text else "…" + text[1 - width :]
