"""How large the tables of an .ods are once its repeated cells stand one by one."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

_CELLS = ("table:table-cell", "table:covered-table-cell")


@dataclass
class _Table:
    """A table as far as it has been seen: the last row and column that hold anything."""

    row: int = 0
    last_row: int = 0
    last_column: int = 0
    column: int = 0
    filled: int = 0
    rows: int = 1


class Extent:
    """Works out, block by block, to which corner the tables of a ``content.xml`` reach.

    One cell may say that it stands a million times, in a row that does so too: a few bytes become more cells than a
    memory holds. Programs write such repeats after the last cell as well, where they are empty and cost nothing: only
    what lies before something counts.
    """

    def __init__(self) -> None:
        self._tables: list[_Table] = []
        self._depth = 0  # of elements within a cell
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def see(self, block: bytes) -> None:
        """Take the next bytes.

        Raises
        ------
        ValueError
            The bytes are no XML.
        """
        try:
            self._parser.Parse(block, False)
        except expat.ExpatError as e:
            raise ValueError(f"content.xml is no XML: {e}") from e

    def cells(self) -> int:
        """Return how many cells all tables have within their corners, empty ones included."""
        return sum(table.last_row * table.last_column for table in self._tables)

    def found(self) -> str:
        """Say how far they reach."""
        return f"repeated cells that stand for {self.cells():,}"

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._tables.append(_Table())
        if not self._tables:
            return
        table = self._tables[-1]
        if self._depth:
            self._depth += 1
            table.filled = table.column
        elif tag == "table:table-row":
            table.column = table.filled = 0
            table.rows = _times(attributes, "table:number-rows-repeated")
        elif tag in _CELLS:
            table.column += _times(attributes, "table:number-columns-repeated")
            self._depth = 1
            if any(name.startswith("office:") or name == "table:formula" for name in attributes):
                table.filled = table.column

    def _end(self, tag: str) -> None:
        if self._depth:
            self._depth -= 1
        elif tag == "table:table-row" and self._tables:
            table = self._tables[-1]
            table.row += table.rows
            if table.filled:
                table.last_row = table.row
                table.last_column = max(table.last_column, table.filled)


def _times(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 18 else 10**18
