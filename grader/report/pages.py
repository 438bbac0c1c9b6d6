"""The templates of the HTML pages: escaped by default, strict about names, one style sheet inlined."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

_FOLDER = Path(__file__).parent


def render(template: str, page: object) -> str:
    """Return the page that ``template`` (a file of this folder) makes of the dataclass ``page``."""
    return _environment().get_template(template).render(page=page)


def percent(part: float, whole: float) -> int:
    """Return ``part`` of ``whole`` in whole percent, 0 to 100: never 100 unless all, never 0 unless none."""
    if whole <= 0 or part <= 0:
        return 0
    if part >= whole:
        return 100
    return min(99, max(1, round(100 * part / whole)))


def prose(text: str) -> Markup:
    """Return text escaped for HTML, with what stands between backticks as code."""
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just here


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["prose"] = prose
    return environment
