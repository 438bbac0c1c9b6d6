"""A kernel that is not launched by the sandbox's own provisioner, behind a prefix, never runs a cell."""

from pathlib import Path

import pytest
from jupyter_client.provisioning import KernelProvisionerFactory

from grader.run import kernel, sandbox
from grader.run.execute import execute
from grader.run.provisioner import SandboxProvisioner
from grader.run.sandbox import SandboxError
from tests.grader.run.building import QUICK, notebook

EXPORT = "import os, pathlib; pathlib.Path(os.environ['GRADER_EXPORT'], 'ran').write_text('')"


def test_the_entry_point_is_installed() -> None:
    entries = KernelProvisionerFactory.instance().get_provisioner_entries()
    assert entries[kernel.SANDBOXED] == f"{SandboxProvisioner.__module__}:{SandboxProvisioner.__name__}"


# The local provisioner does not know the prefix, which traitlets says.
@pytest.mark.filterwarnings("ignore:Passing unrecognized arguments:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("grader-sandbx", "no kernel provisioner named"),
        (kernel.LOCAL, "outside the sandbox: it was stopped"),
    ],
)
def test_a_wrong_provisioner_raises_and_nothing_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, message: str
) -> None:
    monkeypatch.setattr(kernel, "SANDBOXED", name)
    with pytest.raises(SandboxError, match=message):
        execute(notebook(EXPORT), tmp_path, QUICK)
    assert list((tmp_path / "exports").iterdir()) == []
    assert not (tmp_path / "executed.ipynb").exists()


def test_a_launch_under_another_name_is_noticed_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # What an override under a wrong name comes to: the class is right, but the prefix is never put in front.
    monkeypatch.delattr(SandboxProvisioner, "launch_kernel")
    with pytest.raises(SandboxError, match=r"namespaces|does not run below bubblewrap"):
        execute(notebook(EXPORT), tmp_path, QUICK)
    assert list((tmp_path / "exports").iterdir()) == []


def test_a_sandboxed_kernel_without_a_prefix_is_not_launched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kernel, "LOCAL", kernel.SANDBOXED)
    with pytest.raises(SandboxError, match="names no sandbox"):
        execute(notebook(EXPORT), tmp_path, QUICK.__class__(sandbox=False))
    assert list((tmp_path / "exports").iterdir()) == []


def test_a_kernel_that_dies_at_once_is_not_the_students_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usual = sandbox.command
    monkeypatch.setattr("grader.run.execute.canary.prove", lambda prefix, room: None)
    monkeypatch.setattr(sandbox, "command", lambda room: (*usual(room)[:-1], "--ro-bind", "/absent", "/absent", "--"))
    with pytest.raises(SandboxError, match=r"The kernel did not start.*/absent"):
        execute(notebook(EXPORT), tmp_path, QUICK)
