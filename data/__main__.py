"""`python -m data`: draw the shipped images again, or pretrain a backbone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from data import datasets, pretrained

_EPILOG = """examples:
  python -m data draw                       draw data/images again, to the pixel
  python -m data pretrain VGG16             90 minutes of training, then data/weights/VGG16.npz
  python -m data pretrain VGG16 --steps 20 --images 400 --folder /tmp/try
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m data", description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    draw = commands.add_parser("draw", help="draw the shipped images again from their seeds")
    draw.add_argument("--into", type=Path, default=datasets.IMAGES, help="folder to write to (default: data/images)")
    train = commands.add_parser("pretrain", help="pretrain a backbone on source images and pack its weights")
    train.add_argument("name", choices=["VGG16"], help="the backbone")
    train.add_argument("--minutes", type=float, default=90.0, help="time to train for (default: %(default)s)")
    train.add_argument("--steps", type=int, help="train for so many steps instead of a time")
    train.add_argument("--images", type=int, default=16_000, help="source images to draw (default: %(default)s)")
    train.add_argument("--folder", type=Path, default=Path("build/pretraining"), help="images and checkpoints")
    train.add_argument("--out", type=Path, default=pretrained.FOLDER, help="where the packed weights go")
    options = parser.parse_args(arguments)
    if options.command == "draw":
        _draw(options.into)
        return 0
    return _pretrain(options)


def _draw(target: Path) -> None:
    for part, (_, per_kind) in datasets.PARTS.items():
        for _ in tqdm(datasets.draw_critters(part, target), f"critters {part}", total=10 * per_kind):
            pass
    print(f"Drawn below {target}.")


def _pretrain(options: argparse.Namespace) -> int:
    from data.pretraining.recipe import Recipe  # noqa: PLC0415  (TensorFlow takes seconds to import)
    from data.pretraining.train import pretrain  # noqa: PLC0415

    recipe = Recipe(options.name, images=options.images, minutes=options.minutes, steps=options.steps)
    print(f"Wrote {pretrain(recipe, options.folder, options.out)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
