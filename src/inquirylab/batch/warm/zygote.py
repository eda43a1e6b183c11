"""The zygote: one thread that has imported what notebooks need, and forks a kernel when it is asked to.

Run as ``python -m inquirylab.batch.warm.zygote FOLDER READY_FD``. It listens on the Unix socket ``FOLDER/zygote`` (the
folder is private) for lines of JSON. A connection is one kernel, or a leash (a connection that never asks for one):

=========================================== ==================================================================
``{"fork": {argv, env, cwd, memory_limit}}``   become a kernel; answers ``{"pid": n}``, the kernel ``{"ready": true}``
``{"signal": n}``                           send a signal to the kernel's process group
``{"import": [names]}``                     import these too; answers how many there are now
<- ``{"exit": code, "cpu": s, "peak": bytes}`` the kernel has ended and all of its process group with it
=========================================== ==================================================================

A kernel lives as long as its connection. The zygote lives as long as there is any connection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inquirylab.batch.warm.preload import (
    KERNEL,
    Import,
    allowed,
    import_all,
    like_a_kernel,
    quiet_debugger,
    threads,
)

FIRST_CONNECTION_SECONDS = 60
"""How long a zygote waits for somebody to need it."""


class Zygote:
    """The loop of the zygote: connections in, forks out, the dead reaped."""

    def __init__(self, folder: Path, imports: Sequence[Import]) -> None:
        self.folder, self.imports = folder, list(imports)
        self.write_imports()
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        umask = os.umask(0o077)
        (folder / "zygote").unlink(missing_ok=True)
        self.listener.bind(str(folder / "zygote"))
        os.umask(umask)
        self.listener.listen(256)
        self.wake, self._wake_write = os.pipe()
        for end in (self.wake, self._wake_write):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the supervisor; it closes the connections
        self.connections: dict[int, socket.socket] = {}
        self.half_lines: dict[int, bytes] = {}
        self.kernels: dict[int, int] = {}  # connection -> process
        self.poll = select.poll()
        self.poll.register(self.listener, select.POLLIN)
        self.poll.register(self.wake, select.POLLIN)

    def serve(self) -> dict[str, Any] | None:
        """Return None when nobody is connected any more; in each forked child, return what it shall be."""
        patience: float | None = FIRST_CONNECTION_SECONDS * 1000
        while self.connections or self.kernels or patience:
            events = self.poll.poll(patience)
            if not events:
                return None
            for fd, _ in events:
                if fd == self.wake:
                    self._drain()
                elif fd == self.listener.fileno():
                    self._accept()
                    patience = None
                elif fd in self.connections:
                    request = self._receive(fd)
                    if request is not None:
                        return request
            self._reap()
        return None

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake, 4096)

    def _accept(self) -> None:
        connection, _ = self.listener.accept()
        self.connections[connection.fileno()] = connection
        self.half_lines[connection.fileno()] = b""
        self.poll.register(connection, select.POLLIN)

    def _receive(self, fd: int) -> dict[str, Any] | None:
        try:
            data = self.connections[fd].recv(1 << 20)
        except OSError:
            data = b""
        if not data:
            self._drop(fd)
            return None
        *lines, self.half_lines[fd] = (self.half_lines[fd] + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "signal" in message:
                self._signal(fd, message["signal"])
            elif "import" in message:
                self.imports += _import(message["import"])
                self.write_imports()
                self._say(fd, {"imports": len(self.imports)})
            elif "fork" in message and self._fork(fd):
                return {**message["fork"], "connection": self.connections[fd]}
        return None

    def write_imports(self) -> None:
        """Let those who use this zygote know what it has imported."""
        partial = self.folder / "imports.partial"
        partial.write_text(json.dumps([dataclasses.asdict(one) for one in self.imports]), encoding="utf-8")
        partial.replace(self.folder / "imports.json")

    def _fork(self, fd: int) -> bool:
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            signal.set_wakeup_fd(-1)
            os.close(self.wake)
            os.close(self._wake_write)
            self.listener.close()
            for other, connection in self.connections.items():
                if other != fd:
                    connection.close()
            return True
        self.kernels[fd] = process
        self._say(fd, {"pid": process})
        return False

    def _say(self, fd: int, message: dict[str, Any]) -> None:
        with contextlib.suppress(KeyError, OSError):  # who asked may be gone; its connection will be dropped
            self.connections[fd].sendall(json.dumps(message).encode() + b"\n")

    def _signal(self, fd: int, signum: int) -> None:
        if fd in self.kernels:
            _kill_group(self.kernels[fd], signum)

    def _drop(self, fd: int) -> None:
        self._signal(fd, signal.SIGKILL)
        self.poll.unregister(fd)
        self.connections.pop(fd).close()
        del self.half_lines[fd]
        process = self.kernels.pop(fd, None)
        if process is not None:  # still to be reaped, but the number of its connection may be given away again
            self.kernels[-process] = process

    def _reap(self) -> None:
        while self.kernels:
            # Left unreaped until its group is gone: as long as it is, no other process can have its number.
            try:
                dead = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                self.kernels.clear()
                return
            if dead is None:
                return
            _kill_group(dead.si_pid, signal.SIGKILL)
            process, status, usage = os.wait4(dead.si_pid, 0)
            fd = next((fd for fd, kernel in self.kernels.items() if kernel == process), None)
            if fd is not None:
                del self.kernels[fd]
                cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
                self._say(fd, {"exit": os.waitstatus_to_exitcode(status), "cpu": cpu, "peak": peak})


def _kill_group(process: int, signum: int) -> None:
    try:
        os.killpg(process, signum)
    except ProcessLookupError:  # the kernel has not had the time to lead its own group
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signum)


def _import(names: list[str]) -> list[Import]:
    with like_a_kernel():
        done = import_all(allowed(names))
    gc.collect()
    gc.freeze()
    return done


def main(folder: Path, ready: int) -> dict[str, Any] | None:
    """Import, say what it cost, and serve until nobody is connected; in a fork, return what it shall be."""
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]  # as ipykernel_launcher does: nothing is imported from the working folder
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel reads it when it is imported: kernels watch the zygote
    given = dict(os.environ)
    from inquirylab.batch.warm.kernel_child import modules_of_a_kernel

    import_all(KERNEL)
    with like_a_kernel():
        imports = import_all(json.loads((folder / "preload.json").read_text(encoding="utf-8")))
    with quiet_debugger():
        import_all(modules_of_a_kernel(folder))
    gc.collect()
    gc.freeze()  # forks do not touch what is never collected, so its pages stay shared
    gc.disable()
    zygote = Zygote(folder, imports)
    facts = {"pid": os.getpid(), "threads": threads()}
    request = None
    with contextlib.suppress(BrokenPipeError):  # who started this is gone already
        os.write(ready, json.dumps(facts).encode() + b"\n")
        os.close(ready)
        request = zygote.serve()
    if request is None:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    set_by_imports = {name: value for name, value in os.environ.items() if name not in given}
    return {**request, "env": {**set_by_imports, **request["env"]}}


if __name__ == "__main__":
    wanted = main(Path(sys.argv[1]), int(sys.argv[2]))
    if wanted is not None:  # here, so that a kernel's stack is as deep as in a process of its own
        from inquirylab.batch.warm.kernel_child import become_a_kernel

        become_a_kernel(wanted)
