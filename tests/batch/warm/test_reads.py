"""What a notebook reads is seen: files, folders, own modules; what cannot be followed is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.warm.conftest import Run, notebook

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")


def reads(run: Run, *cells: str) -> dict[str, list[str]]:
    run("warm", notebook("site = 1", *cells), record_reads=True)
    assert run.error is None
    assert run.life.reads is not None
    return run.life.reads


def test_files_folders_and_own_modules_are_seen(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "site.csv").write_text("date,late\n2024-01-01,3\n")
    (tmp_path / "own_module.py").write_text("import pathlib\nWORDS = pathlib.Path('words.txt').read_text()\n")
    (tmp_path / "words.txt").write_text("words")
    seen = reads(
        run,
        "import pandas as pd\npd.read_csv('data/site.csv')",
        "import own_module",
        "import glob\nglob.glob('data/*.csv')",
        "try:\n    open('missing.csv')\nexcept OSError:\n    pass",
        "import os\nos.read(os.open('data/site.csv', os.O_RDONLY), 3)",
    )
    expected = {
        tmp_path / "data" / "site.csv",
        tmp_path / "words.txt",
        tmp_path / "missing.csv",
        tmp_path / "own_module.py",
    }
    assert {str(path) for path in expected} <= {*seen["files"], *seen["modules"]}
    assert str(tmp_path / "data") in seen["folders"]
    assert seen["outside"] == []
    assert not [name for name in seen["files"] if "site-packages" in name or "inquirylab-" in name]


def test_a_parquet_file_read_by_pandas_is_seen(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pandas as pd

    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "site.parquet")
    seen = reads(run, "import pandas as pd\nlen(pd.read_parquet('site.parquet'))")
    assert str(tmp_path / "site.parquet") in seen["files"] or seen["outside"], "seen, or the site is never skipped"


def test_what_a_notebook_wrote_itself_is_not_what_it_rests_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "both.txt").write_text("before")
    seen = reads(
        run,
        "open('own.txt', 'w').write('x'); open('own.txt').read()",
        "open('both.txt').read(); open('both.txt', 'w').write('y')",
    )
    assert str(tmp_path / "own.txt") not in seen["files"]
    assert str(tmp_path / "both.txt") in seen["files"], "it was read before it was written"


OUTSIDE = {
    "SQL": "import sqlite3\nsqlite3.connect('some.db').close()",
    "the network": "import socket\ns = socket.socket()\ntry:\n    s.connect(('127.0.0.1', 9))\nexcept OSError:\n    pass",
    "another program": "!true",
    "another process": "import os\npid = os.fork()\nif pid == 0: os._exit(0)\nos.waitpid(pid, 0)",
}


@pytest.mark.parametrize(("why", "cell"), list(OUTSIDE.items()), ids=list(OUTSIDE))
def test_what_cannot_be_followed_is_said(run: Run, why: str, cell: str) -> None:
    assert why in reads(run, cell)["outside"]


def test_a_calm_notebook_is_not_accused(run: Run) -> None:
    cells = ["import pandas as pd, altair as alt, ipywidgets\nfrom IPython.display import display",
             "alt.Chart(pd.DataFrame({'a': [1]})).mark_point().encode(x='a')", "ipywidgets.IntSlider()",
             "import sqlite3\nsqlite3.connect(':memory:').execute('select 1').fetchall()", "await __import__('asyncio').sleep(0)",
             "import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()"]  # fmt: skip
    seen = reads(run, *cells)
    assert seen["outside"] == []
    assert seen["files"] == []
