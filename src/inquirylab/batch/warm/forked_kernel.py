"""A jupyter_client kernel provisioner that has a kernel forked, and a manager that waits for it without polling."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Type

from inquirylab.batch.warm.channel import AttentiveClient
from inquirylab.batch.warm.nursery import Nursery, current
from inquirylab.errors import BatchError

NAME = "inquirylab-forked"
"""The provisioner's entry point."""

TRIES = 3
"""How often a kernel is asked for when the zygote dies before it can answer."""


@dataclass
class Life:
    """What a kernel cost and read, known when it has ended.

    Attributes
    ----------
    cpu_seconds
        Processor time of the kernel and of the children it waited for, user and system.
    client_seconds
        Processor time of the process that talked to it, for this notebook.
    peak_memory
        The most memory it had resident, in bytes, pages shared with the zygote included.
    exit_code
        As of ``subprocess``: negative is a signal. None while it lives.
    reads
        The report of :class:`inquirylab.batch.warm.reads.Reads`; None if it was not asked for or not written.
    orphaned
        Whether it ended because the zygote did: no fault of the notebook.
    """

    cpu_seconds: float = 0.0
    client_seconds: float = 0.0
    peak_memory: int = 0
    exit_code: int | None = None
    reads: dict[str, list[str]] | None = None
    orphaned: bool = False
    started: dict[str, Any] = field(default_factory=dict)


def can_be_forked(argv: list[str]) -> bool:
    """Say whether a kernel of this command line is an ipykernel of this very interpreter, on a system that forks."""
    if sys.platform != "linux" or "ipykernel_launcher" not in argv or "-f" not in argv:
        return False
    mine = {os.path.realpath(sys.executable), "python", "python3", f"python3.{sys.version_info[1]}"}
    command = argv[0] if os.sep not in argv[0] else os.path.realpath(argv[0])
    return command in mine and (os.sep not in argv[0] or Path(argv[0]).parent == Path(sys.executable).parent)


class ForkedKernel(LocalProvisioner):
    """One kernel, forked from the zygote; it lives as long as its connection to it."""

    nursery: Nursery | None = None
    memory_limit: int | None = None
    record_reads = False
    learn = False

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.life = Life()
        self._connection: socket.socket | None = None
        self._heard = b""
        self._reads: Path | None = None

    @property
    def has_process(self) -> bool:
        """Say whether there is a kernel that has not been waited for."""
        return self._connection is not None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Have a kernel forked; return when its sockets are bound (or it has ended)."""
        nursery = self.nursery or current()
        self._reads = nursery.folder / f"{uuid.uuid4().hex}.reads" if self.record_reads or self.learn else None
        wish = {
            "argv": cmd[cmd.index("-f") :],
            "env": dict(kwargs.get("env") or os.environ),
            "cwd": str(kwargs.get("cwd") or Path.cwd()),
            "memory_limit": self.memory_limit,
            "reads": str(self._reads) if self._reads else None,
            "learn": self.learn,
        }
        self.cwd = wish["cwd"]
        for _ in range(TRIES):
            self._connection = nursery.connect()
            self._connection.setblocking(False)
            self.life, self._heard, self.pid = Life(), b"", None
            await self._send({"fork": wish})
            while "ready" not in self.life.started and self.life.exit_code is None:
                await self._hear()
            if self.pid is not None:
                return self.connection_info
            self._connection.close()  # the zygote died before it could fork
            self._connection = None
        raise BatchError("The warm engine's parent process dies whenever it is asked for a kernel")

    async def _send(self, message: dict[str, Any]) -> None:
        assert self._connection is not None
        try:
            await asyncio.get_running_loop().sock_sendall(self._connection, json.dumps(message).encode() + b"\n")
        except (BrokenPipeError, ConnectionResetError):
            self._orphaned()

    async def _hear(self) -> None:
        assert self._connection is not None
        try:
            data = await asyncio.get_running_loop().sock_recv(self._connection, 65536)
        except ConnectionResetError:
            data = b""
        self._listen(data)

    def _listen(self, data: bytes) -> None:
        if not data and self.life.exit_code is None:
            self._orphaned()
        *lines, self._heard = (self._heard + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            self.life.started.update(message)
            if "pid" in message:
                self.pid = self.pgid = message["pid"]
            if "exit" in message:
                self.life.exit_code = message["exit"]
                self.life.cpu_seconds, self.life.peak_memory = message["cpu"], message["peak"]
                self._collect_reads()

    def _orphaned(self) -> None:
        """Note that the zygote has ended; Linux ends the kernel with it, and here go the kernel's own children."""
        self.life.exit_code, self.life.orphaned = -signal.SIGKILL, True
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    def _collect_reads(self) -> None:
        if self._reads is not None and self._reads.exists():
            self.life.reads = json.loads(self._reads.read_text(encoding="utf-8"))
            self._reads.unlink()

    async def poll(self) -> int | None:
        """Return the kernel's exit code, or None while it lives."""
        if self._connection is None:
            return 0
        while self.life.exit_code is None:
            try:
                self._listen(self._connection.recv(65536))
            except BlockingIOError:
                return None
            except ConnectionResetError:
                self._orphaned()
        return self.life.exit_code

    async def wait(self) -> int | None:
        """Wait, without polling, until the kernel and its process group are gone."""
        if self._connection is None:
            return 0
        while self.life.exit_code is None:
            await self._hear()
        self._connection.close()
        self._connection = None
        return self.life.exit_code

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel; one that still lives ends with its connection."""
        await super().cleanup(restart=restart)
        if self._connection is not None:
            await self.poll()
            self._connection.close()
            self._connection = None

    async def send_signal(self, signum: int) -> None:
        """Have a signal sent to the kernel's process group by its parent, which knows whether it still lives."""
        if self._connection is not None and self.life.exit_code is None:
            await self._send({"signal": int(signum)})

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002
        """Kill the kernel's process group."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:  # noqa: ARG002
        """Ask the kernel's process group to end."""
        await self.send_signal(signal.SIGTERM)


