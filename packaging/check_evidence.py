"""Checks evidence as evidence-format.md says: check_evidence.py FILE [KEY_ID]; exit 0 if all holds, else 1 and why."""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def _must(holds: object, why: str) -> None:
    if not holds:
        sys.exit(f"NOT GOOD: {why}")


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _root(seal: bytes, leaf: int, size: int, path: list[str]) -> str:  # RFC 9162, 2.1.3.2
    node, last = hashlib.sha256(b"\0" + seal).digest(), size - 1
    for beside in map(bytes.fromhex, path):
        right = leaf & 1 or leaf == last
        node = hashlib.sha256(b"\1" + (beside + node if right else node + beside)).digest()
        while right and leaf and not leaf & 1:
            leaf, last = leaf >> 1, last >> 1
        leaf, last = leaf >> 1, last >> 1
    return "" if last else node.hex()


def _check(file: dict[str, Any], key_id: str, point: dict[str, Any], drafts: dict[int, dict[str, Any]]) -> None:
    public = base64.b64decode(point["public_key"])
    _must(hashlib.sha256(public).hexdigest()[:16] == point["key_id"] == (key_id or point["key_id"]), "another key")
    for signed in (point, file):
        text = _canonical({name: value for name, value in signed.items() if name != "signature"})
        Key.from_public_bytes(public).verify(base64.b64decode(signed["signature"]), text)
    for entry, path in ((each["entry"], each["path"]) for each in file["entries"]):
        number, job, draft = entry["sequence"], entry["job"], entry.get("draft", {})
        there = _root(hashlib.sha256(_canonical(entry)).digest(), number - 1, point["count"], path) == point["root"]
        _must(there, f"entry {number} is not in the record that was signed")
        drafts |= {job: draft} if draft else {}
        _must(job is None or job in drafts, f"entry {number} is of a job that no entry here opened")
        _must(not draft or file["about"].items() <= draft.items(), f"entry {number} is about another unit or order")
    for image, (job, draft) in zip(file["images"], drafts.items(), strict=True):
        dots = "{width}x{height}@{dpi}:".format(**image).encode() + base64.b64decode(image["dots"])
        _must((image["job"], hashlib.sha256(dots).hexdigest()) == (job, draft["image_digest"]), f"another image: {job}")
    print(f"GOOD: {len(drafts)} labels, {len(file['entries'])} entries, signed with key {point['key_id']}")


if __name__ == "__main__":
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey as Key

        read = json.loads(data := Path(sys.argv[1]).read_bytes())
        _must(_canonical(read) + b"\n" == data and read["format"] == "gizqr-station evidence 1", "no evidence")
        _check(read, "".join(sys.argv[2:]), read["checkpoint"], {})
    except ImportError:
        _must(False, "signatures cannot be checked: the Python package cryptography is not installed")
    except Exception as broken:  # noqa: BLE001 - a file may be anything
        _must(False, f"{type(broken).__name__}: {broken}")
