"""How the course's backbones are made: `python -m data pretrain NAME`."""
