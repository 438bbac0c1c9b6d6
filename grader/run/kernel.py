"""Starting a kernel: its specification, its provisioner, and a manager whose sockets bound what they accept."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

SANDBOXED = "grader-sandbox"
"""The name under which this project's provisioner is declared as an entry point."""

LOCAL = "local-provisioner"

QUIET = logging.Logger("grader.run", level=logging.CRITICAL + 1)
"""Swallows what the libraries log about a kernel that dies: the run's status tells it, in one sentence."""

_NAME = "grader"
_NO_HISTORY = "--HistoryManager.hist_file=:memory:"
_MESSAGE_BYTES = 32 * 10**6
_WAITING_MESSAGES = 16


@dataclass(frozen=True)
class Launch:
    """How a kernel is to be started: ``prefix`` is the sandbox's command line, empty without a sandbox.

    ``sockets`` is a private folder with a short path (a socket's path has at most 107 bytes); ``log`` takes what the
    kernel writes past the notebook.
    """

    provisioner: str
    prefix: Sequence[str]
    sockets: Path
    work: Path
    environment: Mapping[str, str]
    log: Path

    @property
    def connection_file(self) -> Path:
        """The file with the sockets' names and the key that signs the messages."""
        return self.sockets / "kernel.json"


class BoundedKernelManager(AsyncKernelManager):  # type: ignore[misc]
    """A kernel manager whose clients accept messages of a bounded size and let few of them wait."""

    def client(self, **kwargs: Any) -> Any:
        """Return a client on the manager's own context; the bag of arguments is Jupyter's."""
        return super().client(context=self.context, **kwargs)


def manager(launch: Launch, specs: Path) -> BoundedKernelManager:
    """Write the kernel's specification below ``specs`` and return a manager for it; nothing is started yet."""
    _write_spec(launch, specs)
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.MAXMSGSIZE, _MESSAGE_BYTES)
    context.setsockopt(zmq.RCVHWM, _WAITING_MESSAGES)
    return BoundedKernelManager(
        kernel_name=_NAME,
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(specs)], ensure_native_kernel=False),
        transport="ipc" if os.name == "posix" else "tcp",
        connection_file=str(launch.connection_file),
        context=context,
        log=QUIET,
    )


def _write_spec(launch: Launch, specs: Path) -> None:
    config = {"prefix": list(launch.prefix)} if launch.prefix else {}
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", _NO_HISTORY, "-f", "{connection_file}"],
        "display_name": "Grader",
        "language": "python",
        # A signal would end at bubblewrap, which does not pass it on.
        "interrupt_mode": "message",
        "metadata": {"kernel_provisioner": {"provisioner_name": launch.provisioner, "config": config}},
    }
    folder = specs / _NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
