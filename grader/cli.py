"""The command line: ``grade`` and ``doctor`` for those who teach, ``check`` and ``assign`` for everyone."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from data import WeightsError
from grader.errors import GraderError
from grader.parameters import limit, names_and_values, whole
from grader.records import Limits
from grader.report.words import clean

DONE, FAILED, WRONG_USAGE, NO_SANDBOX, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit statuses."""

EXAMPLES = """\
examples:
  python -m grader doctor
  python -m grader grade submissions --out grades
  python -m grader grade moodle.zip --out grades --roster class.csv --seed-file ~/seed.txt
  python -m grader grade ada.ipynb --out grades --exercise 01_vgg16_feature_extraction --parameter EPOCHS=1
  python -m grader check exercises/01_vgg16_feature_extraction.ipynb
  python -m grader assign --reset 01_vgg16_feature_extraction

exit status: 0 all is done, whatever the grades; 1 something was found wanting; 2 wrong usage;
3 there is no sandbox, and --no-sandbox was not given; 130 interrupted (what was graded is written).
"""


class Parser(argparse.ArgumentParser):
    """A parser that answers wrong usage with one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print one sentence and exit with status 2."""
        self.exit(WRONG_USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A student's name must not break a terminal that knows fewer letters.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return int(options.command(options))
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except (GraderError, WeightsError, OSError) as error:
        return _failure(error)


def grade_command(options: argparse.Namespace) -> int:
    """Grade a class."""
    # Late, here and below: --help must not wait for papermill.
    from grader.grade import GradeSettings, grade  # noqa: PLC0415
    from grader.progress import TerminalProgress, short_table  # noqa: PLC0415
    from grader.report.save import GRADES, INDEX  # noqa: PLC0415

    settings = GradeSettings(
        source=options.source,
        out=options.out,
        exercises=tuple(dict.fromkeys(options.exercise)),
        roster=options.roster,
        limits=_limits(options),
        parameters=dict(options.parameter),
        seed_file=options.seed_file,
        sandbox=not options.no_sandbox,
        jobs=options.jobs,
    )
    _warn_without_sandbox(options)
    results = grade(settings, TerminalProgress())
    print(f"\n{short_table(results)}\n\nGrades: {options.out / GRADES}\nPages:  {options.out / INDEX}")
    _warn_without_sandbox(options)
    return DONE


def check_command(options: argparse.Namespace) -> int:
    """Check one notebook and print the table of checks."""
    import tempfile  # noqa: PLC0415

    from grader.grade import GradeSettings, grade  # noqa: PLC0415
    from grader.progress import NoProgress  # noqa: PLC0415
    from grader.records import Status  # noqa: PLC0415
    from grader.selfcheck import as_text  # noqa: PLC0415

    if not options.notebook.is_file():
        raise GraderError(f"{options.notebook} does not exist or is no file; name a notebook.")
    _warn_without_sandbox(options)
    print(f"Running {clean(options.notebook.name)} from its first cell to its last ...", flush=True)
    with tempfile.TemporaryDirectory(prefix="grader-") as out:
        settings = GradeSettings(
            source=options.notebook,
            out=Path(out),
            limits=_limits(options),
            parameters=dict(options.parameter),
            sandbox=not options.no_sandbox,
            jobs=1,
        )
        (graded,) = grade(settings, NoProgress())
    print(as_text(graded))
    _warn_without_sandbox(options)
    return FAILED if graded.status in {Status.INVALID, Status.MISSING, Status.REFUSED} else DONE


def assign_command(options: argparse.Namespace) -> int:
    """Write exercises from solutions."""
    from grader import assign  # noqa: PLC0415
    from grader.exercise import COURSE  # noqa: PLC0415

    solutions, exercises = COURSE / "solutions", COURSE / "exercises"
    if options.reset:
        result = assign.reset(options.reset, solutions, exercises)
        print(f"{result.exercise} is as it was handed out.")
        if result.kept is not None:
            print(f"What stood there is kept as {result.kept}.")
        return DONE
    names = [name.removesuffix(".ipynb") for name in options.name]
    sources = [solutions / f"{name}.ipynb" for name in names] or [solutions]
    absent = [source.stem for source in sources if not source.exists()]
    if absent:
        known = ", ".join(sorted(path.stem for path in solutions.glob("*.ipynb"))) or "none"
        raise GraderError(f"There is no solution {absent[0]} in {solutions}; there is {known}.")
    refused = 0
    for source in sources:
        made = assign.assign(source, exercises, options.force)
        for path in made.written:
            print(f"written    {path}")
        for path in made.unchanged:
            print(f"unchanged  {path}")
        for sentence in made.refused:
            print(sentence, file=sys.stderr)
        refused += len(made.refused)
    return FAILED if refused else DONE


def doctor_command(options: argparse.Namespace) -> int:
    """Print what is there and what is missing."""
    from grader.doctor import Level, Setup, diagnose  # noqa: PLC0415
    from grader.exercise import COURSE  # noqa: PLC0415

    findings = diagnose(Setup(COURSE))
    for finding in findings:
        print(finding)
    problems = sum(finding.level is Level.PROBLEM for finding in findings)
    print(f"\n{problems} to mend before grading." if problems else "\nAll that grading needs is there.")
    return FAILED if problems else DONE


def _parser() -> Parser:
    parser = Parser(
        prog="python -m grader",
        description="Grades the notebooks of the transfer-learning course.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_grade(commands)
    assign = commands.add_parser("assign", help="write exercises/ from solutions/")
    assign.add_argument("name", nargs="*", metavar="NAME", help="an exercise; all of them when none is named")
    assign.add_argument("--force", action="store_true", help="overwrite exercises that somebody worked in")
    assign.add_argument("--reset", metavar="NAME", help="put an exercise that you worked in aside, and start anew")
    assign.set_defaults(command=assign_command)
    check = commands.add_parser("check", help="run one notebook as grade does and print its checks")
    check.add_argument("notebook", type=Path, metavar="NOTEBOOK", help="the notebook, such as exercises/NAME.ipynb")
    _add_running(check)
    check.set_defaults(command=check_command)
    doctor = commands.add_parser("doctor", help="say what this machine has and lacks for grading, and what to do")
    doctor.set_defaults(command=doctor_command)
    return parser


def _add_grade(commands: argparse._SubParsersAction[Parser]) -> None:
    grade = commands.add_parser(
        "grade",
        help="grade a class: a folder, a zip, or one notebook",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    grade.add_argument(
        "source", type=Path, metavar="SOURCE", help="<student>/<exercise>.ipynb, an LMS's zip, a notebook"
    )
    grade.add_argument("--out", type=Path, required=True, metavar="OUT", help="the folder for grades.csv and the pages")
    grade.add_argument(
        "--exercise", action="append", default=[], metavar="NAME", help="only this one; may be repeated (default: all)"
    )
    grade.add_argument("--roster", type=Path, metavar="FILE", help="one student a line, so that who is missing shows")
    grade.add_argument(
        "--jobs", type=whole, default=0, metavar="N", help="notebooks at a time (default: half the cores)"
    )
    grade.add_argument(
        "--seed-file", type=Path, metavar="FILE", help="secret seed of the fresh images (default: GRADER_SEED_FILE)"
    )
    _add_running(grade)
    grade.set_defaults(command=grade_command)


def _add_running(command: argparse.ArgumentParser) -> None:
    usual = Limits()
    seconds = "seconds that one cell may take (default: %(default)g)"
    command.add_argument("--cell-timeout", type=limit, default=usual.cell_timeout, metavar="S", help=seconds)
    seconds = "seconds that one notebook may take (default: %(default)g)"
    command.add_argument("--notebook-timeout", type=limit, default=usual.notebook_timeout, metavar="S", help=seconds)
    megabytes = "megabytes of memory that one notebook may use (default: %(default)g)"
    command.add_argument("--memory", type=limit, default=usual.memory_mb, metavar="MB", help=megabytes)
    command.add_argument(
        "--parameter",
        type=names_and_values,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a parameter of the notebook, such as EPOCHS=1, or of one exercise's, such as "
        "05_regularization:EPOCHS=20; may be repeated",
    )
    command.add_argument("--no-sandbox", action="store_true", help="run WITHOUT protection: only notebooks you trust")


def _failure(error: GraderError | WeightsError | OSError) -> int:
    from grader.evidence.workers import EvidenceWorkerError  # noqa: PLC0415
    from grader.grade import WeightsNotReadyError  # noqa: PLC0415
    from grader.run.sandbox import SandboxError  # noqa: PLC0415

    print(clean(str(error)), file=sys.stderr)
    if isinstance(error, SandboxError):
        print("Notebooks that you trust can be run WITHOUT protection: --no-sandbox", file=sys.stderr)
        return NO_SANDBOX
    machines = (OSError, WeightsError, WeightsNotReadyError, EvidenceWorkerError)
    return FAILED if isinstance(error, machines) else WRONG_USAGE


def _limits(options: argparse.Namespace) -> Limits:
    return Limits(
        cell_timeout=options.cell_timeout, notebook_timeout=options.notebook_timeout, memory_mb=options.memory
    )


def _warn_without_sandbox(options: argparse.Namespace) -> None:
    if options.no_sandbox:
        print(boxed("NO SANDBOX: the code in these notebooks can read, change and send whatever you can."))


def boxed(text: str, width: int = 64) -> str:
    """Return text in a box of plain characters."""
    lines = textwrap.wrap(text, width)
    edge = f"+{'-' * (width + 2)}+"
    return "\n".join([edge, *(f"| {line:<{width}} |" for line in lines), edge])
