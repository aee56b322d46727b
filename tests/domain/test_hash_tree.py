"""The tree of hashes, against the values that the makers of Certificate Transparency published."""

import pytest

from gizqr_station.domain.hash_tree import EMPTY_ROOT, HashTree, paths, root_by_path

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(seals: list[str]) -> HashTree:
    tree = HashTree()
    for seal in seals:
        tree.add(seal)
    return tree


@pytest.mark.parametrize("size", range(1, 9))
def test_the_root_is_the_published_one(size: int) -> None:
    assert grown(LEAVES[:size]).root() == ROOTS[size - 1]


def test_a_tree_of_nothing_has_the_digest_of_nothing() -> None:
    assert HashTree().root() == EMPTY_ROOT == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5, 8, 33])
def test_a_tree_goes_on_from_its_peaks(size: int) -> None:
    seals = [f"{number:064x}" for number in range(50)]
    begun = grown(seals[:size])
    later = HashTree(size, begun.peaks)
    for seal in seals[size:]:
        later.add(seal)
    assert later.root() == grown(seals).root()


def test_peaks_belong_to_their_size() -> None:
    with pytest.raises(ValueError, match="2 peaks of a tree of 4"):
        HashTree(4, ["00" * 32, "11" * 32])
    with pytest.raises(ValueError, match="peaks"):
        HashTree(1, ["00" * 31])


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8, 9, 31, 64, 65])
def test_every_leaf_has_a_path_to_the_root_and_no_other_leaf_has_it(size: int) -> None:
    seals = [f"{number:064x}" for number in range(size)]
    ways, root = paths(seals, range(size)), grown(seals).root()
    for leaf, seal in enumerate(seals):
        assert root_by_path(seal, leaf, size, ways[leaf]) == root
        assert root_by_path("ff" * 32, leaf, size, ways[leaf]) != root
        if size > 1:
            with pytest.raises(ValueError, match="below the root"):
                root_by_path(seal, leaf, size, ways[leaf][:-1])
        with pytest.raises(ValueError, match="above the root"):
            root_by_path(seal, leaf, size, (*ways[leaf], root))


@pytest.mark.parametrize("leaf", [-1, 3])
def test_a_leaf_outside_the_tree_has_no_path(leaf: int) -> None:
    with pytest.raises(ValueError, match="of a tree of 3"):
        root_by_path("00", leaf, 3, [])
