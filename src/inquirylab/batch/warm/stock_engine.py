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
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run the cells."""
        options = merge_kwargs(
            remove_args(["input_path", "timeout", "startup_timeout"], **kwargs),
            timeout=execution_timeout or kwargs.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
        )
        return LimitedClient(nb_man, **options).execute()


papermill_engines.register(NAME, StockEngine)
