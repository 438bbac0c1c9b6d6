from __future__ import annotations

import logging
import os
import sys

import pytest

from grader.quiet import quiet


def _shout() -> None:
    print("to stdout")
    print("to stderr", file=sys.stderr)
    os.write(2, b"native\n")
    logging.getLogger("loud").error("an error")


def test_nothing_gets_out(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet():
        _shout()
    assert capfd.readouterr() == ("", "")


def test_afterwards_everything_gets_out_again_even_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), quiet():
        _ = 1 / 0
    _shout()
    out, err = capfd.readouterr()
    assert out == "to stdout\n"
    assert "to stderr" in err
    assert "native" in err
    assert not logging.root.manager.disable
