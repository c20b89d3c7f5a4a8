"""The pieces a section is made of; the PDF and the page each know how to set them."""

from typing import Any

from reports.clean import clean

Block = dict[str, Any]
Cell = str | dict[str, str]
# Words longer than this may break in a column; ids and hosts are seldom longer.
NARROW, LINKED = 18, 32


def paragraph(text: str) -> Block:
    """A plain paragraph."""
    return {"kind": "paragraph", "text": clean(text)}


def note(text: str) -> Block:
    """A paragraph in small print."""
    return {"kind": "note", "text": clean(text)}


def lead(text: str) -> Block:
    """A paragraph in small print that stays on the page of what follows it."""
    return {"kind": "lead", "text": clean(text)}


def heading(text: str) -> Block:
    """A heading within a section."""
    return {"kind": "heading", "text": clean(text)}


def bullets(items: list[str]) -> Block:
    """A list of which the order says nothing."""
    return {"kind": "bullets", "items": [clean(item) for item in items]}


def steps(items: list[str]) -> Block:
    """A numbered list."""
    return {"kind": "steps", "items": [clean(item) for item in items]}


def finding(number: int, head: str, text: str) -> Block:
    """One numbered key finding."""
    return {
        "kind": "finding", "number": number, "head": clean(head), "text": clean(text)
    }  # fmt: skip


def linked(text: str, url: str) -> dict[str, str]:
    """A cell of a table that leads to an address; the address may be empty."""
    return {"text": text, "url": url}


def table(
    head: list[str], rows: list[list[Cell]], widths: list[float], right: str = ""
) -> Block:
    """A table; a width of 0 is as wide as its words, others share what is left.

    `right` names the columns of numbers by their place, `"345"`.
    """
    places = range(len(head))
    return {
        "kind": "table",
        "head": [clean(name, NARROW) for name in head],
        "rows": [[cell_of(cell) for cell in row] for row in rows],
        "widths": widths,
        "align": ["right" if str(place) in right else "left" for place in places],
    }


def cell_of(cell: Cell) -> Cell:
    """A clean cell that may break where it is narrow."""
    if isinstance(cell, str):
        return clean(cell, NARROW)
    return {**cell, "text": clean(cell["text"], LINKED)}


def definitions(items: list[list[str]]) -> Block:
    """Words with their meanings."""
    return {
        "kind": "definitions",
        "items": [[clean(word), clean(meaning)] for word, meaning in items],
    }


def query(text: str) -> Block:
    """A query as it stands in its file."""
    return {"kind": "query", "text": text}
