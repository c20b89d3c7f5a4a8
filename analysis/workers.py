"""Work on many texts spread over the machine's cores."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def spread(
    work: Callable[[Sequence[str]], Result], texts: Sequence[str], least: int
) -> list[Result]:
    """What `work` gives for the parts of `texts`, in their order.

    There are as many parts as cores, or as ADWATCH_PROCESSES says are ours, each of
    `least` texts or more; a single one is worked on in this process.
    """
    cores = int(os.environ.get("ADWATCH_PROCESSES") or os.cpu_count() or 1)
    workers = min(cores, len(texts) // least)
    if workers < 2:
        return [work(texts)]
    bounds = [len(texts) * number // workers for number in range(workers + 1)]
    parts = [texts[bounds[n] : bounds[n + 1]] for n in range(workers)]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(work, parts))
