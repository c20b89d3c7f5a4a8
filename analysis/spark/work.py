"""Functions for the workers, who have nothing of this project until they unpack it."""

import pickle
from collections.abc import Callable, Iterator

import pyarrow as pa

BUNDLE = "adwatch"
_Work = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def with_bundle(name: str, told: object) -> _Work:
    """The function `name` of analysis.spark.partition, given `told`, for mapInArrow.

    The bundle of code and tables must have been sent as the archive BUNDLE.
    """
    packed, bundle = pickle.dumps(told), BUNDLE

    # A function within one is sent whole; what it imports it finds over there.
    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pickle
        import sys

        from pyspark import SparkFiles

        folder = SparkFiles.get(bundle)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        from analysis.spark import partition

        yield from getattr(partition, name)(batches, pickle.loads(packed))

    return work
