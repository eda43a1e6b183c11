"""SQL: SQLite, and a real PostgreSQL that this module starts where Debian's package is installed."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from inquirylab.errors import DataError
from inquirylab.record.types import Measure, MeasureData
from inquirylab.store.site_data import read_site_data
from inquirylab.store.site_data.database import PASSWORD_VARIABLE

SECRET = "s3cret-Ünd-%40"
ROWS = [("2024-09-02", "A", 4, 80), ("2024-09-09", "A", None, 80), ("2024-09-02", "B", 5, 60)]


def late(query: str | None = "late") -> Measure:
    data = MeasureData(date=("week",), site="school", numerator="late", denominator="enrolled", query=query)
    return Measure(name="Late", kind="proportion", data=data)


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    file = tmp_path / "school.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE late (week TEXT, school TEXT, late INTEGER, enrolled INTEGER)")
        connection.executemany("INSERT INTO late VALUES (?, ?, ?, ?)", ROWS)
    return file


def test_an_sqlite_file_by_name_and_by_address(sqlite_file: Path) -> None:
    for place in (sqlite_file, f"sqlite:///{sqlite_file}"):
        reading = read_site_data(place, late(None))
        assert list(reading.rows["numerator"]) == [4, 5] and reading.source == "database 'school.db'"
        assert list(reading.missing["kind"]) == ["missing"]


def test_a_query_chooses_and_a_site_is_one_of_its_rows(sqlite_file: Path) -> None:
    query = "SELECT week, school, late, enrolled FROM late WHERE late IS NOT NULL AND week >= '2024-09-01'"
    assert list(read_site_data(sqlite_file, late(query), site="B").rows["numerator"]) == [5]


def test_a_table_that_is_not_there_names_the_nearest(sqlite_file: Path) -> None:
    with pytest.raises(DataError, match=r"There is no table 'lates' \(database 'school.db'\). Did you mean 'late'"):
        read_site_data(sqlite_file, late("lates"))


@pytest.mark.parametrize(
    "query", ["SELECT 1; DROP TABLE late", "WITH x AS (SELECT 1) DELETE FROM late", "DROP TABLE late"]
)
def test_nothing_in_a_database_can_be_changed(sqlite_file: Path, query: str) -> None:
    with pytest.raises(DataError):
        read_site_data(sqlite_file, late(query))
    assert len(read_site_data(sqlite_file, late()).rows) == 2


def test_a_file_that_is_no_database_is_not_made_into_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such database file"):
        read_site_data(f"sqlite:///{tmp_path}/none.db", late())
    assert not list(tmp_path.iterdir())


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(DataError, match="A password stands in the database's address") as refusal:
        read_site_data("postgresql://ana:hunter2@127.0.0.1/school", late())
    assert "hunter2" not in str(refusal.value) and "ana" not in str(refusal.value).replace("and", "")


def test_a_variable_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCHOOL_DB", raising=False)
    with pytest.raises(DataError, match="The environment variable SCHOOL_DB is not set"):
        read_site_data("postgresql://ana:${SCHOOL_DB}@127.0.0.1/school", late())


# PostgreSQL --------------------------------------------------------------------------------------------------------


def programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Start a server of one's own on a free port of 127.0.0.1, with a password; stop it at the end."""
    place = programs()
    if place is None:
        pytest.skip("PostgreSQL is not installed: `make postgresql` or `apt-get install postgresql` installs Debian's")
    folder = tmp_path_factory.mktemp("postgres")
    user = {"user": "postgres"} if os.geteuid() == 0 else {}
    if user:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        for parent in [p for p in folder.parents if p.is_relative_to(tmp_path_factory.getbasetemp().parents[1])]:
            parent.chmod(parent.stat().st_mode | 0o011)
    password = folder / "password"
    password.write_text(SECRET, encoding="utf-8")
    password.chmod(0o644)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=120, **user)  # type: ignore[call-overload]

    data = str(folder / "data")
    run(
        f"{place}/initdb",
        "-D",
        data,
        "-U",
        "ana",
        "-A",
        "scram-sha-256",
        f"--pwfile={password}",
        "--no-sync",
        "-E",
        "UTF8",
    )
    options = f"-p {port} -h 127.0.0.1 -k '' -c fsync=off"
    run(f"{place}/pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
    try:
        url = sa.URL.create("postgresql+psycopg", "ana", SECRET, "127.0.0.1", port, "postgres")
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE TABLE late (week date, school text, late numeric(6,1), enrolled integer)"
            )
            for row in ROWS:
                connection.exec_driver_sql("INSERT INTO late VALUES (%s, %s, %s, %s)", row)
            connection.exec_driver_sql(
                "CREATE TABLE many AS SELECT date '2000-01-03' + 7 * mod(i, 1000) AS week,"
                " 'School ' || i / 1000 AS school, mod(i, 50) AS late, 80 AS enrolled"
                " FROM generate_series(0, 119999) AS i"
            )
        engine.dispose()
        yield port
    finally:
        run(f"{place}/pg_ctl", "-D", data, "-m", "immediate", "stop")


def test_postgresql_with_the_password_from_the_environment(postgres: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOL_DB", SECRET)
    reading = read_site_data(f"postgresql://ana:${{SCHOOL_DB}}@127.0.0.1:{postgres}/postgres", late())
    assert list(reading.rows["numerator"]) == [4, 5] and str(reading.rows["date"].min())[:10] == "2024-09-02"
    assert reading.source == "database 'postgres'"
    monkeypatch.setenv(PASSWORD_VARIABLE, SECRET)
    again = read_site_data(f"postgresql://ana@127.0.0.1:{postgres}/postgres", late("public.late"))
    assert len(again.rows) == 2


def test_postgresql_streams_a_large_table(postgres: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, SECRET)
    address = f"postgresql://ana@127.0.0.1:{postgres}/postgres"
    reading = read_site_data(address, late("many"), site="School 119")
    assert (reading.read, len(reading.rows), reading.rows["numerator"].sum()) == (120_000, 1000, 24_500)


def test_postgresql_cannot_be_changed(postgres: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, SECRET)
    address = f"postgresql://ana@127.0.0.1:{postgres}/postgres"
    for query in ("WITH gone AS (DELETE FROM late RETURNING *) SELECT * FROM gone", "SELECT 1 AS late INTO taken"):
        with pytest.raises(DataError, match="read-only"):
            read_site_data(address, late(query))
    assert len(read_site_data(address, late()).rows) == 2


def test_a_wrong_password_is_not_repeated(postgres: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "wrong-" + SECRET)
    with pytest.raises(DataError, match="The database cannot be read") as refusal:
        read_site_data(f"postgresql://ana@127.0.0.1:{postgres}/postgres", late())
    error: BaseException | None = refusal.value
    while error is not None:
        assert SECRET not in str(error) and SECRET not in repr(error)
        error = error.__cause__
