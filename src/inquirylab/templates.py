"""The notebook templates: where they are, what they take, and copies of them."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inquirylab.errors import TemplateError, did_you_mean

PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """Return a folder that comes with inquirylab: inside an installed wheel, else beside a checkout's sources."""
    inside, beside = PACKAGE / folder, PACKAGE.parents[1] / folder
    return inside if inside.is_dir() else beside


def template_folder() -> Path:
    """Return the folder of the notebook templates."""
    return shipped("notebooks/templates")


def list_templates() -> dict[str, Path]:
    """Return the templates by stem: `progress` -> `06_progress.ipynb`."""
    return {path.stem.split("_", 1)[-1]: path for path in sorted(template_folder().glob("*.ipynb"))}


def find_template(name: str | Path) -> Path:
    """Return a notebook by its path or by the stem of a template (`progress`, `06_progress`).

    Raises
    ------
    TemplateError
        There is neither a file nor a template of that name.
    """
    path = Path(name)
    if path.suffix == ".ipynb":
        if path.is_file():
            return path
        raise TemplateError("There is no such notebook", where=str(path), cure="Check its path.")
    known = list_templates()
    stem = str(name).split("_", 1)[-1] if str(name)[:2].isdigit() else str(name)
    if stem in known:
        return known[stem]
    raise TemplateError(f"There is no template {str(name)!r}", cure=did_you_mean(str(name), known))


def copy_template(name: str | Path, folder: str | Path) -> Path:
    """Copy a template into a folder, never over a file that is there, and return the copy."""
    source, target = find_template(name), Path(folder) / find_template(name).name
    if target.exists():
        raise TemplateError(
            "A notebook of that name is already there", where=str(target), cure="Move it or choose another folder."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source, target))


def copy_notebooks(folder: str | Path) -> list[Path]:
    """Copy every template into a folder, except where a notebook of its name is there already; return those that stand there now."""
    out = []
    for name, source in list_templates().items():
        there = Path(folder) / source.name
        out.append(there if there.exists() else copy_template(name, folder))
    return out


@dataclass(frozen=True)
class Parameter:
    """A parameter that a template declares.

    Attributes
    ----------
    name, default
        Its name and its default value.
    required
        Whether each site must give it a value: it is declared by its type alone, ``weeks: int``. `default` is then an
        empty value of that type.
    """

    name: str
    default: Any
    required: bool = False


EMPTY: dict[str, Any] = {"str": "", "int": 0, "float": 0.0, "bool": False, "list": []}
"""What stands for the value of a parameter that has a type and no default."""


def parameters(notebook: Mapping[str, Any], where: str = "") -> dict[str, Parameter]:
    r"""Return the parameters that a notebook declares in its cell tagged ``parameters``.

    ``weeks = 3`` has a default; ``weeks: int`` has none, so each site must give it.

    Parameters
    ----------
    notebook
        The notebook as a mapping (nbformat 4).
    where
        Names the notebook in errors.

    Raises
    ------
    TemplateError
        The cell is not plain assignments of plain values.

    Examples
    --------
    >>> cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "site = ''\nn = 3"}
    >>> parameters({"cells": [cell]})["n"].default
    3
    """
    for cell in notebook.get("cells", []):
        if cell.get("cell_type") == "code" and "parameters" in cell.get("metadata", {}).get("tags", []):
            source = cell.get("source", "")
            return _assignments(source if isinstance(source, str) else "".join(source), where)
    return {}


def _assignments(source: str, where: str) -> dict[str, Parameter]:
    try:
        body = ast.parse(source).body
    except SyntaxError as e:
        raise TemplateError(
            "The parameters cell is not valid Python", where=f"{where}, line {e.lineno}", found=e.msg
        ) from e
    out = {}
    for node in body:
        target = (
            node.targets[0]
            if isinstance(node, ast.Assign)
            else node.target
            if isinstance(node, ast.AnnAssign)
            else None
        )
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        if isinstance(node, ast.AnnAssign) and isinstance(target, ast.Name) and value is None:
            kind = ast.unparse(node.annotation).partition("[")[0]
            out[target.id] = Parameter(target.id, EMPTY.get(kind, ""), required=True)
        if not isinstance(target, ast.Name) or value is None:
            continue
        try:
            out[target.id] = Parameter(target.id, ast.literal_eval(value))
        except ValueError as e:
            raise TemplateError(
                f"The default of the parameter {target.id!r} is not a plain value",
                where=where,
                cure="A parameter's default is a text, a number, true or false, None, or a list of these.",
            ) from e
    return out
