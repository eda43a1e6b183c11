"""The public names are what they say, and importing them is light."""

from __future__ import annotations

import subprocess
import sys

import pytest

import inquirylab

HEAVY = ("pandas", "altair", "numpy", "papermill", "nbconvert", "scipy", "jsonschema", "pyarrow")


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "code",
    [
        "import inquirylab",
        "import inquirylab.cli\ntry:\n    inquirylab.cli.main(['--help'])\nexcept SystemExit:\n    pass",
        "import inquirylab.errors",
    ],
)
def test_importing_and_asking_for_help_load_nothing_heavy(code: str) -> None:
    assert loaded_after(code) & set(HEAVY) == set()


def test_the_public_names_are_sorted_and_there() -> None:
    assert inquirylab.__all__ == sorted(inquirylab.__all__)
    for name in inquirylab.__all__:
        assert getattr(inquirylab, name).__doc__, f"{name} has no docstring"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'progres'"):
        inquirylab.progres  # noqa: B018
