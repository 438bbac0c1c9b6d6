"""The grader's own errors: each message is one sentence that names the file and the way out."""

from __future__ import annotations

from pathlib import Path


class GraderError(Exception):
    """The base of every error that the grader raises on purpose; ``str()`` is fit for a user's eyes."""


class InvalidNotebookError(GraderError):
    """A file cannot be used as a notebook; ``path`` and ``sentence`` stay apart for reports."""

    def __init__(self, path: Path, sentence: str) -> None:
        super().__init__(path, sentence)
        self.path = path
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.path.name}: {self.sentence}"


class AssignError(GraderError):
    """A solution notebook has a fault that would leak an answer or break its exercise."""


class SourceError(GraderError):
    """The place where submissions are looked for is missing or cannot be read."""


class RosterError(GraderError):
    """The list of students cannot be read."""
