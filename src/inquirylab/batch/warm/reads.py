"""What a notebook reads, recorded in its kernel: files, folders, own modules, and what nobody can follow.

Python tells an audit hook of every file that it opens and every folder that it lists. What a compiled library opens by
itself stays unseen; a notebook that imports one of those is marked, like one that starts a program or asks the network
or a database: such a site is never skipped.
"""

from __future__ import annotations

import atexit
import json
import os
import site
import sys
import sysconfig
from pathlib import Path
from typing import Any

from inquirylab.batch.warm.preload import ALLOWED

OUTSIDE = {
    "sqlite3.connect": "SQL", "socket.connect": "the network", "socket.getaddrinfo": "the network",
    "socket.gethostbyname": "the network", "socket.sendto": "the network", "urllib.Request": "the network",
    "subprocess.Popen": "another program", "os.system": "another program", "os.exec": "another program",
    "os.posix_spawn": "another program", "os.forkpty": "another program", "pty.spawn": "another program",
    "os.fork": "another process",
}  # fmt: skip
"""Audit events after which nobody can say what a site has read."""

UNSEEN = frozenset({
    "MySQLdb", "adbc_driver_manager", "cx_Oracle", "duckdb", "h5py", "ibm_db", "netCDF4", "oracledb", "polars",
    "psycopg2", "psycopg_c", "pyarrow.dataset", "pyarrow.flight", "pymssql", "pyodbc", "rasterio", "snowflake",
    "tables", "turbodbc", "zarr",
})  # fmt: skip
"""Libraries that open files or connections in compiled code, where no audit hook sees them."""

VARIABLE = "INQUIRYLAB_READS"
_NEVER_DATA = ("/proc/", "/dev/", "/sys/")


def installed_places() -> tuple[str, ...]:
    """Return the folders of the interpreter and of what is installed in it, inquirylab itself included."""
    paths = sysconfig.get_paths()
    places = {sys.prefix, *site.getsitepackages(), site.getusersitepackages(), str(Path(__file__).parents[2])}
    places |= {paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    return tuple(sorted(way(p) + os.sep for p in places for way in (os.path.abspath, os.path.realpath)))


class Reads:
    """Collects audit events; cheap enough to be called for each."""

    def __init__(self, ignored: tuple[str, ...]) -> None:
        self.files: set[str] = set()
        self.folders: set[str] = set()
        self.written: set[str] = set()
        self.outside: set[str] = set()
        self.ignored = ignored
        self.process = os.getpid()

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Note one audit event."""
        if event in ("open", "os.listdir", "os.scandir"):
            if sys._getframe(1).f_code.co_filename.startswith("<frozen"):
                return  # an import looks through its folders; which modules it found is told by the modules
            if event == "open":
                self._opened(*args)
            else:
                self._note(args[0] if args[0] is not None else ".", self.folders)
        elif event in OUTSIDE and os.getpid() == self.process and not _harmless(event, args):
            self.outside.add(OUTSIDE[event])

    def _opened(self, path: Any, mode: str | None, flags: int) -> None:
        fresh = flags & (os.O_CREAT | os.O_TRUNC) or flags & os.O_WRONLY
        self._note(path, self.written if fresh and not (mode or "").startswith("a") else self.files)

    def _note(self, path: Any, where: set[str]) -> None:
        try:
            name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100
        except (TypeError, ValueError, OSError):  # a file descriptor, a NUL, a working folder that is gone
            return
        if f"{name}/".startswith(_NEVER_DATA) or name.endswith(".pyc"):
            return
        if where is not self.files or name not in self.written:  # what it wrote itself it may read
            where.add(name)

    def report(self) -> dict[str, list[str]]:
        """Return what was read, and why the site can never be skipped, if so."""
        files = {str(vars(module).get("__file__") or "") for module in [*sys.modules.values()]}
        unseen = {f"{name}, whose reading cannot be seen" for name in UNSEEN & sys.modules.keys()}
        return {
            "files": self._not_installed(self.files),
            "folders": self._not_installed(self.folders),
            "modules": self._not_installed({name for name in files if name.endswith(".py")}),
            "outside": sorted(self.outside | unseen),
        }

    def _not_installed(self, names: set[str]) -> list[str]:
        ours = [name for name in names if not name.startswith(self.ignored)]
        return sorted(name for name in ours if not os.path.realpath(name).startswith(self.ignored))

    def loaded(self) -> list[str]:
        """Return the installed modules in this process that a zygote may import."""
        some = ((name, module) for name, module in sys.modules.items() if name.partition(".")[0] in ALLOWED)
        return sorted(name for name, m in some if str(vars(m).get("__file__") or "").startswith(self.ignored))


def _harmless(event: str, args: tuple[Any, ...]) -> bool:
    if event == "sqlite3.connect":
        return bool(args[0] == ":memory:")
    return event == "socket.connect" and isinstance(args[1], (str, bytes))  # Unix sockets stay on this host


def load_ipython_extension(_: Any) -> None:
    """Record what a kernel of papermill's own engine reads, into the file that :data:`VARIABLE` names."""
    record_into(Path(os.environ.pop(VARIABLE)))


def record_into(path: Path, learn: bool = False) -> Reads:
    """Record what this process reads from now on; write it to `path` (JSON) when the process ends.

    With `learn`, the report also says which installed modules were ``loaded``.
    """
    private = os.path.realpath(path.parent) + os.sep
    reads = Reads((*installed_places(), private))
    sys.addaudithook(reads)

    def write() -> None:
        if os.getpid() == reads.process:
            report = {**reads.report(), **({"loaded": reads.loaded()} if learn else {})}
            path.write_text(json.dumps(report), encoding="utf-8")

    atexit.register(write)
    return reads
