from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inquirylab.errors import RecordError
from inquirylab.record.paths import shipped_roots
from inquirylab.store import compaction
from inquirylab.store.compaction import compact, finished, take
from inquirylab.store.importing import import_into
from inquirylab.store.inquiry_folder import create_folder
from inquirylab.store.redaction import close_matches, left_behind, redact
from inquirylab.store.team_record import TeamRecord

NAME = "Maya Pérez"


def logs(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.glob("*.iql"))


def work(record: TeamRecord, n: int = 5) -> None:
    for i in range(n):
        record.set("aim.what", f"{record.author} {i}")
        text = record.document.text("problem_definition.statement")
        record.set(
            "problem_definition.statement", f"{text[: len(text) // 2]}<{record.author}{i}>{text[len(text) // 2 :]}"
        )
        record.sync()


def test_many_finished_logs_become_one_and_nothing_is_missing(opened: Callable[..., TeamRecord], folder: Path) -> None:
    for name in ("Ana", "Ben", "Cem"):
        person = opened(name)
        work(person)
        person.close()
    reader = opened("reader")
    before = (reader.reading().tree, reader.history(), reader.document.kept())
    assert compact(reader, lease=0.0) == 3
    assert len(logs(folder)) == 1
    for after in (reader, opened("fresh")):
        assert (after.reading().tree, after.history(), after.document.kept()) == before


def test_conflict_losers_locked_answers_and_stones_survive(
    ana: TeamRecord, ben: TeamRecord, opened: Callable[..., TeamRecord]
) -> None:
    ana.set("aim.what", "x")
    ben.set("aim.what", "y")
    cycle = ana.add("pdsa_cycles", {"questions": [{"id": "q", "prediction": "one"}]})
    ana.set(f"pdsa_cycles.{cycle}.questions.q.prediction", "two")
    ana.sync()
    compact(ana, lease=0.0)
    reader = opened("reader")
    assert len(reader.conflicts()) == 1
    assert [e.value for e in reader.document.kept()[f"pdsa_cycles.{cycle}.questions.q.prediction"]] == ["one"]


def test_an_owner_whose_log_is_taken_writes_again_before_it_acknowledges(
    ana: TeamRecord, ben: TeamRecord, folder: Path
) -> None:
    ana.set("aim.what", "before")
    take(folder, logs(folder)[0], ben.key)
    ana.set("aim.what", "after")
    reader = TeamRecord(folder, "reader", shipped_roots())
    assert reader.get("aim.what") == "after" and len(reader.history()) == 2


def test_a_live_follower_sees_the_same_through_a_compaction(ana: TeamRecord, ben: TeamRecord) -> None:
    work(ana)
    ben.sync()
    compact(ana, lease=0.0)
    work(ana, 2)
    ben.sync()
    assert ben.reading().tree == ana.reading().tree and ben.history() == ana.history()


def test_only_finished_logs_of_the_same_user_and_host_are_taken(ana: TeamRecord, folder: Path) -> None:
    ana.set("aim.what", "x")
    content = (folder / logs(folder)[0]).read_bytes()
    user, host, pid, key = logs(folder)[0].partition(".")[0].split("-")
    for name in (f"other-{host}-999999999-a", f"{user}-elsewhere-999999999-b", f"{user}-{host}-1-c", "stranger"):
        (folder / f"{name}.g0.iql").write_bytes(content)
    (folder / f"{user}-{host}-999999999-d.g0.iql").write_bytes(content)
    assert finished(ana, lease=0.0) == sorted(
        [f"{user}-{host}-999999999-d.g0.iql", f"{user}-{host}-{pid}-{key}.g0.iql"]
    )
    assert f"{user}-{host}-999999999-d.g0.iql" not in finished(ana, lease=3600.0)


def test_a_damaged_log_is_left_as_it_is(ana: TeamRecord, ben: TeamRecord, folder: Path) -> None:
    ben.set("aim.where", "y")
    ben.close()
    damaged = next(folder.glob(f"*{ben.key}*"))
    damaged.write_bytes(damaged.read_bytes() + b"torn")
    ana.set("aim.what", "x")
    compact(ana, lease=0.0)
    assert any(p.read_bytes().endswith(b"torn") for p in folder.glob("*.iql"))


