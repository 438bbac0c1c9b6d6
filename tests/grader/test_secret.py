from __future__ import annotations

from pathlib import Path

import pytest

from grader.secret import PUBLIC, SEED_VARIABLE, SeedError, image_seed


@pytest.fixture(autouse=True)
def _no_seed_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SEED_VARIABLE, raising=False)


def _file(folder: Path, text: str) -> Path:
    path = folder / "seed.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_when_there_is_no_file_then_the_seed_is_public() -> None:
    assert image_seed(None).digest == PUBLIC
    assert image_seed(None) == image_seed(None)


def test_when_there_is_a_file_then_the_seed_is_its_own_and_the_digest_hides_it(tmp_path: Path) -> None:
    seed = image_seed(_file(tmp_path, "correct horse battery staple\n"))
    assert seed.value != image_seed(None).value
    assert seed.digest not in {PUBLIC, f"{seed.value:x}"}
    assert seed == image_seed(_file(tmp_path, "correct horse battery staple"))
    assert seed != image_seed(_file(tmp_path, "correct horse battery stable"))


def test_when_the_variable_names_a_file_then_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path, "correct horse battery staple")
    monkeypatch.setenv(SEED_VARIABLE, str(path))
    assert image_seed(None) == image_seed(path)


def test_when_the_seed_could_be_guessed_then_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"seed\.txt: the seed is shorter than 16 characters"):
        image_seed(_file(tmp_path, "42"))


def test_when_the_file_is_missing_then_a_sentence_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="token_hex"):
        image_seed(tmp_path / "absent.txt")
