"""The face of an inquiry, as a course would use it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner

import inquirylab
from inquirylab.cli import main
from inquirylab.cli_inquiry import check, new, record
from inquirylab.errors import DefinitionError, RecordError

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "oulad" / "inquiry"


@pytest.fixture(autouse=True)
def private_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INQUIRYLAB_PRIVATE", str(tmp_path / "private"))
    return tmp_path / "private"


@pytest.fixture
def inq(tmp_path: Path):
    with inquirylab.create(tmp_path / "late", title="Late", site="School 7", author="Ana") as made:
        yield made


def test_import_is_light() -> None:
    program = "import sys, inquirylab; assert not {'pandas', 'altair', 'pycrdt', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})


def test_what_one_writes_the_other_reads_without_being_asked(inq: inquirylab.Inquiry) -> None:
    inq.set("problem_definition.situation", "seen daily")
    idea = inq.add("change_ideas", {"name": "A call"})
    with inquirylab.open(inq.folder.path, author="Ben") as ben:
        assert ben.to_dict()["problem_definition"] == {"situation": {"answer": "seen daily"}}
        ben.set(f"change_ideas.{idea}.name", "A call on Sunday")
    assert inq.get(f"change_ideas.{idea}.name") == "A call on Sunday"
    assert inq.record.change_ideas[0].name == "A call on Sunday"
    assert [h["author"] for h in inq.history(f"change_ideas.{idea}")] == ["Ana", "Ben"]


def test_the_author_is_the_hubs_user_else_the_login_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "ana@hub")
    with inquirylab.create(tmp_path / "x") as made:
        assert made.author == "ana@hub"


def test_derived_files_follow_and_are_whole(inq: inquirylab.Inquiry) -> None:
    for n in range(30):
        inq.set("aim.what", f"on time {n}")
    inq.close()
    data = json.loads((inq.folder.path / "record.json").read_text())
    assert data["answers"]["aim"] == {"what": "on time 29"} and data["answered"]["aim.what"][0] == "Ana"
    assert "on time 29" in (inq.folder.path / "record.md").read_text()
    assert list(inq.folder.path.glob(".*")) == []


def test_a_private_answer_is_nowhere_in_the_folder_until_its_author_shares_it(
    inq: inquirylab.Inquiry, private_place: Path
) -> None:
    path = "problem_definition.positionality"
    inq.set(path, "I was late myself, always.")
    assert inq.get(path) == "I was late myself, always."
    assert not any(b"late myself" in p.read_bytes() for p in inq.folder.path.rglob("*") if p.is_file())
    assert oct(next(private_place.iterdir()).stat().st_mode & 0o777) == "0o600"
    with inquirylab.open(inq.folder.path, author="Ben") as ben:
        assert ben.get(path) is None
    inq.share(path)
    assert inq.record.problem_definition.shared_positionality[0].text == "I was late myself, always."


def test_attachments_are_kept_by_their_content(inq: inquirylab.Inquiry, tmp_path: Path) -> None:
    photo = tmp_path / "Board Photo.JPG"
    photo.write_bytes(b"board")
    lesson = inq.add("lesson_study_cycles", {"title": "t"})
    name = inq.attach(f"lesson_study_cycles.{lesson}.board_actual", photo)
    again = inq.attach(f"lesson_study_cycles.{lesson}.artefacts", photo)
    assert name == again and name.endswith(".jpg") and inq.attachment(name).read_bytes() == b"board"  # type: ignore[union-attr]
    assert inq.attachment("../../inquiry.toml") is None
    with pytest.raises(RecordError, match="asks for no file"):
        inq.attach("aim.what", photo)


def test_a_version_keeps_what_stood(inq: inquirylab.Inquiry) -> None:
    inq.set("problem_definition.statement", "first")
    inq.add("problem_definition.versions", {"reason": "begin"})
    inq.set("problem_definition.statement", "second")
    assert '"first"' in inq.record.problem_definition.versions[0].snapshot
    assert "PR06" in [f.id for f in inq.findings()]


def test_questions_in_spanish_and_prompts_that_stay(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "x", language="es", author="Ana") as made:
        made.set("problem_definition.statement", "Llegan tarde")
        assert made.prompt("problem_definition.statement").startswith("¿Qué vemos")
        made.set("about.language", "en")
        made.set("problem_definition.equity_stance", "fair")
        assert made.prompt("problem_definition.equity_stance").startswith("What do we mean")
        assert made.prompt("problem_definition.statement").startswith("¿Qué vemos")
        assert "¿Qué vemos" in made.as_markdown()


def test_a_session_in_another_language_changes_nothing_for_others(tmp_path: Path) -> None:
    with inquirylab.create(tmp_path / "x", title="Late", author="Ana") as made:
        made.set("problem_definition.statement", "They are late.")
    before = {p: p.read_bytes() for p in made.folder.path.rglob("*") if p.is_file()}
    with inquirylab.open(made.folder.path, author="Ben", language="es") as ben:
        assert ben.roots.prompt("problem_definition.statement").startswith("¿Qué vemos")
        assert ben.prompt("problem_definition.statement").startswith("What do we see"), "what Ana was asked"
        assert "es" not in str(ben.get("about.language"))
    assert {p: p.read_bytes() for p in made.folder.path.rglob("*") if p.is_file()} == before


def test_who_writes_in_another_language_is_asked_in_it_and_the_derived_files_keep_the_inquirys_own(
    tmp_path: Path,
) -> None:
    with inquirylab.create(tmp_path / "x", title="Late", author="Ana") as made:
        made.set("problem_definition.statement", "They are late.")
    with inquirylab.open(made.folder.path, author="Ben", language="es") as ben:
        ben.set("problem_definition.equity_stance", "justo")
        ben.set("about.site", "Escuela 7")
        assert ben.roots.forms["problem_definition"].title == "Definición del problema", "also after an edit of about"
    written = (made.folder.path / "record.md").read_text("utf-8")
    assert "## Problem definition" in written and "¿Qué entendemos" in written, "a question stays as Ben was asked it"
    with inquirylab.open(made.folder.path, author="Ana") as ana:
        assert ana.prompt("problem_definition.equity_stance").startswith("¿")


def test_an_unknown_language_is_refused_before_anything_is_opened(inq: inquirylab.Inquiry) -> None:
    with pytest.raises(DefinitionError, match=r"There is no language 'esp'\. Did you mean 'es'"):
        inquirylab.open(inq.folder.path, language="esp")


def test_presence(inq: inquirylab.Inquiry) -> None:
    assert inq.here("aim") == []
    with inquirylab.open(inq.folder.path, author="Ben") as ben:
        assert [(p.author, p.looking_at) for p in ben.here()] == [("Ana", "aim")]
        assert [p.author for p in inq.here()] == ["Ben"]
    assert inq.here() == []


def test_a_follower_waits_for_what_is_new(inq: inquirylab.Inquiry) -> None:
    assert inq.sync(wait=0.0) == []
    program = "import sys, inquirylab; inquirylab.open(sys.argv[1], author='Ben').set('aim.what', 'x')"
    writer = subprocess.Popen(
        [sys.executable, "-c", program, str(inq.folder.path)], env={**os.environ, "PYTHONPATH": str(ROOT / "src")}
    )
    paths = inq.sync(wait=30.0)
    assert writer.wait() == 0 and "aim.what" in paths


def test_many_sessions_leave_few_files(inq: inquirylab.Inquiry) -> None:
    for n in range(12):
        with inquirylab.open(inq.folder.path, author="Ana") as session:
            session.set("aim.what", str(n))
    assert len(list(inq.folder.record.glob("*.iql"))) < 9
    assert inq.get("aim.what") == "11" and len(inq.history("aim.what")) == 12


@pytest.mark.parametrize("case", ["no inquiry", "no folder", "newer", "damaged toml", "no id"])
def test_what_cannot_be_opened_says_so_in_one_sentence_and_nothing_is_written(tmp_path: Path, case: str) -> None:
    folder = tmp_path / "x"
    if case != "no folder":
        folder.mkdir()
    content = {"newer": 'id = "abcd"\nformat = 99\n', "damaged toml": "id = [", "no id": "format = 1\n"}.get(case)
    if content:
        (folder / "inquiry.toml").write_text(content)
    before = sorted(p.name for p in tmp_path.rglob("*"))
    with pytest.raises(RecordError) as e:
        inquirylab.open(folder)
    assert str(e.value).count("\n") == 0 and str(folder) in str(e.value)
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


def test_a_damaged_log_opens_with_a_warning_and_opening_writes_nothing(inq: inquirylab.Inquiry) -> None:
    inq.set("aim.what", "x")
    inq.set("aim.where", "y")
    inq.close()
    log = next(inq.folder.record.glob("*.iql"))
    content = bytearray(log.read_bytes())
    content[60] ^= 255
    log.write_bytes(bytes(content))
    before = {p: p.read_bytes() for p in inq.folder.path.rglob("*") if p.is_file()}
    with pytest.warns(UserWarning, match="are damaged and were skipped"):
        again = inquirylab.open(inq.folder.path)
    assert again.get("aim") == {"what": "x", "where": "y"}
    assert {p: p.read_bytes() for p in inq.folder.path.rglob("*") if p.is_file()} == before
    assert "RC01" in [f.id for f in again.findings()]


def test_a_read_only_inquiry_can_be_read(inq: inquirylab.Inquiry, monkeypatch: pytest.MonkeyPatch) -> None:
    inq.set("aim.what", "x")
    monkeypatch.setattr(os, "access", lambda *a, **k: False)
    reader = inquirylab.open(inq.folder.path)
    assert reader.get("aim.what") == "x"
    with pytest.raises(RecordError, match="read-only for you"):
        reader.set("aim.what", "y")
    reader.close()


def test_a_closed_inquiry_says_so(inq: inquirylab.Inquiry) -> None:
    inq.close()
    with pytest.raises(RecordError, match="was closed"):
        inq.set("aim.what", "x")


def test_redacting_names_the_other_files_that_still_hold_the_text(inq: inquirylab.Inquiry) -> None:
    inq.set("aim.what", "Maya Pérez on time")
    inq.set("problem_definition.positionality", "I teach Maya Pérez")
    (inq.folder.path / "notes.txt").write_text("Maya Pérez", encoding="utf-8")
    assert inq.redact("Maya Pérez", why="a child's name") == ["notes.txt"]
    assert inq.get("aim.what") == "[redacted] on time" and "Maya" not in inq.get("problem_definition.positionality")


def test_redacting_warns_of_what_comes_close(inq: inquirylab.Inquiry) -> None:
    inq.set("aim.what", "Maya Pérez on time, as Maya was")
    with pytest.warns(UserWarning, match=r"'Maya' in aim.what. Redact those that mean the same"):
        assert inq.redact("Maya Pérez", why="a child's name") == []


def test_the_worked_inquiry_passes_and_its_numbers_are_those_of_its_table(tmp_path: Path) -> None:
    import csv

    copy = shutil.copytree(EXAMPLE, tmp_path / "copy")
    with inquirylab.open(copy, author="reader") as example:
        findings = example.findings()
        assert [f for f in findings if f.severity != "info"] == []
        assert "invented" in example.get("about.summary")
        rows = [(r.date.isoformat(), r.numerator, r.denominator) for r in example.record.measure_data]  # type: ignore[union-attr]
        nodes = example.known()
        assert any(k.untested for k in nodes.values()) and any(k.cycles for k in nodes.values())
    with (EXAMPLE.parent / "submissions.csv").open(newline="") as f:
        assert rows == [(r["due"], float(r["on_time"]), float(r["registered"])) for r in csv.DictReader(f)]


def test_the_worked_inquiry_can_be_made_anew(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLE.parent / "make_inquiry.py"), str(tmp_path / "new")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr
    with (
        inquirylab.open(tmp_path / "new") as made,
        inquirylab.open(shutil.copytree(EXAMPLE, tmp_path / "copy")) as kept,
    ):
        assert made.to_dict().keys() == kept.to_dict().keys()
        assert len(made.history()) == len(kept.history())


def run(command, *args: str):
    with warnings.catch_warnings():
        return CliRunner().invoke(command, list(args), catch_exceptions=False)


def test_commands(tmp_path: Path) -> None:
    folder = str(tmp_path / "x")
    assert "a new inquiry" in run(new, folder, "--title", "Late", "--site", "S", "--cycle", "pdsa_cycle").output
    done = run(check, folder)
    assert (
        done.exit_code == 0
        and "0 errors, 0 warnings, 0 info" in done.output
        and "next: problem_definition.statement" in done.output
    )
    with inquirylab.open(folder, author="Ana") as made:
        made.set("aim.what", "Maya Pérez on time")
        shutil.copytree(folder, tmp_path / "copy")
        made.set("aim.where", "here")
    done = run(check, folder, "--json")
    assert done.exit_code == 1 and {"id", "severity", "where", "message", "cure"} <= set(json.loads(done.output)[0])
    assert json.loads(run(record, folder, "--json").output)["answers"]["aim"]["where"] == "here"
    assert run(record, folder).output == run(record, folder, "--markdown").output
    assert json.loads(run(record, folder, "--history", "--json").output)[-1]["author"] == "Ana"
    assert "Ana  aim.where" in run(record, folder, "--history").output
    with inquirylab.open(tmp_path / "copy", author="Ben") as away:
        away.set("aim.where", "there")
    done = run(record, folder, "--import", str(tmp_path / "copy"))
    assert "to settle: aim.where" in done.output
    (tmp_path / "out.json").write_text(run(record, folder, "--json").output, encoding="utf-8")
    assert run(record, folder, "--import", str(tmp_path / "out.json")).output == "0 answers merged.\n"
    assert run(record, folder, "--redact", "Maya Pérez", "--why", "a child's name").exit_code == 0
    assert "Maya" not in run(record, folder).output
    assert run(record, folder, "--redact", "x").exit_code == 2
    assert run(record, folder, "--json", "--markdown").exit_code == 2


def test_a_record_json_of_a_stranger_merges_what_our_forms_know(inq: inquirylab.Inquiry, tmp_path: Path) -> None:
    inq.set("aim.what", "ours")
    inq.set("problem_definition.statement", "line one\nline two")
    answers = {
        "aim": {"what": "theirs", "where": "there", "target": "much", "nonsense": 1},
        "alien": {"x": 1},
        "problem_definition": {"statement": "line one\nline three", "assets": {"a1": "strong"}},
        "change_ideas": {"i1": {"name": "Theirs", "drivers": {"x": "d1"}}, "b!d": {}},
    }
    (tmp_path / "r.json").write_text(json.dumps({"answers": answers}))
    done = inq.import_(tmp_path / "r.json")
    assert done.conflicts == ["aim.what"] and len(done.skipped) == 4
    assert inq.get("aim.where") == "there" and inq.get("change_ideas.i1") == {"name": "Theirs", "drivers": {"x": "d1"}}
    assert inq.get("problem_definition.statement").splitlines() == ["line one", "line two", "line three"]
    assert inq.get("problem_definition.assets") == {"a1": "strong"}
    for bad in ("[]", "no json", '{"answers": 3}'):
        (tmp_path / "bad.json").write_text(bad)
        with pytest.raises(RecordError):
            inq.import_(tmp_path / "bad.json")


def test_saving_returns_quickly_beside_a_large_record(inq: inquirylab.Inquiry) -> None:
    measure = inq.add("measures", {"name": "Rate"})
    rows = {f"r{n:04}": {"measure": measure, "value": n} for n in range(1500)}
    answers = [(f"measure_data.{k}.{p}", v) for k, row in rows.items() for p, v in (("~item", True), *row.items())]
    inq._store._change(answers)
    assert len(inq.record.measure_data) == 1500
    began = time.perf_counter()
    for n in range(20):
        inq.set("aim.what", str(n))
    assert time.perf_counter() - began < 20


def test_the_state_of_a_change_idea_is_said_everywhere_and_set_nowhere(inq: inquirylab.Inquiry, tmp_path: Path) -> None:
    idea = inq.add("change_ideas", {"name": "A call"})
    assert inq.record.change_ideas[0].state == inq.get(f"change_ideas.{idea}.state") == "proposed"
    inq.add("pdsa_cycles", {"change": idea, "act": "adopt", "scale": "one_teacher"})
    assert inq.record.change_ideas[0].state == inq.to_dict()["change_ideas"][idea]["state"] == "adopted"
    assert inq.known()[idea].state == "adopted"
    assert json.loads(inq.as_json())["answers"]["change_ideas"][idea]["state"] == "adopted"
    assert "**Where does it stand?** Adopted" in inq.as_markdown()
    with pytest.raises(RecordError, match="worked out"):
        inq.set(f"change_ideas.{idea}.state", "spreading")
    (tmp_path / "r.json").write_text(inq.as_json().replace('"state": "adopted"', '"state": "abandoned"'))
    done = inq.import_(tmp_path / "r.json")
    assert (done.paths, done.skipped, done.conflicts) == ([], [], [])


def test_the_history_of_a_path_that_is_none_is_refused_as_its_answer_is(inq: inquirylab.Inquiry) -> None:
    for path in ("nonsense", "aim.nonsense"):
        with pytest.raises(RecordError, match="nonsense"):
            inq.get(path)
        with pytest.raises(RecordError, match="nonsense"):
            inq.history(path)
    assert inq.history("aim.what") == []


@pytest.mark.parametrize("path", ["", "  "])
def test_an_inquiry_without_a_folder_of_its_own_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RecordError, match="needs a folder of its own"):
        inquirylab.create(path)
    assert CliRunner().invoke(main, ["new", path]).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def written(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_text_that_stands_nowhere_is_said_to_and_leaves_no_stone(inq: inquirylab.Inquiry) -> None:
    inq.set("aim.what", "Late on Mondays")
    inq._derived.close()  # written now, so that nothing is under way
    before = written(inq.folder.path)
    with pytest.raises(RecordError, match=r"stands nowhere in the record, so nothing was removed \(.*late\)\.$"):
        inq.redact("Zuleika Dobson", why="w")
    done = run(record, str(inq.folder.path), "--redact", "Zuleika Dobson", "--why", "w")
    assert done.exit_code == 1 and "stands nowhere" in done.output and "is removed" not in done.output
    assert written(inq.folder.path) == before


def test_where_a_text_stands_nowhere_near_words_and_other_files_that_hold_it_are_the_cure(
    inq: inquirylab.Inquiry,
) -> None:
    inq.set("aim.what", "Mia Perez on time")
    (inq.folder.path / "notes.txt").write_text("Maya Pérez", encoding="utf-8")
    with pytest.raises(RecordError, match=r"'Perez' in aim\.what\..* It is still in notes\.txt: such files are yours"):
        inq.redact("Maya Pérez", why="w")


@pytest.mark.parametrize("pieces", [("Maya Pérez was late",), ("Maya P", "Maya Pérez", "Maya Pérez was late")])
def test_a_name_that_only_the_past_holds_is_redacted(inq: inquirylab.Inquiry, pieces: tuple[str, ...]) -> None:
    for text in (*pieces, "A pupil was late"):
        inq.set("problem_definition.statement", text)
    assert inq.redact("Maya Pérez", why="a child's name") == []
    assert inq.history()[-1]["redacted"] == {"why": "a child's name", "places": 1}
    for log in inq.folder.record.glob("*.iql"):
        assert b"Maya" not in log.read_bytes() and "Pérez".encode() not in log.read_bytes()


def test_a_name_in_a_private_answer_alone_leaves_the_record_as_it_is(inq: inquirylab.Inquiry) -> None:
    inq.set("problem_definition.positionality", "I teach Maya Pérez")
    before = len(inq.history())
    assert inq.redact("Maya Pérez", why="w") == [] and len(inq.history()) == before
    assert inq.get("problem_definition.positionality") == "I teach [redacted]"


def test_words_of_our_forms_are_neither_found_nor_near(inq: inquirylab.Inquiry) -> None:
    inq.add("change_ideas", {"name": "A call"})
    words = inq._store.document.entries("~forms.change_idea." + inq.roots.forms["change_ideas"].digest)[0].value
    assert "Monday" in json.dumps(words)
    for text in ("Monday", "Mondays"):
        with pytest.raises(RecordError, match=r"so nothing was removed \([^~]*$"):
            inq.redact(text, why="w")


def test_the_history_says_who_redacted_why_and_in_how_many_places_and_never_what(inq: inquirylab.Inquiry) -> None:
    inq.set("aim.what", "Maya Pérez on time")
    inq.set("problem_definition.statement", "Maya Pérez is late")
    inq.redact("Maya Pérez", why="a child's name")
    folder = str(inq.folder.path)
    assert "Ana  redacted a text in 2 places: a child's name\n" in run(record, folder, "--history").output
    told = json.loads(run(record, folder, "--history", "--json").output)
    assert [(c["author"], c["redacted"]) for c in told if "redacted" in c] == [
        ("Ana", {"why": "a child's name", "places": 2})
    ]
    assert "Maya" not in json.dumps(told) and inq.history() == told


def test_derived_files_are_never_much_later_than_the_record(inq: inquirylab.Inquiry) -> None:
    inq.set("aim.what", "first")
    inq._derived.close()
    inq._derived._took = 1.5  # so long it took to write them
    inq._derived._written = time.monotonic()
    inq.set("aim.what", "second")
    assert "second" not in (inq.folder.path / "record.md").read_text()
    until = time.monotonic() + 2.5
    while "second" not in (inq.folder.path / "record.md").read_text():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_a_killed_session_left_unwritten_is_written_when_the_next_is_closed(inq: inquirylab.Inquiry) -> None:
    folder = inq.folder.path
    program = """
import os, sys, time, inquirylab
inq = inquirylab.open(sys.argv[1], author="Ben")
inq.set("aim.what", "first")
inq._derived._took, inq._derived._written = 60.0, time.monotonic()
inq.set("aim.what", "second")
os._exit(0)
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True, env=env)
    before = written(folder)
    assert b"second" not in before[str(folder / "record.json")]
    with inquirylab.open(folder, author="Cleo"):
        assert written(folder) == before
    assert b"second" in (folder / "record.json").read_bytes() and b"second" in (folder / "record.md").read_bytes()
    after = written(folder)
    os.utime(folder / "record.md", ns=(0, 0))
    assert run(check, str(folder)).exit_code == 1
    assert written(folder) == after and (folder / "record.md").stat().st_mtime > 0


def test_a_read_only_session_leaves_derived_files_that_are_behind(
    inq: inquirylab.Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    inq.close()
    (inq.folder.path / "record.md").write_text("old")
    os.utime(inq.folder.path / "record.md", ns=(0, 0))
    monkeypatch.setattr(os, "access", lambda *a, **k: False)
    inquirylab.open(inq.folder.path).close()
    assert (inq.folder.path / "record.md").read_text() == "old"
