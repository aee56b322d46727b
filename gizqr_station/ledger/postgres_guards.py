"""What must stand in a PostgreSQL ledger so that nobody changes or repeats what was written."""

from sqlalchemy import Connection, text

GUARDS = (
    "batch_entries_are_not_changed",
    "batch_entries_are_not_deleted",
    "batch_items_are_not_added",
    "batch_items_are_not_changed",
    "batch_items_are_not_deleted",
    "batches_are_not_changed",
    "batches_are_not_deleted",
    "code_services_are_not_changed",
    "drafts_are_not_changed",
    "entries_are_not_changed",
    "entries_are_not_deleted",
    "images_are_not_changed",
    "images_are_not_deleted",
    "jobs_are_not_deleted",
    "labelled_devices_are_not_deleted",
    "orders_are_not_changed",
    "people_are_not_deleted",
    "people_keep_their_names",
    "replacements_are_not_changed",
    "shifts_are_not_deleted",
    "shifts_begin_as_they_began",
    "signed_profiles_are_not_changed",
    "supply_loads_are_not_changed",
    "supply_loads_are_not_deleted",
    "where_a_job_came_from_is_not_changed",
    "where_a_job_went_is_not_changed",
    "work_orders_are_not_deleted",
)
"""Triggers, by name; a test compares them with those that the migrations make."""

_ENABLED = text(
    "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relnamespace = current_schema()::regnamespace"
)
_CLAIM = text(
    "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = 'one_live_label'"
    " AND i.indisunique AND i.indisvalid AND c.relnamespace = current_schema()::regnamespace"
)


def missing_guard(connection: Connection) -> str:
    """The first that is gone or switched off; empty when all are there."""
    there = set(connection.execute(_ENABLED).scalars())
    gone = next((name for name in GUARDS if name not in there), "")
    if gone:
        return f"the trigger {gone} is gone or switched off"
    if connection.execute(_CLAIM).scalar_one() != 1:
        return "the index one_live_label is gone or broken"
    return ""
