"""The wheel carries templates, definitions, the built front end and the example; installed alone, it runs a small demo."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
VIEWS = [f.parent for f in (ROOT / "widgets" / "views").glob("*/view.tsx")]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source archive as a packager makes it."""
    dist = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(dist.glob("*.whl"))


def test_the_wheel_carries_what_people_need(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "inquirylab/notebooks/templates/06_progress.ipynb",
        "inquirylab/definitions/forms/measure.toml",
        "inquirylab/definitions/schema/form.json",
        "inquirylab/static/page.js",
        "inquirylab/static/vega.js",
        *(f"inquirylab/static/{v.name}.{end}" for v in VIEWS for end in ("js", "css")),
        "inquirylab/reports/pages/index.html.j2",
        "inquirylab/reports/pages/page.css",
        "inquirylab/examples/england/sites.csv",
        "inquirylab/py.typed",
    ):
        assert name in names
    assert not [n for n in names if n.startswith(("tests/", "node_modules/")) or ".venv" in n]


def test_installed_alone_it_runs_a_small_demo_without_node(wheel: Path, tmp_path: Path) -> None:
    """A fresh environment that sees this one's dependencies but not this checkout, and no node on its path."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False, symlinks=True)
    packages = next(home.glob("lib/python3*/site-packages"))
    dependencies = next(p for p in map(Path, sys.path) if p.name == "site-packages" and (p / "papermill").is_dir())
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(packages), str(wheel)],
        check=True,
    )
    (packages / "dependencies.pth").write_text(str(dependencies))
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {
        "PATH": f"{home / 'bin'}:/usr/bin:/bin",
        "JUPYTER_PATH": str(dependencies.parents[2] / "share" / "jupyter"),
    }
    python = str(home / "bin" / "python")
    where = subprocess.run(
        [python, "-c", "import inquirylab; print(inquirylab.__file__)"],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(packages) in where.stdout, "the installed wheel must be what is tested"
    done = subprocess.run(
        [python, "-m", "inquirylab", "demo", "demo", "--sites", "2"],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Open the report: demo/report/index.html"
    assert len(list((tmp_path / "demo" / "report" / "sites").glob("*.html"))) == 2
