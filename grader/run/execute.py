"""The run step: one restored notebook, executed by papermill in a watched and sandboxed kernel."""

from __future__ import annotations

import contextlib
import copy
import os
import re
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import NotebookExecutionManager
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from data.files import write_atomically
from grader.records import Json, Limits, Run, Status
from grader.run import canary, kernel, sandbox
from grader.run.client import GraderClient
from grader.run.kernel import Launch
from grader.run.provisioner import SandboxProvisioner
from grader.run.rlimits import confine
from grader.run.sandbox import Room, SandboxError
from grader.run.watchdog import Breach, Watchdog, kill_tree
from grader.run.workplace import KernelStartError, Workplace, offer_official, prepare, remove, socket_folder

_INJECTED = "injected-parameters"
_SENTENCE = 300
_LOG_TAIL = 500
_INVISIBLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_WINDOWS = ("SYSTEMROOT", "TEMP", "TMP", "PATHEXT", "COMSPEC")


@dataclass(frozen=True)
class RunSettings:
    """How notebooks are run.

    ``parameters`` replace those of the cell tagged ``parameters``; ``probe_seed`` reaches the kernel as
    GRADER_PROBE_SEED; ``cache`` is the folder of decoded weights (COURSE_CACHE), visible but not writable, as are the
    paths in ``readonly``; ``official`` are files of Keras's cache, which are found there and make the kernel choose
    ImageNet weights (COURSE_WEIGHTS); ``threads`` is what numerical libraries may use.
    """

    limits: Limits = field(default_factory=Limits)
    parameters: Mapping[str, Json] = field(default_factory=dict)
    sandbox: bool = True
    probe_seed: int = 0
    readonly: tuple[Path, ...] = ()
    cache: Path | None = None
    official: tuple[Path, ...] = ()
    threads: int = 2


def execute(restored: NotebookNode, workplace: Path, settings: RunSettings) -> Run:
    """Run every cell of ``restored`` in a fresh kernel and return how that ended; what was exported is kept.

    ``workplace`` is a folder of this submission's own: earlier ``work``, ``exports`` and ``executed.ipynb`` in it are
    removed. A student's error, crash or excess is a status; SandboxError and KernelStartError mean that nothing ran.
    """
    place = prepare(workplace.resolve())
    started = time.monotonic()
    write_atomically(place.restored, nbformat.writes(restored))
    notebook = load_notebook_node(str(place.restored))
    if settings.parameters:
        parameters = copy.deepcopy(dict(settings.parameters))
        notebook = parameterize_notebook(notebook, parameters, kernel_name="python3", language="python")
    with socket_folder() as sockets:
        try:
            status, detail = _run(notebook, _launch(place, sockets, settings), settings, place)
        finally:
            remove(place.work)
    # A forged message can hold half a character, which no file can.
    write_atomically(place.executed, nbformat.writes(notebook).encode("utf-8", "replace"))
    return Run(
        status=status,
        detail=detail,
        exports=place.exports,
        executed=place.executed,
        seconds=time.monotonic() - started,
        sandboxed=settings.sandbox,
        probe_seed=settings.probe_seed,
    )


def environment(place: Workplace, settings: RunSettings) -> dict[str, str]:
    """Return every environment variable that the kernel gets; none of the grader's own are passed on."""
    folder = str(Path(sys.executable).parent)
    cache = {"COURSE_CACHE": str(settings.cache.resolve())} if settings.cache else {}
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    tensorflow = ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return {
        "PATH": os.pathsep.join((folder, "/usr/local/bin", "/usr/bin", "/bin")),
        "HOME": str(place.work),
        "USER": "learner",
        "LANG": "C.UTF-8",
        "GRADER_EXPORT": str(place.exports),
        "GRADER_PROBE_SEED": str(settings.probe_seed),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(place.work / ".matplotlib"),
        "IPYTHONDIR": str(place.work / ".ipython"),
        "COURSE_WEIGHTS": "imagenet" if settings.official else "course",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        **{name: str(settings.threads) for name in (*threads, *tensorflow)},
        **cache,
        **{name: os.environ[name] for name in _WINDOWS if os.name == "nt" and name in os.environ},
    }


def _launch(place: Workplace, sockets: Path, settings: RunSettings) -> Launch:
    variables = environment(place, settings)
    offer_official(place, settings.official)
    log = place.root / "kernel.log"
    if not settings.sandbox:
        return Launch(kernel.LOCAL, (), sockets, place.work, variables, log)
    cache = [settings.cache] if settings.cache else []
    shown = tuple(path.resolve() for path in (*settings.readonly, *settings.official, *cache))
    room = Room(place.work, place.exports, sockets, variables, shown, settings.limits.disk_mb)
    prefix = sandbox.command(room)
    canary.prove(prefix, room)
    return Launch(kernel.SANDBOXED, prefix, sockets, place.work, variables, log)


