"""No word of a chart lies outside its picture, whatever the language."""

import importlib
from pathlib import Path

import pytest
from matplotlib.text import Text

from reports.database import open_marts, read_facts, rows_of
from reports.figure import new_figure
from reports.language import LANGUAGES, language
from reports.period import Period
from reports.settings import Settings

CHARTS = sorted(path for path in Path("reports/charts").glob("*.sql"))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("period", ["2025-08", "2025-W36", ""])
@pytest.mark.parametrize("query", CHARTS, ids=lambda path: path.stem)
def test_no_label_is_clipped(
    archive: Path, query: Path, period: str, code: str
) -> None:
    module = importlib.import_module(f"reports.charts.{query.stem}")
    with open_marts(archive / "adwatch.duckdb") as connection:
        asked = period or Period()
        facts = read_facts(connection, asked, Settings(), language(code))
        rows = rows_of(connection, query)
    if not rows:
        assert facts.say(f"charts.{query.stem}.empty")
        return
    figure = new_figure()
    module.draw(figure, rows, facts)
    figure.canvas.draw()
    width, _ = figure.canvas.get_width_height()
    for text in figure.findobj(Text):
        box = text.get_window_extent()
        if text.get_visible() and text.get_text().strip():
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= width + 1, text.get_text()
