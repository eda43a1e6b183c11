"""The papermill engine: stock papermill around a warm kernel, fewer saves, one report of what the notebook cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from inquirylab.batch.warm.channel import AttentiveKernelManager
from inquirylab.batch.warm.client import WarmClient
from inquirylab.batch.warm.forked_kernel import Life, can_be_forked
from inquirylab.batch.warm.nursery import current
from inquirylab.batch.warm.output_limit import LimitedClient
from inquirylab.batch.warm.preload import allowed, imported_by
from inquirylab.batch.warm.stock_engine import traits_of

SECONDS_BETWEEN_SAVES = 5.0
OWN_OPTIONS = ("memory_limit", "record_reads", "learn", "nursery")


class CoalescedSaves(NotebookExecutionManager):  # type: ignore[misc]
    """Saves at the start, then at most every five seconds, and whenever an execution does not come to its end.

    Stock saves the whole notebook twice a cell. An exception, a dead kernel and a time limit all end in
    `notebook_complete`, which saves the outputs that have arrived; where all went well papermill itself writes the
    notebook as soon as the engine returns it.
    """

    _whatever = True

    def save(self, **kwargs: Any) -> None:
        """Write the notebook, if it is time."""
        if self._whatever or (self.now() - self.last_save_time).total_seconds() >= SECONDS_BETWEEN_SAVES:
            super().save(**kwargs)

    def notebook_start(self, **kwargs: Any) -> None:
        """Write the notebook as it is before its first cell."""
        super().notebook_start(**kwargs)
        self._whatever = False

    def notebook_failed(self) -> None:
        """Have `notebook_complete` write the notebook as far as it came."""
        self._whatever = True


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """Executes a notebook in a forked kernel; a kernel that cannot be forked runs on papermill's own engine.

    Options beyond papermill's, all optional
    ----------------------------------------
    site_timeout
        Seconds for the whole notebook.
    memory_limit
        Bytes that the notebook may ask for beyond what its kernel starts with.
    output_limit
        Characters of output that a cell may leave.
    record_reads, learn
        Have the kernel report what the notebook read, and which installed modules it loaded.
    nursery
        A :class:`~inquirylab.batch.warm.nursery.Nursery`; else the one of this process.
    report
        Called once, at the end, however the notebook ended, with a :class:`~.forked_kernel.Life`.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        **kwargs: Any,
    ) -> Any:
        """Execute `nb` and return it; exceptions as of papermill."""
        manager = CoalescedSaves(nb, output_path, log_output, progress_bar, autosave_cell_every)
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, **kwargs)
        except BaseException:
            manager.notebook_failed()
            raise
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        report: Callable[[Life], None] | None = None,
        **options: Any,
    ) -> Any:
        """Run the cells; see the class for the options."""
        wishes = {name: options.pop(name) for name in OWN_OPTIONS if name in options}
        traits = traits_of(kernel_name, **options)
        if not can_be_forked(KernelSpecManager().get_kernel_spec(kernel_name).argv):
            logger.warning("The kernel %r cannot be forked here; papermill's own engine runs it.", kernel_name)
            traits.pop("site_timeout", None)
            traits.setdefault("kernel_manager_class", AttentiveKernelManager)
            return LimitedClient(nb_man, **traits).execute()
        if "nursery" not in wishes:
            sources = [cell.source for cell in nb_man.nb.cells if cell.cell_type == "code"]
            wishes["nursery"] = current(allowed(imported_by(sources)))
        client = WarmClient(nb_man, wishes=wishes, **traits)
        before = time.process_time()
        try:
            return client.execute()
        finally:
            if report is not None:
                life = client.manager.provisioner.life if client.manager.provisioner else Life()
                life.client_seconds = time.process_time() - before
                report(life)