def _run(notebook: NotebookNode, launch: Launch, settings: RunSettings, place: Workplace) -> tuple[Status, str]:
    limits = settings.limits
    manager = kernel.manager(launch, place.root / "kernels")
    book = NotebookExecutionManager(notebook, output_path=None, progress_bar=False, autosave_cell_every=0)
    client = GraderClient(book, manager, limits.cell_timeout, limits.output_mb)
    folders = (place.work, place.exports, launch.sockets, launch.log)
    try:
        pid = _start(client, launch, limits, sandboxed=settings.sandbox)
        with Watchdog(pid, limits, folders) as watchdog:
            try:
                client.execute_cells()
            except CellTimeoutError:
                client.note_overlong()
                return watchdog_verdict(watchdog.breach, client) or _cell_timeout(client, limits)
            except DeadKernelError:
                return watchdog_verdict(watchdog.breach, client) or _crash(client, "the kernel ended by itself")
            except Exception as error:
                # The student's process wrote the messages that lead here.
                what = f"the kernel sent messages that cannot be used ({type(error).__name__})"
                return watchdog_verdict(watchdog.breach, client) or _crash(client, what)
        return _finished(client)
    finally:
        client.stop()
        client.cap.finish(notebook)
        launch.log.unlink(missing_ok=True)
        shutil.rmtree(place.root / "kernels", ignore_errors=True)


def _start(client: GraderClient, launch: Launch, limits: Limits, *, sandboxed: bool) -> int:
    """Start the kernel, prove where it lives and limit it; return its outermost process's id."""
    failure = SandboxError if sandboxed else KernelStartError
    try:
        pid = client.start(launch)
    except SandboxError:
        raise
    except NoSuchKernel as error:
        raise failure(
            f"Jupyter knows no kernel provisioner named {launch.provisioner}: install the project again, by "
            "`pip install -r requirements.txt`."
        ) from error
    except Exception as error:
        raise failure(f"The kernel did not start: {error}{_log_tail(launch.log)}.") from error
    if not sandboxed:
        return pid
    try:
        if not isinstance(client.km.provisioner, SandboxProvisioner):
            raise SandboxError(f"The kernel was launched by {launch.provisioner}, outside the sandbox: it was stopped.")
        canary.prove_kernel(pid, str(launch.connection_file))
        confine(pid, limits)
    except BaseException:
        with contextlib.suppress(psutil.NoSuchProcess):
            kill_tree(psutil.Process(pid))
        raise
    return pid


def _finished(client: GraderClient) -> tuple[Status, str]:
    if client.raised is None:
        return Status.OK, "Every cell ran without an error."
    cell, name, message = client.raised
    said = _plain(f"{name}: {message}" if message else name)
    return Status.ERROR, f"The {_title(client, cell)} raised {said}"


def watchdog_verdict(breach: Breach | None, client: GraderClient) -> tuple[Status, str] | None:
    """Return the status and the sentence for what the watchdog found, or None when it found nothing."""
    if breach is None:
        return None
    return breach.status, f"The notebook was stopped in the {_title(client, client.current)}: {breach.what}."


def _cell_timeout(client: GraderClient, limits: Limits) -> tuple[Status, str]:
    title = _title(client, client.current)
    return Status.TIMEOUT, f"The {title} was stopped: it ran longer than {limits.cell_timeout:g} seconds."


def _crash(client: GraderClient, what: str) -> tuple[Status, str]:
    return Status.CRASHED, f"The notebook stopped in the {_title(client, client.current)}: {what}."


def _title(client: GraderClient, cell: NotebookNode | None) -> str:
    """Name a cell for a reader: by its grade_id, else by its number among the student's code cells."""
    if cell is None:
        return "start"
    nbgrader = cell.metadata.get("nbgrader")
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    if name:
        return f'cell "{_plain(str(name))}"'
    code = [other for other in client.nb.cells if other.cell_type == "code" and _INJECTED not in other.metadata.tags]
    number = next((place for place, other in enumerate(code, start=1) if other is cell), 0)
    return f"code cell number {number}"


def _plain(text: str) -> str:
    """Make a stranger's text fit for one line: no control characters, no end beyond the limit."""
    line = " ".join(_INVISIBLE.sub(" ", text[: 10 * _SENTENCE]).split())
    return line if len(line) <= _SENTENCE else f"{line[: _SENTENCE - 1]}…"


def _log_tail(log: Path) -> str:
    with contextlib.suppress(OSError):
        tail = _plain(log.read_bytes()[-_LOG_TAIL:].decode(errors="replace"))
        return f" ({tail})" if tail else ""
    return ""
