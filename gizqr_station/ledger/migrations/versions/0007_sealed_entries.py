"""Each entry sealed with the digest of the one before, and entries that are about no job."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from gizqr_station.domain.sealing import seal_of
from gizqr_station.ledger.migrations.guards import never_deleted, never_updated

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PAGE = 2_000
"""Entries that are sealed at a time: a ledger of millions passes through little memory."""

# What a job was opened with, as it stands in the seal of its first entry. It never changes: the seals would break.
_DRAFT = {
    **dict.fromkeys(("label_serial", "identity", "identity_kind", "product_key", "product_name"), sa.Text),
    **dict.fromkeys(("content", "content_digest", "code_source", "code_task", "image_digest", "template"), sa.Text),
    **dict.fromkeys(("printer", "station", "operator", "work_order", "code_service"), sa.Text),
    **dict.fromkeys(("replaces", "reason", "allowed_by"), sa.Text),
    **dict.fromkeys(("test", "scan_back_due"), sa.Boolean),
    **dict.fromkeys(("dpi", "revision", "opened_at"), sa.BigInteger),
}
_JOBS = sa.table("jobs", sa.column("id", sa.BigInteger), *(sa.column(name, kind()) for name, kind in _DRAFT.items()))
_OLD = ("sequence", "job", "kind", "state", "at", "who", "evidence")
_BEFORE = sa.table("entries_before", *(sa.column(name) for name in _OLD))


def upgrade() -> None:
    op.rename_table("entries", "entries_before")
    if op.get_bind().dialect.name == "postgresql":  # where an index keeps its name, and no two may have the same
        op.execute("ALTER INDEX pk_entries RENAME TO pk_entries_before")
    entries = op.create_table(
        "entries",
        sa.Column("sequence", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("job", _NUMBER),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("clock", sa.String(8), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_entries"),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_entries_job"),
    )
    _seal_all(entries)
    op.drop_table("entries_before")
    act = sa.text("job IS NULL")
    op.create_index("entries_by_job", "entries", ["job", "sequence"])
    op.create_index("entries_by_subject", "entries", ["subject", "sequence"], sqlite_where=act, postgresql_where=act)
    never_updated("entries_are_not_changed", "entries", "entries are never changed")
    never_deleted("entries_are_not_deleted", "entries", "entries are never deleted")


def _seal_all(entries: sa.Table) -> None:
    """Entries from before nobody's clock was watched, nor was the station written beside them."""
    connection = op.get_bind()
    after, seal = 0, "0" * 64
    while page := connection.execute(_page_behind(after)).mappings().all():
        rows = []
        for found in page:
            row: dict[str, object] = {name: found[name] for name in _OLD}
            row.update(subject="", clock="", station="")
            seal = seal_of({**row, "after": seal, **_draft_of(found)})
            rows.append({**row, "seal": seal})
        connection.execute(entries.insert(), rows)
        after = page[-1]["sequence"]


def _page_behind(sequence: int) -> sa.Select[Any]:
    opening = sa.and_(_BEFORE.c.kind == "move", _BEFORE.c.state == "intended", _JOBS.c.id == _BEFORE.c.job)
    drafts = (_JOBS.c[name].label(f"draft_{name}") for name in _DRAFT)
    found = sa.select(_BEFORE, *drafts).select_from(_BEFORE.outerjoin(_JOBS, opening))
    return found.where(_BEFORE.c.sequence > sequence).order_by(_BEFORE.c.sequence).limit(_PAGE)


def _draft_of(found: Mapping[Any, Any]) -> dict[str, object]:
    if found["draft_label_serial"] is None:
        return {}
    return {"draft": {name: found[f"draft_{name}"] for name in _DRAFT}}
