"""What a kernel sends, made safe to keep: only well-formed output, and no more of it than the limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from grader.records import Json

OUTPUTS = frozenset({"stream", "display_data", "execute_result", "error", "update_display_data"})
"""The kinds of messages that end up in a notebook."""

_UPDATE = "update_display_data"
_OVERHEAD = 250
_WORD = 60


class OutputCap:
    """Counts the output of one notebook; what is beyond the limit is cut, and its cells are remembered."""

    def __init__(self, megabytes: float) -> None:
        self._megabytes = megabytes
        self._left = int(megabytes * 10**6)
        self._spent: dict[int, int] = {}
        self._cut: set[int] = set()
        self._clearing: int | None = None

    def admit(self, kind: str, content: Json, cell: int, places: int = 0) -> dict[str, Json] | None:
        """Return a clean copy of an output message's content, cut where needed, or None to drop it.

        ``cell`` is the cell's index; ``places`` tells how many outputs the message replaces besides its own.
        """
        clean = _clean(kind, content)
        if clean is None:
            return None
        weight = _OVERHEAD + _weigh(clean)
        own, elsewhere = (0, weight * (1 + places)) if kind == _UPDATE else (weight, weight * places)
        clears = own > 0 and self._clearing == cell
        room = self._left + (self._spent.get(cell, 0) if clears else 0)
        if own + elsewhere > room:
            self._cut.add(cell)
            if kind != "stream" or room <= _OVERHEAD:
                return None
            clean = {**clean, "text": clean["text"][: room - _OVERHEAD]}
            own = room
        if clears:
            self.clear(cell)
        self._left -= own + elsewhere
        # What was written into other cells stays there when this one is cleared.
        self._spent[cell] = self._spent.get(cell, 0) + own
        return clean

    def mark(self, cell: int) -> None:
        """Remember that some of a cell's output never arrived."""
        self._cut.add(cell)

    def clear(self, cell: int, *, wait: bool = False) -> None:
        """Give back what a cell has spent on itself: its output is removed, with ``wait`` by its next output."""
        self._clearing = cell if wait else None
        if not wait:
            self._left += self._spent.pop(cell, 0)

    def finish(self, notebook: NotebookNode) -> None:
        """Join each cell's pieces of text, and put a remark below the output of every cell that was cut."""
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            cell.outputs = _joined(cell.get("outputs", []))
            if index in self._cut:
                remark = f"[The output was cut here: the notebook wrote more than {self._megabytes:g} MB.]\n"
                cell.outputs.append(new_output("stream", name="stderr", text=remark))


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    joined: list[NotebookNode] = []
    pieces: list[str] = []
    for output in outputs:
        stream = output.output_type == "stream"
        if stream and pieces and joined[-1].name == output.name:
            pieces.append(output.text)
            continue
        if pieces:
            joined[-1].text = "".join(pieces)
        pieces = [output.text] if stream else []
        joined.append(output)
    if pieces:
        joined[-1].text = "".join(pieces)
    return joined


def _clean(kind: str, content: Json) -> dict[str, Json] | None:
    if not isinstance(content, dict):
        return None
    if kind == "stream":
        name, text = content.get("name"), content.get("text")
        return {"name": name, "text": text} if name in ("stdout", "stderr") and isinstance(text, str) else None
    if kind == "error":
        trace = content.get("traceback")
        lines = [line for line in trace if isinstance(line, str)] if isinstance(trace, list) else []
        return {"ename": str(content.get("ename")), "evalue": str(content.get("evalue")), "traceback": lines}
    return _clean_display(content)


def _clean_display(content: Mapping[str, Json]) -> dict[str, Json]:
    """Keep texts and images; JSON of any depth, which only interactive plots need, is dropped."""
    data = _strings(content.get("data"))
    metadata = {name: _scalars(value) for name, value in _items(content.get("metadata")) if isinstance(value, dict)}
    transient = content.get("transient")
    display = transient.get("display_id") if isinstance(transient, dict) else None
    count = content.get("execution_count")
    return {
        "data": data,
        "metadata": metadata,
        "transient": {"display_id": display} if isinstance(display, str) else {},
        "execution_count": count if isinstance(count, int) else None,
    }


def _items(value: Json) -> list[tuple[str, Json]]:
    return [(str(key), item) for key, item in value.items()] if isinstance(value, dict) else []


def _strings(value: Json) -> dict[str, str]:
    return {key: item for key, item in _items(value) if isinstance(item, str)}


def _scalars(value: Json) -> dict[str, Json]:
    return {key: item for key, item in _items(value) if isinstance(item, str | int | float | bool)}


def _weigh(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_WORD + len(key) + _weigh(item) for key, item in value.items())
    if isinstance(value, list):
        return sum(_WORD + _weigh(item) for item in value)
    return _WORD
