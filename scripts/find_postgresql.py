"""Finds PostgreSQL for the database tests, or installs Debian's package where that is possible.

    python scripts/find_postgresql.py [--install]

Prints where its programs are. Without root or apt it says how to install it and ends with 0: the tests then skip, and
say so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from pathlib import Path


def programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def install() -> None:
    for command in (["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "postgresql"]):
        subprocess.run(command, check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true")
    if parser.parse_args().install and programs() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    place = programs()
    print(
        place or "PostgreSQL is not installed: the tests that need it are skipped. Install: apt-get install postgresql"
    )


if __name__ == "__main__":
    main()
