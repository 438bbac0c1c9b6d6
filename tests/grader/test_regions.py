import pytest

from grader.regions import MarkerError, cut_code, cut_text, find_regions, is_python, lines_inside

FUNCTION = '''def prepare(images):
    """Doc."""
    ### BEGIN SOLUTION
    copy = images.copy()
    return copy * 2
    ### END SOLUTION
'''


def test_an_indented_region_leaves_an_indented_placeholder() -> None:
    assert cut_code(FUNCTION) == 'def prepare(images):\n    """Doc."""\n    # Your code here'


def test_an_empty_block_gets_an_ellipsis_after_the_placeholder_and_others_do_not() -> None:
    source = (
        "### BEGIN SOLUTION\na = 1\n### END SOLUTION\n"
        "for n in range(3):\n\t### BEGIN SOLUTION\n\tprint(n)\n\t### END SOLUTION\nprint('end')"
    )
    cut = cut_code(source)
    assert cut == "# Your code here\nfor n in range(3):\n\t# Your code here\n\t...\nprint('end')"
    assert is_python(cut)


def test_several_regions_and_what_stands_between_them_stay_in_order() -> None:
    source = "a = 1\n### BEGIN SOLUTION\nx\n### END SOLUTION\nb = 2\n### BEGIN SOLUTION\ny\n### END SOLUTION"
    assert cut_code(source) == "a = 1\n# Your code here\nb = 2\n# Your code here"
    assert lines_inside(source, find_regions(source)) == ["x", "y"]


def test_hidden_tests_vanish_without_a_trace() -> None:
    source = "assert a == 1\n### BEGIN HIDDEN TESTS\nassert secret(a)\n### END HIDDEN TESTS\nassert b"
    assert cut_code(source) == "assert a == 1\nassert b"


def test_magics_and_awaits_are_python_in_a_notebook() -> None:
    assert cut_code("%matplotlib inline\n### BEGIN SOLUTION\nawait x\n### END SOLUTION\nawait y")
    assert is_python("!ls\nfiles = !ls\n?print")


def test_what_is_left_must_be_python() -> None:
    with pytest.raises(SyntaxError):
        cut_code("a = (\n### BEGIN SOLUTION\n1)\n### END SOLUTION\n")


def test_a_written_answer_is_cut_out_of_text() -> None:
    source = "Why?\n\n- ### BEGIN".replace("- ###", "  ###") + " SOLUTION\n  Since.\n  ### END SOLUTION\n"
    assert cut_text(source) == "Why?\n\n  *Your answer here.*"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("a\n### BEGIN SOLUTION\nb", 2, "no END SOLUTION"),
        ("a\nb\n### END SOLUTION", 3, "no BEGIN SOLUTION"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n### END SOLUTION", 2, "inside the region"),
        ("### BEGIN SOLUTION\n### BEGIN HIDDEN TESTS\n### END SOLUTION", 2, "inside the region"),
        ("### BEGIN SOLUTION\n### END HIDDEN TESTS", 2, "no BEGIN HIDDEN TESTS"),
        ("### BEGIN SOLUTION\na\n### END SOLUTION\n### END SOLUTION", 4, "no BEGIN SOLUTION"),
        ("# BEGIN SOLUTION\na", 1, "stands alone"),
        ("###BEGIN SOLUTION\na", 1, "stands alone"),
        ("### begin solution\na", 1, "stands alone"),
        ("### BEGIN  SOLUTION\na", 1, "stands alone"),
        ("### BEGIN_SOLUTION\na", 1, "stands alone"),
        ("### BEGIN SOLUTIONS\na", 1, "stands alone"),
        ("### BEGIN HIDDEN TEST\na", 1, "stands alone"),
        ("a = 1  ### BEGIN SOLUTION", 1, "stands alone"),
        ("### BEGIN SOLUTION of the task", 1, "stands alone"),
        ("<!-- ### BEGIN SOLUTION -->", 1, "stands alone"),
    ],
)
def test_a_marker_out_of_place_is_an_error_that_names_its_line(source: str, line: int, words: str) -> None:
    with pytest.raises(MarkerError, match=words) as caught:
        find_regions(source)
    assert caught.value.line == line


def test_prose_about_solutions_is_no_marker() -> None:
    assert find_regions("# The solution begins here\n# at the end, a solution") == ()
