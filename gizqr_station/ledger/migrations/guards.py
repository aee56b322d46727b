"""Triggers that keep a table's rows as they were written, said in the words of whichever database it is."""

from collections.abc import Sequence

from alembic import op

_PG_REFUSE = (
    "CREATE OR REPLACE FUNCTION gizqr_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0]; END $$"
)


def never_updated(name: str, table: str, reason: str, columns: Sequence[str] = ()) -> None:
    """Refuse UPDATE of these columns, or of any, with the reason as the message; ``name`` is the trigger's."""
    of = f" OF {', '.join(columns)}" if columns else ""
    _guard(name, f"UPDATE{of}", table, reason)


def never_deleted(name: str, table: str, reason: str) -> None:
    """Refuse DELETE, and in PostgreSQL TRUNCATE too."""
    _guard(name, "DELETE", table, reason)
    if op.get_bind().dialect.name == "postgresql":
        statement = f"CREATE TRIGGER {name}_at_once BEFORE TRUNCATE ON {table}"
        op.execute(f"{statement} FOR EACH STATEMENT EXECUTE FUNCTION gizqr_refuse('{reason}')")


def _guard(name: str, event: str, table: str, reason: str) -> None:
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{reason}'); END")
    elif dialect == "postgresql":
        op.execute(_PG_REFUSE)
        statement = f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
        op.execute(f"{statement} FOR EACH ROW EXECUTE FUNCTION gizqr_refuse('{reason}')")
    else:
        raise NotImplementedError(dialect)
