"""How a run ends: each end has its own status and sentence, and what was exported before it is kept."""

from dataclasses import replace
from pathlib import Path

import nbformat
import psutil
import pytest

from grader.records import Run, Status
from grader.run.execute import execute
from tests.grader.run.building import QUICK, notebook
from tests.grader.run.conftest import Runner

EXPORT = "import os, pathlib; pathlib.Path(os.environ['GRADER_EXPORT'], 'early').write_text('kept')"
SANDBOX = [True, False]


def outputs(run: Run, cell: int) -> list[str]:
    assert run.executed is not None
    found = nbformat.read(str(run.executed), as_version=4).cells[cell].outputs
    return [output.get("text") or output.get("evalue") or output.data["text/plain"] for output in found]


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def early(run: Run) -> bool:
    return (run.exports / "early").read_text() == "kept"


@pytest.mark.parametrize("sandbox", SANDBOX)
def test_when_every_cell_runs_then_ok(run_cells: Runner, sandbox: bool) -> None:
    run = run_cells(EXPORT, "print(os.environ['GRADER_PROBE_SEED'])", settings=replace(QUICK, sandbox=sandbox))
    assert (run.status, run.detail) == (Status.OK, "Every cell ran without an error.")
    assert (run.sandboxed, run.probe_seed) == (sandbox, 7)
    assert early(run)
    assert outputs(run, 1) == ["7\n"]


def test_when_a_cell_raises_then_later_cells_still_run(run_cells: Runner) -> None:
    run = run_cells("x = 1", "missing", EXPORT, "1 / 0")
    assert run.status is Status.ERROR
    assert run.detail == "The cell \"cell1\" raised NameError: name 'missing' is not defined"
    assert early(run)


def test_when_an_error_is_long_and_coloured_then_the_sentence_is_one_short_line(run_cells: Runner) -> None:
    run = run_cells(r"raise ValueError('\x1b[31mred\n\u202eline ' + 'x' * 5000)")
    assert run.detail.startswith('The cell "cell0" raised ValueError: red line xxx')
    assert len(run.detail) < 400


def test_when_a_cell_without_a_grade_id_raises_then_its_number_names_it(tmp_path: Path) -> None:
    book = notebook("1", "nope")
    del book.cells[1].metadata["nbgrader"]
    run = execute(book, tmp_path, replace(QUICK, parameters={"x": 1}))
    assert run.detail.startswith("The code cell number 2 raised NameError")


def test_when_parameters_are_given_then_they_replace_the_notebooks(tmp_path: Path) -> None:
    book = notebook("EPOCHS = 10", "print(EPOCHS)")
    book.cells[0].metadata["tags"] = ["parameters"]
    run = execute(book, tmp_path, replace(QUICK, parameters={"EPOCHS": 1}))
    assert outputs(run, 2) == ["1\n"]


@pytest.mark.parametrize("sandbox", SANDBOX)
def test_when_a_cell_loops_for_ever_then_timeout(run_cells: Runner, sandbox: bool) -> None:
    settings = replace(QUICK, sandbox=sandbox)
    run = run_cells(EXPORT, "print('before')", "while True: pass", "print('after')", settings=settings, cell_timeout=4)
    assert run.status is Status.TIMEOUT
    assert run.detail == 'The cell "cell2" was stopped: it ran longer than 4 seconds.'
    assert early(run)
    assert outputs(run, 1) == ["before\n"]
    assert outputs(run, 3) == []


@pytest.mark.slow
def test_when_the_whole_notebook_takes_too_long_then_timeout(run_cells: Runner) -> None:
    run = run_cells(EXPORT, *["import time; time.sleep(1)"] * 9, notebook_timeout=2)
    assert run.status is Status.TIMEOUT
    assert run.detail.endswith("it ran longer than 2 seconds in all.")
    assert early(run)


@pytest.mark.parametrize("sandbox", SANDBOX)
def test_when_memory_is_hoarded_then_out_of_memory(run_cells: Runner, sandbox: bool) -> None:
    hog = "hoard = []\nwhile True: hoard.append('x' * 10**7)"
    run = run_cells(EXPORT, hog, settings=replace(QUICK, sandbox=sandbox), memory_mb=400)
    assert run.status is Status.OUT_OF_MEMORY
    assert run.detail == 'The notebook was stopped in the cell "cell1": it used more than 400 MB of memory.'
    assert early(run)


