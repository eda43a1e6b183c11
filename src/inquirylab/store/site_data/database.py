"""A table or a query of a database, read only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from inquirylab.errors import DataError, did_you_mean
from inquirylab.store.site_data.table import PREVIEW_ROWS, Batch, Sheet
from inquirylab.store.site_data.workbook import cell_text

PASSWORD_VARIABLE = "INQUIRYLAB_DATABASE_PASSWORD"
_ROWS_AT_ONCE = 50_000


def is_database(path: str) -> bool:
    """Say whether a place is the address of a database: ``postgresql://…``, ``sqlite:///…``."""
    return bool(re.match(r"[a-z][a-z0-9+_]*://", path, re.I))


def open_database(address: str, query: str | None) -> list[Sheet]:
    """Open a database and run a query in it; nothing in it can be changed this way.

    Parameters
    ----------
    address
        A URL as SQLAlchemy takes it. The password never stands in it: write ``${NAME}`` in its place, where NAME is an
        environment variable, or leave it out and set ``INQUIRYLAB_DATABASE_PASSWORD`` (PostgreSQL's own
        ``PGPASSWORD`` and password file work too).
    query
        The name of a table or view, or a SELECT. Left out, the database's only table.

    Raises
    ------
    DataError
        The database cannot be reached, or the query fails. The message holds no password and no user.
    """
    url = _url(address)
    if query and ";" in query.strip().rstrip(";"):
        raise DataError("A query is one SELECT, without a semicolon inside", found=repr(query[:80]))
    name = f"database {url.database.rsplit('/', 1)[-1]!r}" if url.database else "database"
    try:
        engine = sa.create_engine(url, connect_args=_read_only(url))
    except (sa.exc.SQLAlchemyError, ImportError, ValueError, TypeError) as e:
        raise _failed("The database's driver cannot be used", name, e, url, "Install its driver.") from None
    try:
        with _connect(engine) as connection:
            statement, shown = _statement(connection, query, name)
            result = connection.execute(statement)
            names = result.keys()
            header = [str(name) for name in names]
            preview = [header, *([cell(v) for v in row] for row in result.fetchmany(PREVIEW_ROWS))]
    except sa.exc.SQLAlchemyError as e:
        raise _failed("The database cannot be read", name, e, url, "Check address, password and query.") from None
    finally:
        engine.dispose()

    def take(_above: int, texts: Sequence[int], numbers: Sequence[int]) -> Iterator[Batch]:
        line = 1
        try:
            with _connect(engine).execution_options(stream_results=True) as connection:
                for rows in connection.execute(statement).partitions(_ROWS_AT_ONCE):
                    columns = [pa.array([cell(r[i]) for r in rows], pa.string()) for i in (*texts, *numbers)]
                    yield Batch(columns, np.arange(line, line + len(rows), dtype=np.int64))
                    line += len(rows)
        except sa.exc.SQLAlchemyError as e:
            raise _failed("The database cannot be read", name, e, url, "Try again.") from None
        finally:
            engine.dispose()

    return [Sheet(name, shown, preview, take, ())]


def cell(value: Any) -> str:
    """Return a value of a row as text; NULL as "".

    Examples
    --------
    >>> cell(None), cell(3.0), cell("*")
    ('', '3', '*')
    """
    return "" if value is None else cell_text(value)


def _url(address: str) -> URL:
    try:
        url = sa.engine.make_url(address)
    except (sa.exc.ArgumentError, ValueError):
        raise DataError(
            "The address of the database cannot be read", cure="Write it as postgresql://user@host/database."
        ) from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise DataError("There is no such database file", where=Path(url.database or "").name)
    password = url.password
    if password is None:
        given = os.environ.get(PASSWORD_VARIABLE)
        return url.set(password=given) if given and url.username else url
    variable = re.fullmatch(r"\$\{(\w+)\}|\$(\w+)", str(password))
    if not variable:
        raise DataError(
            "A password stands in the database's address",
            where=f"{url.drivername} database",
            cure=f"Take it out and set the environment variable {PASSWORD_VARIABLE}, or write ${{NAME}} in its place.",
        )
    name = variable[1] or variable[2]
    if name not in os.environ:
        raise DataError(
            f"The environment variable {name} is not set",
            where=f"{url.drivername} database",
            cure="Set it, then try again.",
        )
    return url.set(password=os.environ[name])


def _connect(engine: sa.Engine) -> Connection:
    connection = engine.connect()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")
    return connection


def _read_only(url: URL) -> dict[str, Any]:
    """Return what makes the connection unable to change anything, where the database knows how."""
    if url.get_backend_name() == "postgresql":
        return {"options": "-c default_transaction_read_only=on", "connect_timeout": 15}
    return {}


def _statement(connection: Connection, query: str | None, name: str) -> tuple[sa.Executable, str]:
    """Return what to run, and its name as people see it."""
    inspector = sa.inspect(connection)
    tables = [*inspector.get_table_names(), *inspector.get_view_names()]
    if query is None:
        if len(tables) != 1:
            raise DataError(
                "The database has more than one table, or none",
                where=name,
                found=", ".join(map(repr, tables[:12])),
                cure="Name one as query in the measure file's [data].",
            )
        query = tables[0]
    if re.match(r"\s*(select|with)\b", query, re.I):
        return sa.text(query.strip().rstrip(";").replace(":", r"\:")), "query"
    schema, _, table = query.strip().rpartition(".")
    if not schema and table not in tables:
        raise DataError(f"There is no table {table!r}", where=name, cure=did_you_mean(table, tables))
    quote = connection.dialect.identifier_preparer.quote
    target = ".".join(quote(part) for part in (schema, table) if part)
    return sa.text(f"SELECT * FROM {target}".replace(":", r"\:")), table


def _failed(what: str, name: str, e: BaseException, url: URL, cure: str) -> DataError:
    """Return an error without the address, the user or the password, which a driver may have put into its message."""
    said = str(getattr(e, "orig", None) or e).splitlines()[0][:160]
    for secret in (url.password, url.username, url.host):
        if secret and len(str(secret)) > 1:
            said = said.replace(str(secret), "…")
    return DataError(what, where=name, found=said, cure=cure)
