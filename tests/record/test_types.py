"""The record's types are what the forms say: one source for a field."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_types", ROOT / "scripts" / "generate_types.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate_types"] = module
    spec.loader.exec_module(module)
    return module


def test_the_python_types_are_those_of_the_forms(generator: ModuleType) -> None:
    assert generator.PYTHON_FILE.read_text(encoding="utf-8") == generator.python_source(), "run: make types"


def test_the_typescript_types_are_those_of_the_forms(generator: ModuleType) -> None:
    assert generator.TYPESCRIPT_FILE.read_text(encoding="utf-8") == generator.typescript_source(), "run: make types"