class ForkedKernelManager(AsyncKernelManager):
    """Starts forked kernels on Unix sockets in the nursery's private folder, and ends them without fixed waits."""

    client_factory = Type(AttentiveClient)
    nursery: Nursery | None = None
    wishes: dict[str, Any]
    cell_is_running = False

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.wishes = {}

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        nursery = self.nursery or current()
        nursery.hold()
        self.transport = "ipc"
        self.ip = str(nursery.folder / uuid.uuid4().hex[:12])
        self.connection_file = f"{self.ip}.json"
        if self.kernel_spec is None:
            raise RuntimeError(f"No kernel named {self.kernel_name!r}")
        self.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": NAME}
        command, rest = await super()._async_pre_start_kernel(**kwargs)
        for wish, value in {"nursery": nursery, **self.wishes}.items():
            setattr(self.provisioner, wish, value)
        return command, rest

    pre_start_kernel = _async_pre_start_kernel

    async def _async_finish_shutdown(self, waittime: float | None = None, *_: Any, restart: bool = False) -> None:
        """Wait as stock does, half for a polite end and half after SIGTERM, then kill; but hear of the end at once."""
        assert self.provisioner is not None
        half = (max(self.shutdown_wait_time, 0) if waittime is None else waittime) / 2
        for last_resort in (self._async_send_kernel_sigterm, self._async_kill_kernel):
            try:
                await asyncio.wait_for(self.provisioner.wait(), half)
                return
            except TimeoutError:
                await last_resort(restart=restart)
        await self.provisioner.wait()

    finish_shutdown = _async_finish_shutdown

    async def _async_shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """Ask a kernel that is idle to end; one that still runs a cell is interrupted first, as stock does with each.

        An interrupt of an idle kernel can only disturb its exit; the interrupt of a running cell puts its traceback
        into the notebook.
        """
        if now or restart or self.cell_is_running or not self.has_kernel:
            await super()._async_shutdown_kernel(now=now, restart=restart)
            return
        self.shutting_down = True
        await self._async_request_shutdown(restart=False)
        await self._async_finish_shutdown()
        await self._async_cleanup_resources(restart=False)

    shutdown_kernel = _async_shutdown_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        """Leave nothing of this kernel in the nursery's folder, also where the kernel was killed."""
        await super()._async_cleanup_resources(restart=restart)
        if not restart and self.transport == "ipc":
            for left in Path(self.ip).parent.glob(f"{Path(self.ip).name}*"):
                shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)

    cleanup_resources = _async_cleanup_resources
