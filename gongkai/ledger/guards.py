"""Database triggers that refuse what the ledger never does; on SQLite and PostgreSQL alike."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "ledger_entry"
_HEAD = "ledger_head"

_SQLITE_MADE = (
    f"""CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'ledger entries cannot be changed'); END""",
    f"""CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'ledger entries cannot be deleted'); END""",
    f"""CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON {_HEAD} WHEN NEW.seq <> OLD.seq + 1
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows by one'); END""",
    f"""CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON {_HEAD}
        BEGIN SELECT RAISE(ABORT, 'the ledger head cannot be deleted'); END""",
)
_SQLITE_NAMES = (
    "ledger_entry_no_update",
    "ledger_entry_no_delete",
    "ledger_head_forward",
    "ledger_head_no_delete",
)

_POSTGRES_MADE = (
    """CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'ledger entries cannot be changed or deleted'; END $$""",
    """CREATE FUNCTION ledger_forward() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF NEW.seq <> OLD.seq + 1 THEN RAISE EXCEPTION 'the ledger only grows by one'; END IF;
       RETURN NEW; END $$""",
    f"""CREATE TRIGGER ledger_entry_keep BEFORE UPDATE OR DELETE ON {_TABLE}
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    f"""CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON {_TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    f"""CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON {_HEAD}
        FOR EACH ROW EXECUTE FUNCTION ledger_forward()""",
    f"""CREATE TRIGGER ledger_head_keep BEFORE DELETE ON {_HEAD}
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    f"""CREATE TRIGGER ledger_head_no_truncate BEFORE TRUNCATE ON {_HEAD}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    made = _SQLITE_MADE if connection.vendor == "sqlite" else _POSTGRES_MADE
    _run(connection, made)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for the reverse migration and for tests that must empty tables."""
    if connection.vendor == "sqlite":
        _run(connection, tuple(f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE_NAMES))
    else:
        _run(
            connection,
            (
                "DROP FUNCTION IF EXISTS ledger_refuse() CASCADE",
                "DROP FUNCTION IF EXISTS ledger_forward() CASCADE",
            ),
        )


def forbid_changes(connection: BaseDatabaseWrapper, table: str) -> None:
    """Make another append-only table as stubborn as the ledger: no update, no delete."""
    if connection.vendor == "sqlite":
        _run(
            connection,
            tuple(
                f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
                    BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"""
                for act in ("UPDATE", "DELETE")
            ),
        )
        return
    _run(
        connection,
        (
            f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'rows of {table} are only added'; END $$""",
            f"""CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
            f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
        ),
    )


def allow_changes(connection: BaseDatabaseWrapper, table: str) -> None:
    """Undo ``forbid_changes``: for the reverse migration and for tests that must empty tables."""
    if connection.vendor == "sqlite":
        names = (f"{table}_no_update", f"{table}_no_delete")
        _run(connection, tuple(f"DROP TRIGGER IF EXISTS {name}" for name in names))
    else:
        _run(connection, (f"DROP FUNCTION IF EXISTS {table}_refuse() CASCADE",))


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
