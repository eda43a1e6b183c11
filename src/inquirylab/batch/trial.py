"""Before a batch runs on the warm engine: which libraries to preload, and the canary on its first site."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from inquirylab.batch.one_site import Task

WORTH_IT = 4
"""With fewer sites than this to run, stock is done before the warm engine has proved itself."""


@dataclass(frozen=True)
class Trial:
    """What came of it.

    Attributes
    ----------
    engine
        The engine to run all sites on.
    sentence
        Why, for people; "" where nothing needs to be said.
    imports
        What the zygote imported: name, seconds, threads that the import left, error.
    """

    engine: str
    sentence: str = ""
    imports: tuple[dict[str, Any], ...] = ()


def preload_for(template: str) -> list[str]:
    """Return the modules that a zygote may import for a template: those its cells import, as far as they are allowed."""
    from inquirylab.batch.warm.preload import allowed, imported_by

    notebook = json.loads(Path(template).read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    search = [Path.cwd(), *(Path(p) for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p)]
    return allowed(imported_by(sources), search)


def try_engines(task: Task) -> Trial:
    """Run a site on both engines and decide; what its libraries load while it runs is preloaded from then on.

    To be called in a process of the pool: it executes notebooks.
    """
    from inquirylab.batch.engines import Request, run_stock, run_warm, shared_nursery
    from inquirylab.batch.warm.canary import judge
    from inquirylab.batch.warm.nursery import Nursery

    # in the nursery's folder, which is gone with the zygote, also where this process is killed
    with tempfile.TemporaryDirectory(prefix="canary-", dir=task.nursery) as folder:
        request = Request(task.template, f"{folder}/canary.ipynb", task.job.parameters, task.timeout)
        nursery = shared_nursery(task.nursery)
        learnt = run_warm(replace(request, nursery=task.nursery), learn=True).reads
        nursery.learn(learnt["loaded"] if learnt else [])
        everything = [one["name"] for one in nursery.imports()]

        def run(engine: str, libraries: Sequence[str]) -> Mapping[str, Any]:
            Path(request.output).unlink(missing_ok=True)
            if engine == "stock":
                run_stock(request, record=False)
            elif list(libraries) == everything:
                run_warm(replace(request, nursery=task.nursery))
            else:
                with Nursery(preload=libraries) as other:
                    run_warm(replace(request, nursery=str(other.folder)))
            return dict(json.loads(Path(request.output).read_text(encoding="utf-8")))

        verdict = judge(run, everything)
        imports = tuple(nursery.imports())
    return Trial("warm" if verdict.fit else "stock", "" if verdict.fit else str(verdict), imports)


def remember(trial: Trial, memory: Path, key: str) -> Trial:
    """Write what came of a trial beside the journal, and return it."""
    memory.write_text(json.dumps({"key": key, **asdict(trial)}), encoding="utf-8")
    return trial


def remembered(memory: Path, key: str) -> Trial | None:
    """Return the trial of an earlier run, if template and environment are still the same."""
    try:
        said = json.loads(memory.read_text(encoding="utf-8"))
        same = key and said.pop("key") == key
        return Trial(said["engine"], said["sentence"], tuple(said["imports"])) if same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def can_be_warm() -> bool:
    """Say whether the warm engine works on this system."""
    return sys.platform == "linux"
