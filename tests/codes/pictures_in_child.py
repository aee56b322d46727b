"""Reads damaged pictures in a process of its own with 512 MiB of memory, and tells as JSON what came of it.

``python -m tests.codes.pictures_in_child SEED NUMBER``.
"""

import json
import random
import resource
import sys
import time

from gizqr_station.codes.picture import content_of
from gizqr_station.domain.code_failures import PictureUnreadable
from tests.codes.mutated_pictures import mutated, pictures
from tests.codes.scripted_service import FOR_A_MAC

MEMORY_BYTES = 512 << 20


def main(seed: int, number: int) -> None:
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    chance, whole = random.Random(seed), pictures()
    true = refused = 0
    slowest_s = 0.0
    for _ in range(number):
        png = mutated(chance, chance.choice(whole))
        began = time.process_time()
        try:
            said = content_of(png, "picture")
        except PictureUnreadable:
            refused += 1
        else:
            assert said == FOR_A_MAC, said
            true += 1
        slowest_s = max(slowest_s, time.process_time() - began)
    print(json.dumps({"true": true, "refused": refused, "slowest_s": slowest_s}))  # noqa: T201 - to the test that waits


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
