"""When an edit was made: milliseconds since 1970, UTC, and never the same twice in one process.

Whether a prediction was changed before or after its lock is read from these times. A fast machine makes two edits in
one millisecond, so the later one is given the next.
"""

from __future__ import annotations

import threading
import time

_LEAD = 1000  # a clock set back further than this is followed: better two edits out of order than a day of wrong times
_lock = threading.Lock()
_last = 0


def edit_time() -> int:
    """Return the time of an edit made now, in milliseconds since 1970, UTC."""
    global _last
    with _lock:
        now = time.time_ns() // 1_000_000
        _last = _last + 1 if now <= _last < now + _LEAD else now
        return _last
