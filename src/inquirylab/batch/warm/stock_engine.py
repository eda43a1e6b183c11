"""Papermill's own engine, with the limit to a cell's output that the warm engine has."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from inquirylab.batch.warm.output_limit import LimitedClient

NAME = "inquirylab-stock"
"""What papermill knows it by, once this module is imported."""


class StockEngine(NBClientEngine):  # type: ignore[misc]
    """Executes a notebook as papermill does; ``output_limit`` is an option more."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run the cells."""
        return LimitedClient(nb_man, **traits_of(kernel_name, **options)).execute()


def traits_of(
    kernel_name: str, start_timeout: int = 60, execution_timeout: int | None = None, **options: Any
) -> dict[str, Any]:
    """Return papermill's options for an engine by the names that its notebook client has for them."""
    traits: dict[str, Any] = merge_kwargs(
        remove_args(["input_path", "timeout", "startup_timeout"], **options),
        timeout=execution_timeout or options.get("timeout"),
        startup_timeout=start_timeout,
        kernel_name=kernel_name,
        log=logger,
    )
    return traits


papermill_engines.register(NAME, StockEngine)
