"""The cap on output: what is cut, what is kept, and what is given back."""

from nbformat.v4 import new_output

from grader.run.output import OutputCap
from tests.grader.run.building import notebook


def stream(text: str) -> dict[str, str]:
    return {"name": "stdout", "text": text}


def test_output_below_the_limit_passes_unchanged() -> None:
    cap = OutputCap(1)
    assert cap.admit("stream", stream("hello"), 0) == stream("hello")


def test_text_beyond_the_limit_is_cut_and_the_rest_dropped() -> None:
    cap = OutputCap(0.01)
    cut = cap.admit("stream", stream("x" * 50_000), 0)
    assert cut is not None
    assert 9_000 < len(cut["text"]) < 10_000
    assert cap.admit("stream", stream("more"), 0) is None


def test_an_image_beyond_the_limit_is_dropped_whole() -> None:
    cap = OutputCap(0.01)
    assert cap.admit("display_data", {"data": {"image/png": "x" * 50_000}, "metadata": {}}, 0) is None
    assert cap.admit("stream", stream("small"), 0) is not None


def test_replacing_many_displays_is_paid_for_each() -> None:
    cap = OutputCap(0.01)
    content = {"data": {"text/plain": "x" * 1000}, "metadata": {}}
    assert cap.admit("update_display_data", content, 0, places=2) is not None
    assert cap.admit("update_display_data", content, 0, places=20) is None


def test_cleared_output_is_given_back() -> None:
    cap = OutputCap(0.01)
    for _ in range(10):
        assert cap.admit("stream", stream("x" * 9000), 3) is not None
        cap.clear(3)


def test_many_empty_messages_are_not_free() -> None:
    cap = OutputCap(0.1)
    admitted = [cap.admit("stream", stream(""), 0) for _ in range(1000)]
    assert sum(content is not None for content in admitted) < 500


def test_pieces_are_joined_and_a_cut_cell_gets_its_remark() -> None:
    cap = OutputCap(0.01)
    book = notebook("a", "b")
    names = ("stdout", "stdout", "stderr", "stdout")
    book.cells[0].outputs = [new_output("stream", name=name, text=str(place)) for place, name in enumerate(names)]
    cap.admit("stream", stream("x" * 50_000), 1)
    cap.finish(book)
    assert [(output.name, output.text) for output in book.cells[0].outputs] == [
        ("stdout", "01"),
        ("stderr", "2"),
        ("stdout", "3"),
    ]
    assert "The output was cut here" in book.cells[1].outputs[-1].text


def test_with_wait_nothing_is_given_back_before_the_next_output_of_the_cell() -> None:
    cap = OutputCap(0.01)
    for cell in range(5):
        admitted = cap.admit("stream", stream("x" * 9000), cell)
        assert (admitted == stream("x" * 9000)) == (cell == 0)
        cap.clear(cell, wait=True)


def test_with_wait_every_next_output_of_the_cell_takes_the_place_of_the_last() -> None:
    cap = OutputCap(0.01)
    for _ in range(10):
        assert cap.admit("stream", stream("x" * 9000), 3) == stream("x" * 9000)
        cap.clear(3, wait=True)
    assert cap.admit("stream", stream("last"), 3) == stream("last")
    assert cap.admit("stream", stream("x" * 9000), 3) == stream("x" * 9000)
    assert cap.admit("stream", stream("x" * 9000), 3) != stream("x" * 9000)


def test_what_was_written_into_another_cell_is_not_given_back() -> None:
    cap = OutputCap(0.01)
    content = {"data": {"text/plain": "x" * 6000}, "metadata": {}}
    assert cap.admit("update_display_data", content, 1) is not None
    cap.clear(1)
    assert cap.admit("update_display_data", content, 1) is None
