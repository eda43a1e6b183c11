"""The warm engine: each site in a real kernel, forked from a process that has imported the libraries already.

::

    engine         papermill asks for a notebook; limits, saves, one report of what it cost
      client         nbclient without fixed waits
        output_limit   a runaway cell's output is cut, on either engine
        channel        a client that hears every reply, on either engine
        forked_kernel  jupyter_client's kernel manager and provisioner: asks for a fork instead of a new process
          nursery        finds the zygote of this host, starts it where there is none
            zygote         one thread; imports, never uses; forks, signals and reaps kernels
              preload        what it may import, and in which surroundings
              kernel_child   what a fork does to be the kernel that a fresh process would have been
                reads          what the notebook read: files, folders, modules, the network
    stock_engine   papermill's own engine with that limit
    canonical      a notebook without ids, times and process numbers
    canary         is the warm engine the same as stock papermill, for this template, here?

Papermill loads every engine that is installed, whenever it is imported, so this module imports nothing.
"""

from __future__ import annotations

from typing import Any


class Engine:
    """What papermill finds under the engine name ``inquirylab``.

    Examples
    --------
    ``papermill --engine inquirylab 06_progress.ipynb out.ipynb -p site Leeds``
    """

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Execute `nb` in a forked kernel; see :class:`inquirylab.batch.warm.engine.WarmEngine` for the options."""
        from inquirylab.batch.warm.engine import WarmEngine

        return WarmEngine.execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the name of the kernel that the notebook asks for."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the language that the notebook is written in."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))
