"""Whether everything that inquirylab needs is here: packages, a kernel, templates, the built front end."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from inquirylab.publish.assets import SCRIPTS, STATIC
from inquirylab.templates import list_templates

PACKAGES = ("altair", "ipykernel", "ipywidgets", "jupyterlab", "nbconvert", "numpy", "pandas", "papermill", "scipy")


@dataclass(frozen=True)
class Check:
    """One thing that is needed: whether it is here, what was found, what to do."""

    subject: str
    ok: bool
    found: str
    cure: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the check as JSON holds it."""
        return asdict(self)


def examine() -> list[Check]:
    """Return all checks."""
    return [
        Check("Python", sys.version_info >= (3, 11), platform.python_version(), "Install Python 3.11 or later."),
        *(_package(name) for name in PACKAGES),
        _kernel(),
        Check("templates", bool(list_templates()), f"{len(list_templates())} found", "Install inquirylab again."),
        *(
            Check(
                f"static/{s}",
                (STATIC / s).exists(),
                "built" if (STATIC / s).exists() else "missing",
                "Run: make front.",
            )
            for s in SCRIPTS
        ),
    ]


def _package(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "not installed", f"Run: pip install {name}.")


def _kernel() -> Check:
    from jupyter_client.kernelspec import KernelSpecManager

    names = sorted(KernelSpecManager().find_kernel_specs())
    return Check(
        "kernel python3",
        "python3" in names,
        ", ".join(names) or "none",
        "Run: python -m ipykernel install --sys-prefix.",
    )
