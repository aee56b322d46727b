"""Why a zip that a person brought is not taken, in plain words; the gate's own are for whoever reads logs."""

_PLAIN = {
    "no end record": "it is cut short, or it is no zip",
    "end record": "it is cut short, or something was added to it",
    "encrypted": "it is locked with a password",
    "no pictures": "there are no pictures in it",
    "too many entries": "there are too many pictures in it",
    "too large": "its pictures are too large",
    "ZIP64": "its kind of zip (ZIP64) is not the service's",
    "link": "there is a link in it",
    "name": "this in it is no picture of a device: {}",
    "twice": "this is in it twice: {}",
    "method": "it is packed in a way that the service does not use",
    "flags": "it is packed in a way that the service does not use",
}
_DAMAGED = "it is damaged ({})"


def plain_reason(found: str) -> str:
    """For what the gate found, as ``ZipRefused.reason`` has it."""
    if found in _PLAIN:
        return _PLAIN[found]
    first, _, rest = found.partition(" ")
    return _PLAIN.get(first, _DAMAGED).format(rest if first in _PLAIN else found)
