"""The command line keeps its contract: exit status 0, 1 or 2, one sentence for an error, JSON for tools."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from inquirylab import __version__
from inquirylab.cli import main


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_help_and_version() -> None:
    assert run("--help")[0] == 0
    assert run("--version") == (0, f"inquirylab, version {__version__}\n", "")


def test_templates_say_what_they_take() -> None:
    code, out, _ = run("templates", "--json")
    assert code == 0
    assert list(json.loads(out)["progress"]["parameters"]) == ["site", "data", "measure", "inquiry", "language"]
    assert "progress (06_progress.ipynb): site" in run("templates")[1]


def test_the_doctor_finds_this_machine_well() -> None:
    code, out, _ = run("doctor", "--json")
    assert code == 0, out
    assert {check["subject"] for check in json.loads(out)} >= {"Python", "papermill", "templates", "kernel python3"}


def test_a_dry_run_shows_what_would_run_and_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text("site,data\nOak,oak.csv\n")
    code, out, _ = run("batch", "progress", str(tmp_path / "sites.csv"), "--out", str(tmp_path / "out"), "--dry-run")
    assert code == 0
    assert f'"data": "{tmp_path / "oak.csv"}"' in out
    assert not (tmp_path / "out").exists()


def test_unreadable_input_is_one_sentence_and_status_2(tmp_path: Path) -> None:
    code, out, err = run("batch", "progress", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert err.startswith("inquirylab: The site list cannot be read") and "Traceback" not in err
    assert run("batch", "progress")[0] == 2


def test_a_report_of_a_folder_without_a_batch_is_refused(tmp_path: Path) -> None:
    code, _, err = run("report", str(tmp_path))
    assert code == 2 and "no batch in this folder" in err


def test_a_folder_without_a_batch_is_not_published(tmp_path: Path) -> None:
    code, _, err = run("report", str(tmp_path), "--publish", str(tmp_path / "out"))
    assert code == 2 and "There is no batch in this folder" in err
    assert not (tmp_path / "out").exists()
