"""The published questions on audiences are answered from the marts of the sample."""

from pathlib import Path

import duckdb

from analysis.build import DATABASE


def test_every_question_on_audiences_is_answered(sample: Path) -> None:
    paths = sorted(Path("analysis/queries").glob("audience_*.sql"))
    assert len(paths) == 4
    with duckdb.connect(sample / DATABASE, read_only=True) as connection:
        answers = {
            path.stem: connection.execute(path.read_text("utf-8")).fetchall()
            for path in paths
        }
    [excluding] = answers.pop("audience_exclusions")
    assert "Aserbaidschan" in excluding
    assert all(len(rows) > 5 for rows in answers.values())


def test_levels_of_the_sample_make_sense(sample: Path) -> None:
    with duckdb.connect(sample / DATABASE, read_only=True) as connection:
        levels = dict(
            connection.execute(
                "select audience_level, count(*) from flags.ad_audiences group by all"
            ).fetchall()
        )
        shown = connection.execute(
            "select min(az_share) from flags.ad_audiences where audience_level = 4"
        ).fetchall()
    # Most invented ads are shown in Azerbaijan; some are not, and say nothing of it.
    assert levels.keys() == {0, 1, 2, 3, 4}
    assert levels[4] > sum(levels[level] for level in range(4))
    assert shown[0][0] >= 0.5