def test_when_the_kernel_exits_then_crashed(run_cells: Runner) -> None:
    run = run_cells(EXPORT, "os._exit(0)", "print('after')")
    assert run.status is Status.CRASHED
    assert run.detail == 'The notebook stopped in the cell "cell1": the kernel ended by itself.'
    assert early(run)


@pytest.mark.parametrize("sandbox", SANDBOX)
def test_when_too_many_processes_run_then_all_are_ended(run_cells: Runner, sandbox: bool) -> None:
    bomb = "import subprocess, time\nfor _ in range(300): subprocess.Popen(['sleep', '987.5'])\ntime.sleep(60)"
    run = run_cells(EXPORT, bomb, settings=replace(QUICK, sandbox=sandbox), processes=50)
    assert run.status is Status.CRASHED
    assert run.detail == 'The notebook was stopped in the cell "cell1": it ran more than 50 processes at once.'
    assert early(run)
    assert not [process for process in psutil.process_iter(["cmdline"]) if "987.5" in (process.info["cmdline"] or [])]


DISK = {
    "many": "for i in range(12): open(f'f{i}', 'wb').write(bytes(3 * 10**6))\nimport time; time.sleep(60)",
    "deleted": (
        "files = []\n"
        "for i in range(60):\n"
        "    f = open('f', 'wb'); f.write(bytes(3 * 10**6)); f.flush(); os.fsync(f.fileno()); os.unlink('f')\n"
        "    files.append(f)\n"
        "import time; time.sleep(60)"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", DISK)
def test_when_the_disk_is_filled_then_stopped(run_cells: Runner, way: str) -> None:
    run = run_cells(EXPORT, DISK[way], disk_mb=30)
    assert run.status is Status.CRASHED
    assert run.detail.endswith("it wrote more than 30 MB to the disk.")
    assert early(run)


def test_when_one_file_or_the_temporary_folder_grows_too_large_then_the_writer_gets_an_error(run_cells: Runner) -> None:
    write = "\ntry:\n    for name in {!r}: open(name, 'wb').write(bytes({} * 10**6))"
    write += "\nexcept OSError as error: print(error.strerror)"
    run = run_cells(EXPORT + write.format(["big"], 40), write.format(["/tmp/a", "/tmp/b"], 20), disk_mb=30)
    assert run.status is Status.OK
    assert outputs(run, 0) == ["File too large\n"]
    assert outputs(run, 1) == ["No space left on device\n"]


def test_when_output_floods_then_it_is_cut_with_a_remark(run_cells: Runner) -> None:
    run = run_cells("for i in range(30_000): print('x' * 100)", EXPORT, output_mb=1)
    assert run.status is Status.OK
    assert run.executed is not None
    assert run.executed.stat().st_size < 2_000_000
    assert outputs(run, 0)[-1] == "[The output was cut here: the notebook wrote more than 1 MB.]\n"
    assert early(run)


@pytest.mark.slow
def test_when_one_message_is_larger_than_any_limit_then_later_output_still_arrives(run_cells: Runner) -> None:
    run = run_cells("print('x' * 50_000_000)", "print('later')", EXPORT)
    assert run.status is Status.OK
    assert outputs(run, 0) == ["[The output was cut here: the notebook wrote more than 5 MB.]\n"]
    assert outputs(run, 1) == ["later\n"]
    assert early(run)


@pytest.mark.slow
def test_when_folders_are_locked_or_very_deep_then_the_work_folder_is_still_removed(run_cells: Runner) -> None:
    deep = "import os\nfor _ in range(1500):\n    os.mkdir('deeper'); os.chdir('deeper')\nos.chdir(os.environ['HOME'])"
    run = run_cells(deep, "os.makedirs('a/b'); os.chmod('a', 0); os.chmod('.', 0)")
    assert run.status is Status.OK
    assert not (run.exports.parent / "work").exists()


def test_when_run_twice_then_nothing_of_the_first_run_is_left(run_cells: Runner) -> None:
    assert early(run_cells(EXPORT))
    again = run_cells("1")
    assert list(again.exports.iterdir()) == []


def test_when_a_run_ends_then_the_grader_keeps_no_process_and_no_socket(run_cells: Runner) -> None:
    run_cells("1")
    before, children = open_files(), set(psutil.Process().children(recursive=True))
    run = run_cells("1")
    assert set(psutil.Process().children(recursive=True)) <= children
    assert open_files() <= before
    assert sorted(path.name for path in run.exports.parent.iterdir()) == ["executed.ipynb", "exports", "restored.ipynb"]
