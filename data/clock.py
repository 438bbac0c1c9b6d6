"""The time that work takes on a machine, whatever else is running on it."""

from __future__ import annotations

import os
import time


def processor_seconds() -> float:
    """Return the processor time of this process so far, in seconds, shared among the machine's cores.

    Of two readings, the difference is what the work between them would have taken on a machine that does nothing
    else, if it keeps all cores busy.
    """
    return time.process_time() / (os.cpu_count() or 1)
