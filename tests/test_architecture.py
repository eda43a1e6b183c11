"""Rooms keep their promises: PURE rooms touch no file and start no process; no room has a name that says nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "inquirylab"
PURE = ["record", "series.py", "spc", "privacy", "findings", "charts", "reports", "batch/plan.py"]
FORBIDDEN_MODULES = {"os", "subprocess", "shutil", "socket", "tempfile", "urllib", "requests", "multiprocessing"}
FORBIDDEN_CALLS = {
    "open",
    "exec",
    "eval",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "unlink",
    "mkdir",
    "read_csv",
    "read_excel",
    "read_parquet",
    "read_sql",
    "to_csv",
    "to_excel",
    "to_parquet",
}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "core", "common", "misc"}


def modules(room: str) -> list[Path]:
    place = SOURCE / room
    return sorted(place.rglob("*.py")) if place.is_dir() else [place] if place.exists() else []


def violations(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            names = []
        yield from (f"line {node.lineno}: imports {n}" for n in names if n.split(".")[0] in FORBIDDEN_MODULES)
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in FORBIDDEN_CALLS and not (called == "open" and isinstance(node.func, ast.Attribute)):
                yield f"line {node.lineno}: calls {called}()"


@pytest.mark.parametrize(
    "module", [m for room in PURE for m in modules(room)], ids=lambda m: str(m.relative_to(SOURCE))
)
def test_a_pure_room_opens_no_file_and_starts_no_process(module: Path) -> None:
    assert list(violations(ast.parse(module.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "from subprocess import run",
        "open('x')",
        "Path('x').read_text()",
        "import os.path",
        "pd.read_csv('x')",
        "def f():\n    import shutil",
    ],
)
def test_the_check_itself_finds_what_it_looks_for(code: str) -> None:
    assert list(violations(ast.parse(code)))


def test_no_module_is_longer_than_350_lines() -> None:
    long = {
        str(p.relative_to(SOURCE)): n
        for p in SOURCE.rglob("*.py")
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 350 and p.name != "types.py"
    }
    assert long == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [p for p in SOURCE.rglob("*.py") if p.stem in NAMES_THAT_SAY_NOTHING] == []
