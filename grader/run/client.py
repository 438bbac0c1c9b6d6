"""Papermill's notebook client, made fit for a hostile kernel: errors allowed, output bounded, every end told apart."""

from __future__ import annotations

import asyncio
from typing import Any

import zmq
from jupyter_core.utils import run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager

from grader.records import Json
from grader.run.kernel import QUIET, BoundedKernelManager, Launch
from grader.run.output import OUTPUTS, OutputCap

_START_SECONDS = 60
_SUBSCRIBE_SECONDS = 0.3


class GraderClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs a notebook's cells one by one; ``current`` is the cell that runs, ``raised`` the first that failed."""

    def __init__(
        self, book: NotebookExecutionManager, manager: BoundedKernelManager, cell_timeout: float, output_mb: float
    ) -> None:
        super().__init__(
            book,
            km=manager,
            raise_on_iopub_timeout=False,
            allow_errors=True,
            timeout_func=lambda cell: cell_timeout,
            startup_timeout=_START_SECONDS,
            record_timing=False,
            store_widget_state=False,
            on_cell_start=self._note_start,
            on_cell_error=self._note_error,
            on_cell_executed=self._note_end,
            log=QUIET,
        )
        self.cap = OutputCap(output_mb)
        self.current: NotebookNode | None = None
        self._index = 0
        self._manager = manager
        self._monitor: Any = None
        self.raised: tuple[NotebookNode, str, str] | None = None

    def start(self, launch: Launch) -> int:
        """Start the kernel and wait until it answers; return the id of the process that was launched.

        Raises whatever the provisioner raises, and RuntimeError when the kernel does not answer.
        """
        with launch.log.open("wb") as log:
            self.start_new_kernel(
                env={**launch.environment}, cwd=str(launch.work), stdout=log.fileno(), stderr=log.fileno()
            )
        self.start_new_kernel_client()
        self._monitor = self.kc.iopub_channel.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        return int(self.km.provisioner.pid)

    def execute_cells(self) -> None:
        """Run every cell. Raises CellTimeoutError, DeadKernelError, or anything that a forged message provokes."""
        self.reset_execution_trackers()
        self.nb_man.notebook_start()
        self.papermill_execute_cells()
        self.nb_man.notebook_complete()

    def stop(self) -> None:
        """Let go of the kernel, dead or alive, and of every socket."""
        # The base class forgets its manager when a kernel did not start.
        try:
            run_sync(self._manager.shutdown_kernel)(now=True)
            run_sync(_end_tasks)()
        finally:
            if self.kc is not None:
                self.kc.stop_channels()
            self._manager.context.destroy(linger=0)

    def note_overlong(self) -> bool:
        """Tell whether a message beyond the limit has cut the line to the output since the last call."""
        if self._monitor is None or not zmq.Socket.shadow(self._monitor).poll(0):
            return False
        zmq.Socket.shadow(self._monitor).recv_multipart()
        self.cap.mark(self._index)
        return True

    def process_message(self, msg: Json, cell: NotebookNode, cell_index: int) -> Any:
        """Take one message into the notebook, if it is well formed and there is room for it."""
        kind, content = msg["msg_type"], msg["content"]
        # Widgets add nothing to a grade, and their messages can redirect output and grow without end.
        if kind.startswith("comm") or not isinstance(content.get("execution_count", 0), int | None):
            return None
        if kind in OUTPUTS:
            content = self.cap.admit(kind, content, cell_index, self._places(content))
            if content is None:
                return None
            msg = {**msg, "content": content}
        elif kind == "clear_output":
            self.cap.clear(cell_index, wait=bool(content.get("wait")))
        return super().process_message(msg, cell, cell_index)

    def _places(self, content: Json) -> int:
        transient = content.get("transient")
        display = transient.get("display_id") if isinstance(transient, dict) else None
        cells = self._display_id_map.get(display, {}) if isinstance(display, str) else {}
        return sum(len(places) for places in cells.values())

    def _note_start(self, cell: NotebookNode, cell_index: int) -> None:
        self.current, self._index = cell, cell_index

    async def _note_end(self, cell: NotebookNode, cell_index: int, execute_reply: Json) -> None:
        # ZeroMQ does not come back by itself after a message that was too long.
        if self.note_overlong():
            output = self.kc.iopub_channel.socket
            line = output.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode()
            output.disconnect(line)
            output.connect(line)
            await asyncio.sleep(_SUBSCRIBE_SECONDS)

    def _note_error(self, cell: NotebookNode, cell_index: int, execute_reply: Json) -> None:
        content = execute_reply["content"]
        if self.raised is None:
            self.raised = (cell, str(content.get("ename")), str(content.get("evalue")))


async def _end_tasks() -> None:
    """End what nbclient leaves waiting after a timeout or a dead kernel; Python would complain about it at exit."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
