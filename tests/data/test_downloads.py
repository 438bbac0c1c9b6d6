"""download: against a real server on the loopback address, whole, broken, wrong, hostile, and absent."""

import hashlib
import io
import os
import socket
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from data.downloads import SOURCES, DownloadError, Source, download

# The first download imports Keras.
pytestmark = pytest.mark.slow

NOISE = hashlib.shake_256(b"picture").digest(300_000)


@dataclass
class Server:
    """What the loopback server answers, and what it was asked for."""

    url: str
    content: bytes = b""
    sent: int | None = None
    """Bytes after which the connection breaks; None: all are sent."""
    status: int = 200
    meanwhile: Callable[[], None] = lambda: None
    """Runs before the answer."""
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            state.meanwhile()
            self.send_response(state.status)
            self.send_header("Content-Length", str(len(state.content)))
            self.end_headers()
            self.wfile.write(state.content[: state.sent])

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as loopback:
        state = Server(f"http://127.0.0.1:{loopback.server_address[1]}/files/")
        thread = threading.Thread(target=loopback.serve_forever, daemon=True)
        thread.start()
        yield state
        loopback.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return tmp_path / "cache" / "datasets"


def _tgz(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as packed:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


FILES = {"set/cat/1.jpg": NOISE, "set/dog/2.jpg": b"dog"}


def _source(server: Server, content: bytes, archive: str = "set.tgz") -> Source:
    server.content = content
    return replace(SOURCES[0], name="set", url=server.url + archive, sha256=_digest(content), folder="set")


def _nothing_but(cache: Path, *names: str) -> bool:
    return sorted(path.name for path in cache.iterdir()) == sorted(names)


@pytest.mark.parametrize(("archive", "pack"), [("set.tgz", _tgz), ("set.zip", _zip)])
def test_a_good_file_is_unpacked_with_progress_and_kept(
    archive: str, pack: object, server: Server, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = _source(server, pack(FILES), archive)  # type: ignore[operator]
    folder = download("set", [source])
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.jpg")} == {"cat/1.jpg", "dog/2.jpg"}
    assert (folder / "cat" / "1.jpg").read_bytes() == NOISE
    shown = capsys.readouterr().out
    assert f"Downloading data from {source.url}" in shown
    assert f"{len(server.content)}/{len(server.content)}" in shown
    assert _nothing_but(cache, f"set-{source.sha256[:16]}")


def test_a_second_call_asks_nobody(server: Server) -> None:
    source = _source(server, _tgz(FILES))
    first = download("set", [source])
    server.status = 404
    assert download("set", [source]) == first
    assert len(server.asked) == 1


def test_an_unpacked_set_is_found_without_importing_keras(cache: Path) -> None:
    flowers = next(source for source in SOURCES if source.name == "flowers")
    (cache / f"flowers-{flowers.sha256[:16]}" / "flower_photos").mkdir(parents=True)
    code = "import sys, data; print(data.download('flowers')); sys.exit('keras' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(cache / f"flowers-{flowers.sha256[:16]}" / "flower_photos")


def test_a_connection_that_breaks_leaves_nothing_and_the_next_call_succeeds(server: Server, cache: Path) -> None:
    source = _source(server, _tgz(FILES))
    server.sent = 100_000
    with pytest.raises(DownloadError, match=r"set\.tgz: it could not be downloaded .*Call download\('set'\) again"):
        download("set", [source])
    assert _nothing_but(cache)
    server.sent = None
    assert (download("set", [source]) / "cat" / "1.jpg").read_bytes() == NOISE
    assert _nothing_but(cache, f"set-{source.sha256[:16]}")


def test_a_wrong_digest_is_refused_and_the_file_removed(server: Server, cache: Path) -> None:
    source = _source(server, _tgz(FILES))
    server.content = _tgz({"set/cat/1.jpg": b"another"})
    found = _digest(server.content)
    with pytest.raises(DownloadError, match=f"is not the expected file .its SHA-256 is {found}"):
        download("set", [source])
    assert _nothing_but(cache)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_of_the_server_is_told(status: int, server: Server, cache: Path) -> None:
    source = _source(server, _tgz(FILES))
    server.status = status
    with pytest.raises(DownloadError, match=str(status)):
        download("set", [source])
    assert _nothing_but(cache)


def test_without_a_network_one_sentence_says_which_file_to_put_where(server: Server, cache: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}/set.tgz"
        source = replace(_source(server, _tgz(FILES)), url=nobody)
        with pytest.raises(DownloadError) as caught:
            download("set", [source])
    message = str(caught.value)
    assert nobody in message
    assert f"put it at {cache / 'set.tgz'}" in message
    assert source.sha256 in message
    (cache / "set.tgz").write_bytes(server.content)
    assert (download("set", [source]) / "dog" / "2.jpg").read_bytes() == b"dog"
    assert (cache / "set.tgz").exists(), "the user's own file stays"


def test_half_a_file_in_the_cache_is_replaced_or_else_named(server: Server, cache: Path) -> None:
    source = _source(server, _tgz(FILES))
    cache.mkdir(parents=True)
    half = server.content[:50_000]
    (cache / "set.tgz").write_bytes(half)
    server.status = 404
    with pytest.raises(DownloadError, match=f"is there now has another SHA-256, {_digest(half)}"):
        download("set", [source])
    assert (cache / "set.tgz").read_bytes() == half
    server.status = 200
    assert (download("set", [source]) / "cat" / "1.jpg").read_bytes() == NOISE
    assert _nothing_but(cache, f"set-{source.sha256[:16]}")


@pytest.mark.parametrize("name", ["../../evil", "/tmp/evil-of-a-test", "set/../../../evil"])
@pytest.mark.parametrize(("archive", "pack"), [("set.tgz", _tgz), ("set.zip", _zip)])
def test_an_archive_that_reaches_beyond_its_folder_is_refused(
    name: str, archive: str, pack: object, server: Server, cache: Path
) -> None:
    source = _source(server, pack({**FILES, name: b"evil"}), archive)  # type: ignore[operator]
    with pytest.raises(DownloadError, match="leads outside the folder"):
        download("set", [source])
    assert _nothing_but(cache, archive)
    assert not list(cache.parent.parent.rglob("evil*"))
    assert not Path("/tmp/evil-of-a-test").exists()


def test_an_archive_without_the_class_folders_is_refused(server: Server, cache: Path) -> None:
    source = _source(server, _tgz({"other/cat/1.jpg": b"1"}))
    with pytest.raises(DownloadError, match="holds no folder set"):
        download("set", [source])
    assert _nothing_but(cache, "set.tgz")


def test_a_folder_that_cannot_be_written_is_named(server: Server, cache: Path) -> None:
    source = _source(server, _tgz(FILES))
    cache.parent.write_text("a file where the cache folder should be")
    with pytest.raises(DownloadError, match=r"cannot be kept in .*COURSE_CACHE"):
        download("set", [source])
    assert server.asked == [], "get_file would quietly have taken another folder"


def test_leftovers_of_killed_downloads_are_removed_when_old(server: Server, cache: Path) -> None:
    source = _source(server, _tgz(FILES))
    for name, age in (("old", 48 * 3600), ("new", 60)):
        work = cache / f".download-{name}.part"
        work.mkdir(parents=True)
        (work / "set.tgz").write_bytes(b"half")
        os.utime(work, (time.time() - age,) * 2)
    download("set", [source])
    assert _nothing_but(cache, ".download-new.part", f"set-{source.sha256[:16]}")


def test_threads_that_ask_at_once_share_one_download(server: Server, cache: Path) -> None:
    source = _source(server, _tgz(FILES))
    found: list[Path] = []
    threads = [threading.Thread(target=lambda: found.append(download("set", [source]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert {(folder / "cat" / "1.jpg").read_bytes() for folder in found} == {NOISE}
    assert len(server.asked) == 1
    assert socket.getdefaulttimeout() is None
    assert _nothing_but(cache, f"set-{source.sha256[:16]}")


def test_another_process_that_was_quicker_is_left_alone(server: Server, cache: Path) -> None:
    source = _source(server, _tgz(FILES))
    theirs = cache / f"set-{source.sha256[:16]}" / "set" / "cat" / "theirs.jpg"

    def unpack_meanwhile() -> None:
        theirs.parent.mkdir(parents=True)
        theirs.write_bytes(b"theirs")

    server.meanwhile = unpack_meanwhile
    assert download("set", [source]) == theirs.parents[1]
    assert [path.read_bytes() for path in theirs.parents[1].rglob("*.jpg")] == [b"theirs"]
    assert _nothing_but(cache, f"set-{source.sha256[:16]}")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(DownloadError, match='no download "birds"; there are cats_and_dogs, flowers'):
        download("birds")


def test_the_sources_are_complete_and_their_digests_come_from_somewhere() -> None:
    assert [source.name for source in SOURCES] == ["cats_and_dogs", "flowers"]
    for source in SOURCES:
        assert source.url.startswith("https://")
        assert source.archive.endswith((".zip", ".tgz"))
        assert len(bytes.fromhex(source.sha256)) == 32
        assert source.digest_from.startswith("github.com/")
