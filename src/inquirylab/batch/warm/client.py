"""Papermill's notebook client without fixed waits, with a limit to a site's time."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from nbclient.exceptions import CellExecutionError
from nbclient.util import ensure_async, run_hook, run_sync

from inquirylab.batch.warm.forked_kernel import ForkedKernelManager
from inquirylab.batch.warm.output_limit import LimitedClient

SHORTEST_TIME_LIMIT = 0.001


class WarmClient(LimitedClient):
    """Executes the cells as papermill's own client does.

    Parameters
    ----------
    nb_man
        Papermill's execution manager.
    site_timeout
        Seconds for the whole notebook, kernel start included; None for no limit. ``timeout`` stays the limit of a cell.
    wishes
        What :class:`~inquirylab.batch.warm.forked_kernel.ForkedKernel` is to do: attributes by name.
    traits
        As of :class:`~inquirylab.batch.warm.output_limit.LimitedClient`.
    """

    def __init__(
        self,
        nb_man: Any,
        *,
        site_timeout: float | None = None,
        wishes: dict[str, Any] | None = None,
        **traits: Any,
    ) -> None:
        super().__init__(nb_man, kernel_manager_class=ForkedKernelManager, **traits)
        self.wishes = wishes or {}
        if site_timeout:
            deadline, of_a_cell = time.monotonic() + site_timeout, self.timeout

            def what_is_left(_: Any) -> float:
                left = max(deadline - time.monotonic(), SHORTEST_TIME_LIMIT)
                return round(min(left, of_a_cell) if of_a_cell and of_a_cell > 0 else left, 3)

            self.timeout_func = what_is_left

    def create_kernel_manager(self) -> Any:
        """Return a manager of forked kernels that knows this notebook's wishes."""
        manager = super().create_kernel_manager()
        manager.wishes = self.wishes
        manager.nursery = self.wishes.get("nursery")
        self.manager = manager
        return manager

    async def async_start_new_kernel_client(self) -> Any:
        """Return a client as soon as the kernel has answered on shell *and* was heard to be idle on iopub."""
        assert self.km is not None
        self.kc = self.km.client()
        try:
            await ensure_async(self.kc.start_channels(hb=False))
            await self._wait_until_ready(time.monotonic() + (self.startup_timeout or float("inf")))
        except Exception as problem:
            self.log.error(f"Error occurred while starting new kernel client: {problem}")
            await self._async_cleanup_kernel()
            raise
        self.kc.allow_stdin = False
        await run_hook(self.on_notebook_start, notebook=self.nb)
        return self.kc

    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def _wait_until_ready(self, deadline: float) -> None:
        while True:
            self.kc.kernel_info()
            try:
                reply = await self.kc.shell_channel.get_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply":
                    self.kc._handle_kernel_info_reply(reply)
                    if await self._heard_idle(reply["parent_header"]["msg_id"]):
                        return
            except Empty:
                pass
            if not await ensure_async(self.km.is_alive()):
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {self.startup_timeout} seconds")

    async def _heard_idle(self, request: str) -> bool:
        """Say whether iopub brings the idle that belongs to `request`; not if its subscription came too late for it."""
        while True:
            try:
                message = await self.kc.iopub_channel.get_msg(timeout=0.1)
            except Empty:
                return False
            idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            if idle and message["parent_header"].get("msg_id") == request:
                return True

    async def async_execute_cell(self, cell: Any, cell_index: int, *args: Any, **kwargs: Any) -> Any:
        """Execute a cell; if it never came to its end, the kernel is told so by the shutdown that follows."""
        self.manager.cell_is_running = True
        try:
            done = await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        except CellExecutionError:
            self.manager.cell_is_running = False
            raise
        self.manager.cell_is_running = False
        return done

    execute_cell = run_sync(async_execute_cell)
