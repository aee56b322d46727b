"""Whether the dots of each label still are those that its job names; names the first that are not."""

import zlib

from sqlalchemy import Connection, RowMapping, func, select

from gizqr_station.domain.audit import AuditFault, AuditFaultKind
from gizqr_station.domain.label import digest_of_dots
from gizqr_station.domain.stop import Stop
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.tables import entries, images, jobs

_PAGE = 500


def first_bad_image(database: Database, stop: Stop) -> AuditFault | None:
    """One transaction a page: a long reader would keep writers waiting."""
    after = 0
    while True:
        stop.check()
        page = (
            select(jobs.c.id, jobs.c.image_digest, images.c.width, images.c.height, images.c.dpi, images.c.dots)
            .outerjoin(images, images.c.job == jobs.c.id)
            .where(jobs.c.id > after)
            .order_by(jobs.c.id)
            .limit(_PAGE)
        )
        with database.reading() as connection:
            rows = connection.execute(page).all()
            for row in rows:
                if complaint := image_complaint(row._mapping):
                    return AuditFault(AuditFaultKind.JOB_CHANGED, opening_of(connection, row.id), complaint)
        if not rows:
            return None
        after = rows[-1].id


def opening_of(connection: Connection, job: int) -> int:
    """The sequence of a job's first entry; 0 for none."""
    first = select(func.min(entries.c.sequence)).where(entries.c.job == job)
    return int(connection.execute(first).scalar() or 0)


def image_complaint(row: RowMapping) -> str:
    """What is wrong with an image beside the digest of its job; empty for nothing.

    The digest is that of ``LabelImage``, made of the dots as they are packed: no row of dots is taken apart.
    """
    if row["dots"] is None:
        return f"job {row['id']} has no image"
    try:
        packed = zlib.decompress(row["dots"])
    except (zlib.error, TypeError) as broken:
        return f"image of job {row['id']}: {broken}"
    digest = digest_of_dots(row["width"], row["height"], row["dpi"], packed)
    return "" if digest == row["image_digest"] else f"image of job {row['id']}: its dots have the digest {digest}"