def test_what_cannot_be_proved_is_not_removed(ana: TeamRecord, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work(ana)
    before = ana.reading().tree
    real = compaction.pack
    monkeypatch.setattr(compaction, "pack", lambda header, update, **k: real(header, b"\x00\x00", **k))
    with pytest.raises(RecordError, match="without losing"):
        compact(ana, lease=0.0)
    assert TeamRecord(folder, "reader", shipped_roots()).reading().tree == before


def test_a_redacted_name_is_in_no_byte_of_the_folder(ana: TeamRecord, ben: TeamRecord, folder: Path) -> None:
    ana.set("problem_definition.statement", f"Last Monday {NAME} was late, and {NAME}'s brother too.")
    ana.set("aim.what", f"{NAME} on time")
    ana.set("aim.what", "everybody on time")
    ben.sync()
    cycle = ben.add("pdsa_cycles", {"questions": [{"id": "q", "prediction": f"{NAME} comes"}]})
    ben.set(f"pdsa_cycles.{cycle}.questions.q.prediction", "at least 3 come")
    ben.set("problem_definition.assets", [f"{NAME} helps"])
    ben.set("problem_definition.assets", ["pupils help"])
    ben.set("aim.where", f"{NAME}'s class")
    ana.set("aim.where", "class 3")
    ana.undo()
    ana.sync()
    places = redact(ana, NAME, "a child's name")
    assert places >= 3
    ben.set("aim.for_whom", "everybody")
    ana.set("aim.for_whom", "all")
    ana.sync(), ben.sync()
    compact(ben, lease=0.0)
    assert left_behind(folder, NAME) == [] and left_behind(folder, "Pérez") == []
    reader = TeamRecord(folder, "reader", shipped_roots())
    assert (
        reader.get("problem_definition.statement") == "Last Monday [redacted] was late, and [redacted]'s brother too."
    )
    stones = [e[0].value for p, e in reader.document.all_entries().items() if p.startswith("~stones")]
    assert [(s["who"], s["why"]) for s in stones] == [("Ana", "a child's name")]
    assert reader.history() and {h["a"] for h in reader.history()} == {"Ana", "Ben"}


FORMS = {
    "composed": "Maya Pérez",
    "decomposed": "Maya Pe\u0301rez",
    "capitals": "MAYA PÉREZ",
    "small letters": "maya pérez",
    "escaped": "Maya P\\u00e9rez",
    "escaped, decomposed, capitals": "MAYA PE\\u0301REZ",
    "over a line": "Maya\n Pérez",
    "over a line of JSON": "Maya\\nPérez",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_name_is_redacted_in_every_form(ana: TeamRecord, folder: Path, form: str) -> None:
    ana.set("problem_definition.statement", f"Here {FORMS[form]} was late.")
    ana.add("pdsa_cycles", {"questions": [{"id": "q", "question": f"Does “{FORMS[form]}” come?"}]})
    assert redact(ana, "Maya Pérez", "a child's name") == 2
    assert ana.get("problem_definition.statement") == "Here [redacted] was late."
    for other in FORMS.values():
        assert left_behind(folder, other) == []


def test_a_single_word_is_not_taken_from_within_sentences(ana: TeamRecord) -> None:
    ana.set("problem_definition.statement", "ROSE and Rose were late; the number of late arrivals rose.")
    redact(ana, "Rose", "a child's name")
    text = "[redacted] and [redacted] were late; the number of late arrivals rose."
    assert ana.get("problem_definition.statement") == text
    assert close_matches(ana, "Rose") == {"problem_definition.statement": ["rose"]}


def test_what_comes_close_is_named_and_left(ana: TeamRecord) -> None:
    ana.set("problem_definition.statement", "Maya Perez, Mayas brother; M. Perrez. Pers and mayor are others.")
    ana.set("aim.what", "everybody on time")
    redact(ana, "Maya Pérez", "a child's name")
    assert close_matches(ana, "Maya Pérez") == {
        "problem_definition.statement": ["Maya", "Perez", "Mayas", "Perrez"],
    }


def test_archives_of_the_folder_are_looked_into(ana: TeamRecord, folder: Path) -> None:
    import zipfile

    with zipfile.ZipFile(folder / "late.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{NAME}</t>" * 50)
    (folder / "notes.txt").write_bytes(f"{NAME} was late".encode("utf-16"))
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    assert left_behind(folder, NAME) == ["late.xlsx", "notes.txt"]


def test_undo_does_not_bring_a_redacted_name_back(ana: TeamRecord, ben: TeamRecord) -> None:
    ben.set("problem_definition.statement", f"{NAME} is late")
    ben.set("problem_definition.statement", "A pupil is late")
    ana.sync()
    redact(ana, NAME, "a child's name")
    ben.sync()
    ben.undo()
    assert NAME not in (ben.get("problem_definition.statement") or "")


@pytest.mark.parametrize(("text", "why"), [(NAME, f"{NAME} asked"), (" ", "w"), ("x", "w")])
def test_a_redaction_that_could_not_hold_is_refused(ana: TeamRecord, text: str, why: str) -> None:
    with pytest.raises(RecordError):
        redact(ana, text, why)


def test_a_copy_carried_home_merges_without_losing_either_side(tmp_path: Path) -> None:
    import shutil

    home = create_folder(tmp_path / "home")
    ana = TeamRecord(home.record, "Ana", shipped_roots())
    ana.set("aim.what", "shared")
    ana.set("problem_definition.statement", "Pupils are late.")
    shutil.copytree(home.path, tmp_path / "binder")
    away = TeamRecord(tmp_path / "binder" / "record", "Ben", shipped_roots())
    away.set("aim.what", "from the workshop")
    away.set("problem_definition.statement", "Pupils are late. On Mondays.")
    away.add("change_ideas", {"name": "A call"})
    (tmp_path / "binder" / "data" / "attachments").mkdir(parents=True)
    (tmp_path / "binder" / "data" / "attachments" / "0.jpg").write_bytes(b"photo")
    ana.set("aim.what", "from home")
    ana.set("problem_definition.statement", "Many pupils are late.")
    done = import_into(ana, home, tmp_path / "binder")
    assert done.conflicts == ["aim.what"] and done.skipped == []
    assert ana.get("problem_definition.statement") == "Many pupils are late. On Mondays."
    assert len(ana.get("change_ideas")) == 1
    assert {h["a"] for h in ana.history()} == {"Ana", "Ben"}
    assert (home.path / "data" / "attachments" / "0.jpg").read_bytes() == b"photo"
    fresh = TeamRecord(home.record, "reader", shipped_roots())
    assert fresh.reading().tree == ana.reading().tree and len(fresh.history()) == len(ana.history())
    assert import_into(ana, home, tmp_path / "binder").conflicts == []
