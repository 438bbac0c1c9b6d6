"""TensorFlow, imported without its start-up messages: `from data.quietly import tensorflow`, before `import keras`.

They are of no use to a learner, and Jupyter paints them in the colour of an error. The variable silences what comes
later; what TensorFlow writes before it has read it goes to the descriptor of standard error.
"""

from __future__ import annotations

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

_STDERR = 2

sys.stderr.flush()
_kept = os.dup(_STDERR)
_nowhere = os.open(os.devnull, os.O_WRONLY)
os.dup2(_nowhere, _STDERR)
try:
    import tensorflow
finally:
    os.dup2(_kept, _STDERR)
    os.close(_kept)
    os.close(_nowhere)

__all__ = ["tensorflow"]
