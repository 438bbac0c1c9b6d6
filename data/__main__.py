"""`python -m data`: draw the shipped images and contact sheets again, pretrain a backbone, measure what it gains."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from data import WeightsError, backbones, datasets, pretrained, sheets
from data.evidence import command as evidence
from data.files import write_atomically
from data.pretraining.recipe import Recipe

_EPILOG = """examples:
  python -m data draw                       draw data/images again, to the pixel
  python -m data sheet                      draw data/critters.png, data/surfaces.png and data/sources.png
  python -m data pretrain VGG16             30 minutes of training, then data/weights/VGG16.npz
  python -m data pretrain VGG16 --steps 20 --images 400 --folder build/try --out build/try
  python -m data evidence                   measure what transfer gains; stopped and called again, it goes on
  python -m data evidence --table           the table of what was measured
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m data", description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    draw = commands.add_parser("draw", help="draw the shipped images again from their seeds")
    draw.add_argument("--into", type=Path, default=datasets.IMAGES, help="folder to write to (default: data/images)")
    sheet = commands.add_parser("sheet", help="draw the contact sheets of critters, surfaces and source images")
    sheet.add_argument("--into", type=Path, default=sheets.FOLDER, help="folder to write to (default: data)")
    train = commands.add_parser("pretrain", help="pretrain a backbone on source images and pack its weights")
    train.add_argument("name", choices=list(backbones.MODULES), help="the backbone")
    train.add_argument(
        "--minutes", type=_number, default=Recipe.minutes, help="time to train for, of all cores (default: %(default)s)"
    )
    train.add_argument("--steps", type=_count, help="train for so many steps instead of a time")
    train.add_argument(
        "--images", type=_count, default=Recipe.images, help="source images to draw (default: %(default)s)"
    )
    train.add_argument("--folder", type=Path, default=Path("build/pretraining"), help="images and checkpoints")
    train.add_argument("--out", type=Path, default=pretrained.FOLDER, help="where the packed weights go")
    evidence.add(commands)
    options = parser.parse_args(arguments)
    if options.command == "draw":
        _draw(options.into)
    elif options.command == "sheet":
        for path in sheets.draw_sheets(options.into):
            print(f"Wrote {path}.")
    elif options.command == "evidence":
        return evidence.run(options)
    else:
        return _pretrain(options)
    return 0


def _draw(target: Path) -> None:
    for name, parts in datasets.PARTS.items():
        for part, drawn_from in parts.items():
            count = sum(drawn_from.counts.values())
            for _ in tqdm(datasets.draw_part(name, part, target), f"{name} {part}", total=count):
                pass
    write_atomically(target / datasets.CHECKSUMS, datasets.checksums(target))
    print(f"Drawn below {target}.")


def _pretrain(options: argparse.Namespace) -> int:
    from data.pretraining.train import pretrain  # noqa: PLC0415  (TensorFlow takes seconds to import)

    recipe = Recipe(options.name, images=options.images, minutes=options.minutes, steps=options.steps)
    try:
        print(f"Wrote {pretrain(recipe, options.folder, options.out)}.")
    except WeightsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _number(text: str) -> float:
    value = float(text)
    if not 0.0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return value


if __name__ == "__main__":
    sys.exit(main())
