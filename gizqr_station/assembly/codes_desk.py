"""What the codes page asks: the pool, its files, judging and proving."""

from pathlib import Path

from gizqr_station.assembly.own_app import own_app
from gizqr_station.assembly.pools import CodeSources
from gizqr_station.assembly.proofs import code_prover
from gizqr_station.labels.picture_files import decode_picture
from gizqr_station.lists.folders import CODE_SUFFIXES, ListFolderOnDisk
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.codes_desk import CodesDesk, CodesParts
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.provision import Bench


class PicturesOnDisk:
    """Reads the code in a picture file (``workflows.code_ports.PictureReader``)."""

    def content_of(self, path: str) -> str:
        """Of the one code in a PNG, JPEG or BMP."""
        return decode_picture(Path(path))


def codes_desk(folder: DataFolder, settings: Settings, bench: Bench, sources: CodeSources, tell: Tell) -> CodesDesk:
    """The desk of a station; it is closed before the pool is."""
    parts = CodesParts(
        bench=bench,
        pooled=sources.pooled,
        folders=ListFolderOnDisk(CODE_SUFFIXES),
        pictures=PicturesOnDisk(),
        prover=code_prover(folder, settings),
        own_app=own_app(settings, bench.product),
    )
    return CodesDesk(parts, ThreadLane, tell)
