"""What a fork of the zygote does to be the kernel that a fresh process would have been."""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

from inquirylab.batch.warm import reads

PR_SET_PDEATHSIG = 1
LAST_WORDS_SECONDS = 1


def become_a_kernel(request: dict[str, Any]) -> NoReturn:
    """Be an IPython kernel until it ends, then end this process.

    Parameters
    ----------
    request
        ``argv`` of the kernel, ``env``, ``cwd``, ``memory_limit`` (bytes beyond what it starts with, or None),
        ``reads`` (a file to write what was read to, or None) and the ``connection`` to say "ready" on.
    """
    code = 1
    try:
        _forget_the_zygote(request)
        app = _kernel(request)
        app.start()
        # The thread that was told to stop the kernel may still be flushing; closing the sockets under it can hang or
        # abort.
        app.control_thread.join(LAST_WORDS_SECONDS)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
    _end(code)


def _forget_the_zygote(request: dict[str, Any]) -> None:
    """Undo what a fork inherits and a fresh process would not have."""
    zygote = os.getppid()
    os.setsid()
    _die_with(zygote)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for signum in (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(signum, signal.SIG_DFL)
    read_end, write_end = os.pipe()  # standard input is a closed pipe, as jupyter_client gives it
    os.close(write_end)
    os.dup2(read_end, 0)
    os.close(read_end)
    os.environ.clear()
    os.environ.update(request["env"])
    os.environ["JPY_PARENT_PID"] = str(zygote)
    os.chdir(request["cwd"])
    if "numpy.random" in sys.modules:  # random and uuid notice a fork, numpy's global state does not
        sys.modules["numpy.random"].seed()
    launcher = find_spec("ipykernel_launcher")
    sys.argv = [launcher.origin if launcher and launcher.origin else "ipykernel_launcher.py", *request["argv"]]
    sys.orig_argv = [sys.executable, "-m", "ipykernel_launcher", *request["argv"]]
    gc.enable()


def _limit_memory(more: int) -> None:
    """Let this process ask for `more` bytes than it has been given now; then it sees a MemoryError."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123
        now = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))


def _die_with(zygote: int) -> None:
    """Ask Linux for SIGKILL when the zygote ends, however it ends."""
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:
        os._exit(1)


def _kernel(request: dict[str, Any]) -> Any:
    from ipykernel.kernelapp import IPKernelApp

    if request.get("reads"):
        reads.record_into(Path(request["reads"]), learn=bool(request.get("learn")))
    app = IPKernelApp.instance()
    app.initialize(request["argv"])
    if request.get("memory_limit"):
        _limit_memory(request["memory_limit"])
    # All sockets are bound: the client connects at once, without the back-off of a refused connection.
    with request.pop("connection") as connection:
        connection.sendall(json.dumps({"ready": True}).encode() + b"\n")
    return app


def _end(code: int) -> NoReturn:
    """End as an interpreter ends: wait for threads, run exit functions, drop what is left, flush.

    Tearing down every module, which comes last there, would only copy the pages shared with the zygote.
    """
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        gc.collect()
    except BaseException:
        traceback.print_exc()
    for stream in (sys.__stdout__, sys.__stderr__):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            pass
    os._exit(code)


def modules_of_a_kernel(folder: Path) -> list[str]:
    """Return the modules that starting a kernel imports, learnt from one that is started in a fork and thrown away."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            before = set(sys.modules)
            _start_and_forget(folder)
            os.write(write_end, json.dumps(sorted(set(sys.modules) - before)).encode())
        finally:
            os._exit(0)
    os.close(write_end)
    with open(read_end, "rb") as answer:  # noqa: PTH123
        learnt = answer.read()
    os.waitpid(process, 0)
    return [str(name) for name in json.loads(learnt or b"[]")]


def _start_and_forget(folder: Path) -> None:
    from ipykernel.kernelapp import IPKernelApp

    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        app = IPKernelApp.instance()
        ipc = ["--IPKernelApp.transport=ipc", f"--IPKernelApp.ip={place}/probe"]
        app.initialize(["-f", f"{place}/kernel.json", *ipc, "--HistoryManager.hist_file=:memory:"])
