"""Says why Spark is not tested, where it is not."""

import pytest


def test_what_spark_needs_is_here(lacking: list[str]) -> None:
    if lacking:
        pytest.skip(f"Spark is not tested: {', '.join(lacking)} missing")
