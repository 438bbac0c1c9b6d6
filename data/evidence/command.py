"""`python -m data evidence`: does the runs of the proof, or shows the table of those that are done."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from data import WeightsError, pretrained
from data.backbones import MODULES
from data.evidence import ledger, pictures
from data.evidence.plan import COUNTS, WAYS, Recipe, Run, key, planned
from data.evidence.shipped import CSV


def add(commands: Any) -> None:
    """Add the command to the subparsers of ``python -m data``."""
    parser = commands.add_parser("evidence", help="measure what transfer gains, run by run, and show the table")
    parser.add_argument(
        "--backbones", nargs="+", choices=list(MODULES), default=list(MODULES), metavar="NAME", help="default: all"
    )
    parser.add_argument(
        "--sets", nargs="+", choices=list(COUNTS), default=list(COUNTS), metavar="SET", help=", ".join(COUNTS)
    )
    parser.add_argument(
        "--ways", nargs="+", choices=list(WAYS), default=list(WAYS), metavar="WAY", help=", ".join(WAYS)
    )
    parser.add_argument("--seeds", type=_seeds, default=5, help="seeds to run (default: %(default)s)")
    parser.add_argument("--csv", type=Path, default=CSV, help="what is done (default: data/evidence.csv)")
    parser.add_argument("--folder", type=Path, default=Path("build/evidence"), help="keeps the drawn images")
    parser.add_argument("--table", action="store_true", help="do no run, print the table of what is done")
    parser.add_argument("--into", type=Path, help="with --table: put it between the marks of this file instead")


def run(options: argparse.Namespace) -> int:
    """Do what was asked for; return the exit status."""
    if options.into and not options.table:
        print("--into goes with --table.", file=sys.stderr)
        return 2
    try:
        return _table(options.csv, options.into) if options.table else _measure(options)
    except (ledger.LedgerError, pictures.PicturesError, WeightsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\nStopped. The same command goes on from {options.csv}.", file=sys.stderr)
        return 130


def _measure(options: argparse.Namespace) -> int:
    shipped = pretrained.names()
    for name in options.backbones:
        if name not in shipped:
            print(f"{name}: skipped, the course has no weights for it yet.")
    sets = []
    for name in options.sets:
        reason = pictures.missing(name)
        if reason:
            print(f"{name}: skipped, {reason}.")
        else:
            sets.append(name)
    backbones = [name for name in options.backbones if name in shipped]
    runs = planned(backbones, sets, options.ways, options.seeds)
    if not runs:
        print("Nothing to do.")
        return 0
    from data.evidence.bench import collect  # noqa: PLC0415  (TensorFlow takes seconds to import)

    collect(runs, Recipe(), options.csv, options.folder)
    print(f"{len(runs)} runs are in {options.csv}. The table: python -m data evidence --table")
    return 0


def _table(csv: Path, into: Path | None) -> int:
    from data.evidence import table  # noqa: PLC0415  (SciPy takes a second to import)

    found = ledger.last(ledger.read(csv))
    rows = [row for row in found if _current(row)]
    if len(rows) < len(found):
        others = Counter(row.backbone for row in found if not _current(row))
        told = ", ".join(f"{name} {count}" for name, count in others.items())
        print(f"Left out, because they are of other weights or of another recipe: {told}.", file=sys.stderr)
    if not rows:
        print(f"{csv} has no runs of these weights and this recipe; do them with `python -m data evidence`.")
        return 1
    text = table.markdown(rows)
    if into is None:
        print(text, end="")
        return 0
    try:
        table.insert(text, into)
    except table.TableError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Wrote the table into {into}.")
    return 0


def _current(row: ledger.Row) -> bool:
    """Whether a row is of the weights that ship now and of the recipe as it is now."""
    known = row.backbone in pretrained.names() and row.way in WAYS
    asked: Run = row.run
    return known and row.key == key(asked, Recipe())


def _seeds(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return value
