"""Many processes, one folder, a kill at a random moment, a torn tail: no acknowledged edit is lost, all readers agree.

The short form runs always. INQUIRYLAB_SOAK=1 runs 50 rounds of 4 x 1,000 edits, with and without compaction.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from inquirylab.record.paths import shipped_roots
from inquirylab.store.log import log_names
from inquirylab.store.team_record import TeamRecord

WRITER = Path(__file__).with_name("soak_writer.py")
LONG = bool(os.environ.get("INQUIRYLAB_SOAK"))
ROUNDS = int(os.environ.get("INQUIRYLAB_SOAK_ROUNDS", "50")) if LONG else 1
EDITS = 1000 if LONG else 60


class Writer:
    """A writer process and everything that it was told is saved."""

    def __init__(self, folder: Path, name: str, compacting: bool, edits: int) -> None:
        mode = "compacting" if compacting else "plain"
        self.name, self.told = name, []
        self.process = subprocess.Popen(
            [sys.executable, str(WRITER), str(folder), name, str(edits), mode],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self.told: list[dict[str, Any]] = []
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.told.append(json.loads(line))

    def finish(self) -> str:
        """Wait for the end; return what went wrong."""
        assert self.process.stderr is not None
        complaint = self.process.stderr.read()
        self.process.wait(timeout=300)
        self.thread.join(timeout=60)
        self.process.stderr.close()
        self.process.stdout.close()  # type: ignore[union-attr]
        return "" if self.process.returncode in (0, -signal.SIGKILL) else complaint


@pytest.mark.parametrize("compacting", [False, True], ids=["plain", "compacting"])
@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_no_acknowledged_edit_is_lost(tmp_path: Path, round_no: int, compacting: bool) -> None:
    chance = random.Random(1000 * round_no + compacting)
    folder = tmp_path / "record"
    folder.mkdir()
    follower = TeamRecord(folder, "follower", shipped_roots())
    writers = [Writer(folder, f"w{i}", compacting, EDITS) for i in range(4)]
    victim = chance.choice(writers)
    moment = chance.randrange(1, EDITS * 3 // 4)
    while len(victim.told) < moment and victim.process.poll() is None:
        follower.sync()
        time.sleep(0.002)
    victim.process.kill()
    landed = victim.process.wait() == -signal.SIGKILL
    tear(folder, chance, victim.process.pid)
    while any(w.process.poll() is None for w in writers):
        follower.sync()
        time.sleep(0.02)
    complaints = [c for w in writers if (c := w.finish())]
    assert complaints == []
    follower.sync()
    readers = [follower, *(TeamRecord(folder, "reader", shipped_roots()) for _ in range(2))]
    check_readers(readers)
    check_told([t for w in writers for t in w.told], readers[1])
    assert landed


def tear(folder: Path, chance: random.Random, pid: int) -> None:
    """Give the victim's newest log a torn or NUL tail."""
    mine = [n for n in log_names(folder) if f"-{pid}-" in n]
    if mine:
        whole = (folder / mine[-1]).read_bytes()
        tail = chance.choice([b"\0" * chance.randrange(1, 9000), whole[: chance.randrange(1, 200)], b"\x89IQL\x01"])
        with (folder / mine[-1]).open("ab") as f:
            f.write(tail)


def check_readers(readers: list[TeamRecord]) -> None:
    first = readers[1].reading()
    for other in readers:
        assert other.reading().tree == first.tree
        assert list(other.reading().tree["change_ideas"]) == list(first.tree["change_ideas"])
        assert other.document.texts() == readers[1].document.texts()
        assert other.document.all_entries() == readers[1].document.all_entries()
        assert other.history() == readers[1].history()


def check_told(told: list[dict[str, Any]], reader: TeamRecord) -> None:
    text, ideas = reader.document.text("problem_definition.statement"), reader.get("change_ideas")
    assert [t["token"] for t in told if t["kind"] == "text" and t["token"] not in text] == []
    assert [t["id"] for t in told if t["kind"] == "item" and t["id"] not in ideas] == []
    last_own = {t["item"]: t for t in told if t["kind"] == "own"}
    for item, t in last_own.items():
        entries = reader.document.entries(f"change_ideas.{item}.harm_check")
        assert not entries  # a long text
        assert int(ideas[item]["harm_check"]) >= int(t["harm"])
    standing = [e.value for e in reader.document.entries("aim.what")]
    seen = [v for t in told if t["kind"] == "contended" for v in t["over"]]  # also what a killed writer was never told
    replaced = {v.partition("|")[0] for v in seen}
    replaced |= {o for value in [*standing, *seen] for o in value.partition("|")[2].split(",")}
    shown = {value.partition("|")[0] for value in standing}
    assert [t["value"] for t in told if t["kind"] == "contended" and t["value"] not in shown | replaced] == []
