"""The folders of a run start empty, whatever an earlier run left there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.run.workplace import prepare, private_folder, remove, socket_folder


def test_folders_start_empty(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "stale").write_text("")
    (tmp_path / "executed.ipynb").write_text("")
    place = prepare(tmp_path)
    assert list(place.exports.iterdir()) == list(place.work.iterdir()) == []
    assert not place.executed.exists()


def test_a_link_is_removed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("")
    (tmp_path / "work").symlink_to(tmp_path / "kept")
    prepare(tmp_path)
    assert not (tmp_path / "work").is_symlink()
    assert (tmp_path / "kept" / "file").exists()


def test_a_locked_folder_is_removed_and_a_link_in_it_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o500)
    inner = tmp_path / "folder" / "inner"
    inner.mkdir(parents=True)
    (inner / "link").symlink_to(outside)
    inner.chmod(0)
    assert remove(tmp_path / "folder")
    assert outside.stat().st_mode & 0o777 == 0o500


def test_the_socket_folder_is_private_short_and_gone_afterwards() -> None:
    with socket_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(str(folder)) < 80
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems can nest folders so deep")
def test_a_private_folder_is_removed_however_deep_it_was_nested(tmp_path: Path) -> None:
    nest = "import os\nfor _ in range(3000): os.mkdir('d'); os.chdir('d')"
    with private_folder(tmp_path) as folder:
        # A process of its own, for it changes its working folder.
        subprocess.run([sys.executable, "-c", nest], cwd=folder, check=True)
    assert not folder.exists()
