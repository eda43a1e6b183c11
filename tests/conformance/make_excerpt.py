"""Choose the synthetic cases that are kept here, so that a clone alone replays them: python make_excerpt.py.

Every chart, kind of data and variant of each file at least once; nothing that is not our own random numbers.
"""

from __future__ import annotations

import gzip
import json

from replay import HERE, SHARED

FILES = {
    "synthetic_continuous": 70, "synthetic_crosssection": 6, "synthetic_partlabels": 3, "synthetic_proportion": 70,
    "synthetic_rare": 40, "synthetic_rate": 50, "synthetic_sites": 14, "synthetic_subgroup": 50,
    "nhsrplotthedots": 60, "qcc": 50, "funnel": 40,
}  # fmt: skip


def traits(case: dict) -> tuple:
    args = case.get("args", {})
    return (
        case.get("chart") or case.get("type"),
        case["kind"],
        case.get("variant"),
        *sorted(args),
        str(args.get("data_type")),
    )


def main() -> None:
    for name, wanted in FILES.items():
        with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            cases = [case for case in map(json.loads, lines) if case["kind"] != "public"]
        seen: dict[tuple, dict] = {}
        for case in sorted(cases, key=lambda c: len(json.dumps(c))):
            seen.setdefault(traits(case), case)
        kept = sorted(seen.values(), key=lambda c: c["id"])
        kept = kept[:: max(1, len(kept) // wanted)][:wanted]
        with gzip.GzipFile(HERE / f"{name}.jsonl.gz", "wb", mtime=0) as out:
            for case in kept:
                case.pop("limits_lookup_sample", None)
                out.write((json.dumps(case, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    main()
