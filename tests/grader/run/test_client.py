"""Messages that a hostile kernel forges harm its own run at most."""

import nbformat
import pytest

from grader.records import Status
from tests.grader.run.conftest import Runner

SEND = """
kernel = get_ipython().kernel
def send(kind, content, **more):
    kernel.session.send(kernel.iopub_socket, kind, content=content, parent=kernel.get_parent(), **more)
"""


def test_when_output_is_malformed_then_it_is_dropped(run_cells: Runner) -> None:
    run = run_cells(
        SEND + "send('stream', {'name': 'stdout', 'text': [1]}); send('display_data', {'data': 1})",
        "send('display_data', {'data': {'text/plain': 'kept', 'application/json': {'a': 1}}, 'metadata': {},"
        " 'transient': {'display_id': [1]}})",
        "send('error', {'ename': 1, 'evalue': None, 'traceback': 'x'})",
        "send('comm_open', {'comm_id': 'a', 'target_name': 'jupyter.widget', 'data': {'state': {}}})",
        "print('later')",
    )
    assert run.status is Status.OK
    assert run.executed is not None
    cells = nbformat.read(str(run.executed), as_version=4).cells
    assert cells[1].outputs[0].data == {"text/plain": "kept"}
    assert cells[4].outputs[0].text == "later\n"
    assert "widgets" not in nbformat.read(str(run.executed), as_version=4).metadata


@pytest.mark.parametrize(
    "forged",
    ["send('status', {})", "send('clear_output', None)", "kernel.iopub_thread.socket.send_multipart([b'garbage'])"],
)
def test_when_a_message_cannot_be_used_then_only_this_run_ends(run_cells: Runner, forged: str) -> None:
    run = run_cells(SEND, forged, "print('later')")
    assert run.status in {Status.CRASHED, Status.OK}
    assert run.executed is not None
    nbformat.validate(nbformat.read(str(run.executed), as_version=4))


def test_when_one_display_is_shown_many_times_and_then_enlarged_then_the_notebook_stays_small(
    run_cells: Runner,
) -> None:
    shown = "from IPython.display import display, update_display\nfor _ in range(300): display('a', display_id='one')"
    run = run_cells(shown, "update_display('x' * 500_000, display_id='one')", output_mb=20)
    assert run.status is Status.OK
    assert run.executed is not None
    assert run.executed.stat().st_size < 20_000_000


def test_when_input_is_asked_for_then_an_error_and_no_waiting(run_cells: Runner) -> None:
    run = run_cells("input()", "print('later')")
    assert run.status is Status.ERROR
    assert "StdinNotImplementedError" in run.detail


def test_when_text_holds_half_a_character_then_the_notebook_is_still_written(run_cells: Runner) -> None:
    ascii_only = "import json; kernel.session.pack = lambda message: json.dumps(message, default=str).encode()"
    run = run_cells(f"{SEND}{ascii_only}", r"print('a\ud800b')")
    assert run.status is Status.OK
    assert run.executed is not None
    assert nbformat.read(str(run.executed), as_version=4).cells[1].outputs[0].text == "a?b\n"


def test_when_output_is_cleared_late_or_elsewhere_then_the_limit_still_holds(run_cells: Runner) -> None:
    show = "from IPython.display import clear_output, display, update_display"
    many = "for n in range(6): display('a', display_id=str(n))"
    enlarge = "for n in range(6): update_display('x' * 400_000, display_id=str(n)); clear_output()"
    late = ["print('x' * 400_000, flush=True); clear_output(wait=True)"] * 4
    run = run_cells(f"{show}\n{many}", enlarge, *late, output_mb=0.5)
    assert run.status is Status.OK
    assert run.executed is not None
    assert run.executed.stat().st_size < 600_000
