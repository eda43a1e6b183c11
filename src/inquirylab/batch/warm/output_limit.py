"""A limit to the output that one cell may leave: a cell that prints without end must not fill memory and disk."""

from __future__ import annotations

from typing import Any

from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient

OUTPUT_LIMIT = 10_000_000
"""Characters of output that one cell may leave in a notebook."""


class LimitedClient(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's notebook client; what a cell leaves beyond the limit is dropped, with a note.

    What a cell has cleared or replaced does not count: an animation may run for as long as it likes. An error is always
    kept, or a cell that failed would look as if all were well.

    Parameters
    ----------
    nb_man
        Papermill's execution manager.
    output_limit
        Characters.
    traits
        As of ``nbclient.NotebookClient``.
    """

    def __init__(self, nb_man: Any, *, output_limit: int = OUTPUT_LIMIT, **traits: Any) -> None:
        super().__init__(nb_man, **traits)
        self.output_limit = output_limit
        self._shown: dict[int, int] = {}
        self._cut: set[int] = set()
        self._hooks: dict[int, dict[int, Any]] = {}

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        """Keep an output, until the cell has left as much as it may."""
        if msg["msg_type"] == "error":
            return super().output(outs, msg, display_id, cell_index)
        hook = self._hook(msg)
        if hook is not None:
            self._hooks.setdefault(cell_index, {})[id(hook)] = hook
        if (hook or self).clear_before_next_output:
            self._cut.discard(cell_index)
        elif cell_index in self._cut:
            return None
        length = _length(msg["content"])
        before = self._shown.get(cell_index, 0)
        if before + length > self.output_limit:
            before = self._standing(outs, cell_index)
        self._shown[cell_index] = before + length
        if before + length <= self.output_limit:
            return super().output(outs, msg, display_id, cell_index)
        self._cut.add(cell_index)
        kept = super().output(outs, _shortened(msg, self.output_limit - before), display_id, cell_index)
        note = f"\n[The output of this cell was cut after {self.output_limit:,} characters.]\n"
        outs.append(new_output("stream", name="stderr", text=note))
        return kept

    def clear_output(self, outs: list[Any], msg: dict[str, Any], cell_index: int) -> None:
        """Clear a cell's output; it may then leave as much again."""
        super().clear_output(outs, msg, cell_index)
        if not outs:
            self._cut.discard(cell_index)
            self._shown[cell_index] = 0

    def _hook(self, msg: dict[str, Any]) -> Any:
        """Return the Output widget that takes a message in place of the cell, if there is one."""
        hooks = self.output_hook_stack.get(msg["parent_header"].get("msg_id"))
        return hooks[-1] if hooks else None

    def _standing(self, outs: list[Any], cell_index: int) -> int:
        """Return how much of what a cell has left still stands, in the cell and in its Output widgets."""
        hooks = self._hooks.get(cell_index, {}).values()
        places = [(self, outs), *((hook, hook.outputs) for hook in hooks)]
        return sum(_length(out) for place, left in places if not place.clear_before_next_output for out in left)


def _length(content: Any) -> int:
    if "text" in content:
        return len(content["text"])
    return 100 + sum(len(value) for value in content.get("data", {}).values() if isinstance(value, (str, list, dict)))


def _shortened(message: dict[str, Any], length: int) -> dict[str, Any]:
    """Return a message with the beginning of its text; a picture or a table has no beginning, and stays whole."""
    content = message["content"]
    if "text" not in content:
        return message
    return {**message, "content": {**content, "text": content["text"][: max(length, 0)]}}
