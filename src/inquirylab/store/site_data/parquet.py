"""Parquet files: columns with types of their own, read in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from inquirylab.errors import DataError
from inquirylab.store.site_data.table import PREVIEW_ROWS, Batch, Sheet, as_text

_ROWS_AT_ONCE = 2**20


def open_parquet(path: Path) -> list[Sheet]:
    """Open a Parquet file; its first rows are read.

    Raises
    ------
    DataError
        The file is damaged or holds no plain columns.
    """
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            first = next(file.iter_batches(batch_size=PREVIEW_ROWS), None)
            columns = [as_text(c).to_pylist() for c in first.columns] if first is not None else []
    except (pa.ArrowException, OSError, ValueError) as e:
        raise _damaged(path, e) from e
    preview = [names, *map(list, zip(*columns, strict=True))]

    def take(_above: int, texts: Sequence[int], numbers: Sequence[int]) -> Iterator[Batch]:
        positions = [*texts, *numbers]
        line = 1
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                    lines = np.arange(line, line + batch.num_rows, dtype=np.int64)
                    yield Batch([batch.column(i) for i in positions], lines)
                    line += batch.num_rows
        except (pa.ArrowException, OSError, ValueError) as e:
            raise _damaged(path, e) from e

    return [Sheet(path.name, "", preview, take, ())]


def _damaged(path: Path, e: Exception) -> DataError:
    return DataError(
        "The Parquet file cannot be read", where=path.name, found=str(e).splitlines()[0][:120], cure="Write it again."
    )
