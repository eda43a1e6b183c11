"""Which thread of the kernel hears a view."""

from __future__ import annotations

from typing import Any


def keep_heard(comm: Any) -> None:
    """Let what pages send through `comm` arrive, whichever threads of the kernel have ended.

    JupyterLab begins a thread (a "subshell") for the widgets of a page and ends it with the notebook's tab. ipykernel
    (7.4) hands what any page sends to the thread from which the kernel spoke last, and drops it when that one has ended:
    a notebook that is closed and opened again would save nothing more, beside a kernel that is idle. Here a message goes
    to the thread that its page names, and to the kernel's main thread where that one has ended.
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = _living


def _living(_: Any, named: str | None) -> str | None:
    from ipykernel.kernelbase import Kernel

    threads = getattr(Kernel.instance(), "shell_channel_thread", None)
    return named if threads is not None and named in threads.manager.list_subshell() else None
