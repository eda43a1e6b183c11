"""One writer of the soak: edits the shared record at random and says on stdout what it was told is saved."""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from inquirylab.errors import RecordError
from inquirylab.record.paths import shipped_roots
from inquirylab.store.compaction import compact
from inquirylab.store.team_record import TeamRecord

TEXT, CONTENDED = "problem_definition.statement", "aim.what"


def main(folder: str, name: str, edits: int, compacting: bool) -> None:
    chance = random.Random(f"{name}-{os.getpid()}")
    record = TeamRecord(Path(folder), name, shipped_roots())
    item = record.add("change_ideas", {"name": f"{name}-start"})
    say(kind="item", id=item)
    for n in range(edits):
        if chance.random() < 0.3:
            record.sync()
        one_edit(record, chance, name, n, item)
        if compacting and n % 50 == 49:
            compact(record, lease=0.0)
    record.close()
    say(kind="done")


def one_edit(record: TeamRecord, chance: random.Random, name: str, n: int, item: str) -> None:
    kind = chance.choice(["text", "list", "contended", "own", "move"])
    if kind == "text":
        token, text = f"<{name}{n}>", record.document.text(TEXT)
        at = chance.choice([0, len(text), text.find("<", chance.randrange(len(text) + 1))])
        at = max(at, 0)
        record.set(TEXT, text[:at] + token + text[at:], base=text)
        say(kind="text", token=token)
    elif kind == "list":
        say(kind="item", id=record.add("change_ideas", {"name": f"{name}-{n}"}))
    elif kind == "contended":
        over = [e.value for e in record.document.entries(CONTENDED)]
        record.set(CONTENDED, f"{name}{n}|{','.join(v.partition('|')[0] for v in over)}")
        say(kind="contended", value=f"{name}{n}", over=over)
    elif kind == "own":
        record.set(f"change_ideas.{item}.benefit", n % 5 + 1)
        record.set(f"change_ideas.{item}.harm_check", f"{n}")
        say(kind="own", item=item, benefit=n % 5 + 1, harm=f"{n}")
    else:
        ids = sorted(record.document.items("change_ideas"))
        moved, before = chance.choice(ids), chance.choice(ids)
        if moved != before:
            record.move(f"change_ideas.{moved}", before=before)


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "compacting")
    except RecordError as e:
        say(kind="error", message=str(e))
        raise
