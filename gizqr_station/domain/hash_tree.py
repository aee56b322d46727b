"""The hash tree over all seals, of the shape of RFC 6962: its root stands for every entry, a short path proves one.

A leaf is SHA-256 over a zero byte and the 32 bytes of a seal, a node SHA-256 over a one byte and its two children. A
tree of n leaves has the largest power of two below n on its left.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence

EMPTY_ROOT = hashlib.sha256().hexdigest()


def leaf_of(seal: str) -> bytes:
    """Of a seal in hexadecimal; ValueError for anything else."""
    return hashlib.sha256(b"\0" + bytes.fromhex(seal)).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """Of two children."""
    return hashlib.sha256(b"\1" + left + right).digest()


class HashTree:
    """Grows a leaf at a time and keeps no more than one digest for each digit of its size."""

    def __init__(self, size: int = 0, peaks: Iterable[str] = ()) -> None:
        """Go on with a tree of ``size`` leaves and its ``peaks``; ValueError where the two do not belong together."""
        self._size = size
        self._peaks = [bytes.fromhex(peak) for peak in peaks]
        if len(self._peaks) != size.bit_count() or any(len(peak) != 32 for peak in self._peaks):
            raise ValueError(f"{len(self._peaks)} peaks of a tree of {size}")

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return self._size

    @property
    def peaks(self) -> tuple[str, ...]:
        """Roots of the whole trees that it is made of, the largest first, in hexadecimal."""
        return tuple(peak.hex() for peak in self._peaks)

    def add(self, seal: str) -> None:
        """One more leaf; ValueError for a seal that is none."""
        node, size = leaf_of(seal), self._size
        while size & 1:
            node, size = node_of(self._peaks.pop(), node), size >> 1
        self._peaks.append(node)
        self._size += 1

    def root(self) -> str:
        """In hexadecimal."""
        if not self._peaks:
            return EMPTY_ROOT
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = node_of(peak, node)
        return node.hex()


def paths(seals: Iterable[str], wanted: Collection[int]) -> dict[int, tuple[str, ...]]:
    """For each wanted leaf, counted from 0, the digests beside its way up to the root, the lowest first.

    One pass over all seals, in little memory however many they are.
    """
    found: dict[int, list[str]] = {leaf: [] for leaf in wanted}
    peaks: list[tuple[bytes, list[int]]] = []
    for leaf, seal in enumerate(seals):
        subtree = (leaf_of(seal), [leaf] if leaf in found else [])
        rest = leaf
        while rest & 1:
            subtree, rest = _joined(peaks.pop(), subtree, found), rest >> 1
        peaks.append(subtree)
    while len(peaks) > 1:
        right = peaks.pop()
        peaks.append(_joined(peaks.pop(), right, found))
    return {leaf: tuple(path) for leaf, path in found.items()}


def root_by_path(seal: str, leaf: int, size: int, path: Sequence[str]) -> str:
    """Where a path leads from a leaf, counted from 0, of a tree of ``size``; ValueError for one that leads nowhere."""
    if not 0 <= leaf < size:
        raise ValueError(f"leaf {leaf} of a tree of {size}")
    node, last = leaf_of(seal), size - 1
    for digest in path:
        if not last:
            raise ValueError("a path that goes on above the root")
        beside = bytes.fromhex(digest)
        if leaf & 1 or leaf == last:
            node = node_of(beside, node)
            while not leaf & 1 and leaf:
                leaf, last = leaf >> 1, last >> 1
        else:
            node = node_of(node, beside)
        leaf, last = leaf >> 1, last >> 1
    if last:
        raise ValueError("a path that ends below the root")
    return node.hex()


def _joined(
    left: tuple[bytes, list[int]], right: tuple[bytes, list[int]], found: dict[int, list[str]]
) -> tuple[bytes, list[int]]:
    for leaf in left[1]:
        found[leaf].append(right[0].hex())
    for leaf in right[1]:
        found[leaf].append(left[0].hex())
    return node_of(left[0], right[0]), left[1] + right[1]
