"""Finds the zygote of this host; starts it where there is none, again where it died."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from inquirylab.errors import BatchError

VARIABLE = "INQUIRYLAB_NURSERY"
"""Names the folder of the nursery to the processes that share one."""

START_SECONDS = 120
STARTS = 3
"""How often a zygote is started that was ended from outside before it could serve."""

END_SECONDS = 3
"""How long to wait for a zygote that nobody else holds to end, also on a busy machine."""

_LONGEST_PATH = 60
"""The path of a Unix socket may have 107 characters, and the kernels' own names come after the folder's."""


class Nursery:
    """A private folder with one zygote and the sockets of its kernels.

    Several processes may use one folder; the zygote ends when the last of them has let go.

    Parameters
    ----------
    folder
        Its folder; None makes a new one, which is gone when the zygote ends.
    preload
        The modules to import, already chosen by :func:`inquirylab.batch.warm.preload.allowed`.
    quiet
        Send what kernels say on their own standard error nowhere.

    Examples
    --------
    ::

        with Nursery(preload=["pandas", "altair"]) as nursery:
            connection = nursery.connect()
    """

    def __init__(self, folder: Path | None = None, preload: Sequence[str] = (), quiet: bool = False) -> None:
        self._made = folder is None
        if folder is None:
            sweep()
            folder = Path(tempfile.mkdtemp(prefix=f"inquirylab-{os.getpid()}-", dir=short_place()))
        self.folder = folder
        self.preload = list(preload)
        self.quiet = quiet
        self.facts: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._leash: socket.socket | None = None

    def __enter__(self) -> Nursery:
        try:
            self.hold()
        except BaseException:
            self.close()
            if self._made:
                shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hold(self) -> None:
        """Keep the zygote alive until :meth:`close`, starting it if needed."""
        self.connect().close()

    def connect(self) -> socket.socket:
        """Return a connection to the living zygote.

        Raises
        ------
        BatchError
            The zygote cannot be started; its own message is on standard error.
        """
        connection = self._try_to_connect() or self._start_and_connect()
        if not self._holds():
            self._leash = self._try_to_connect()
        return connection

    def _holds(self) -> bool:
        if self._leash is None:
            return False
        try:
            ended = self._leash.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return True
        except OSError:
            ended = True
        if ended:
            self._leash.close()
            self._leash = None
        return not ended

    def _try_to_connect(self) -> socket.socket | None:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(self.folder / "zygote"))
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            return None
        return connection

    def _start_and_connect(self) -> socket.socket:
        with self._alone():
            connection = self._try_to_connect()  # another process may have been first
            for _ in range(STARTS):
                if connection is not None or not self._start():
                    break
                connection = self._try_to_connect()
        if connection is None:
            cure = "Run again with --engine stock, and see `inquirylab doctor`."
            raise BatchError("The warm engine's parent process did not start", where=str(self.folder), cure=cure)
        return connection

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = self.folder.stat()
        if known.st_uid != os.getuid() or known.st_mode & 0o077:
            raise BatchError("The folder of the warm engine is not this user's alone", where=str(self.folder))
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self) -> bool:
        """Start a zygote; say whether it serves, or ended so soon that another may be tried: not where it hangs."""
        self._end()  # the one before, which serves nobody any more
        plan = self.folder / "preload.json"
        if not plan.exists():
            plan.write_text(json.dumps(self.preload), encoding="utf-8")
        answer, ready = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "inquirylab.batch.warm.zygote", str(self.folder), str(ready)],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL if self.quiet else None,
                pass_fds=[ready],
                start_new_session=True,
            )
        finally:
            os.close(ready)
        with open(answer, "rb") as said:  # noqa: PTH123
            in_time, _, _ = select.select([said], [], [], START_SECONDS)
            line = said.readline() if in_time else b""
        if not line.endswith(b"\n"):
            self._end()
            return bool(in_time)
        self.facts = json.loads(line)
        return True

    def _end(self) -> None:
        """End the zygote that this started, and wait for it, so that nothing of it stays behind."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def learn(self, modules: Sequence[str]) -> None:
        """Have the zygote import these too, now and when it is started again."""
        with self._alone():
            plan = self.folder / "preload.json"
            known = json.loads(plan.read_text(encoding="utf-8"))
            new = [name for name in modules if name not in known]
            plan.write_text(json.dumps(known + new), encoding="utf-8")
        with self.connect() as connection:
            connection.sendall(json.dumps({"import": new}).encode() + b"\n")
            with connection.makefile("rb") as answers:
                answers.readline()

    def imports(self) -> list[dict[str, Any]]:
        """Return what the zygote has imported: name, seconds, threads that the import left, error."""
        said = (self.folder / "imports.json").read_text(encoding="utf-8")
        return [dict(one) for one in json.loads(said)]

    def close(self) -> None:
        """Let go of the zygote; it ends, and its folder with it, when nobody else holds it."""
        if self._leash is not None:
            self._leash.close()
            self._leash = None
        if self._process is None:
            return
        try:
            self._process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            return  # others still use it
        self._process = None
        shutil.rmtree(self.folder, ignore_errors=True)


def short_place() -> str:
    """Return a folder for temporary files whose path is short enough for Unix sockets in it."""
    place = tempfile.gettempdir()
    return place if len(place) + len("inquirylab-1234567-abcdefgh") < _LONGEST_PATH else "/tmp"


def sweep() -> None:
    """Remove the folders of batches of this user that were killed together with their zygote."""
    for folder in Path(short_place()).glob("inquirylab-*-*"):
        maker = folder.name.split("-")[1]
        mine = folder.stat().st_uid == os.getuid()
        if mine and maker.isdigit() and not Path("/proc", maker).exists():
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
                if probe.connect_ex(str(folder / "zygote")) != 0:
                    shutil.rmtree(folder, ignore_errors=True)


_shared: dict[int, Nursery] = {}


def current(preload: Sequence[str] = ()) -> Nursery:
    """Return this process's nursery: the one that :data:`VARIABLE` names, or one of its own made at the first call."""
    nursery = _shared.get(os.getpid())
    if nursery is None:
        named = os.environ.get(VARIABLE)
        nursery = _shared[os.getpid()] = Nursery(Path(named) if named else None, preload)
        atexit.register(nursery.close)
    return nursery
