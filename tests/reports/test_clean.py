"""A stranger's text is shown as it is, and can do no harm."""

import pytest

from reports.clean import clean, clip, is_right_to_left, marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("invoice\u202egpj.exe", "invoice[U+202E]gpj.exe"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("Ba\u200bkı", "Ba[U+200B]kı"),
        ("soft\u00adhyphen", "soft[U+00AD]hyphen"),
        ("NUL\x00 BEL\x07", "NUL[U+0000] BEL[U+0007]"),
        ("two\n\n lines\tand tab", "two lines and tab"),
        ("Z" + "\u0301" * 30 + "x", "Z\u0301\u0301[marks cut]x"),
        ("a\u064b", "a[U+064B]"),
        ("中文", "[U+4E2D][U+6587]"),
        ("हिन्दी!", "[U+0939 … U+0940, 6 signs]!"),
        ("b\u200cc", "b[U+200C]c"),
    ],
)
def test_what_hides_is_shown(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهیم باکو",
        "👨\u200d👩\u200d👧 🇦🇿 👍🏽 1\ufe0f\u20e3",
        "Әлавә ҝәлир ҹаваб",
        "Ադրբեջան, აზერბაიჯანი, Iğdır İzmir ₼",
        'Typst #read("x") *b* $x$ <script>&lt; \\ ${7*7}',
    ],
)
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_long_words_may_break() -> None:
    assert clean("A" * 90) == "\u200b".join(["A" * 40, "A" * 40, "A" * 10])
    assert clean("A" * 30, longest_word=18) == "A" * 18 + "\u200b" + "A" * 12


def test_matched_words_are_marked_whole_and_in_any_case() -> None:
    pieces = marked("Bakılılar, BAKI yanır", ["bakı"])
    assert [piece["text"] for piece in pieces] == ["Bakılılar, ", "BAKI", " yanır"]
    assert [piece["is_match"] for piece in pieces] == [False, True, False]


def test_marking_loses_no_blank() -> None:
    pieces = marked("su  və qaz", ["su", "qaz"])
    assert "".join(str(piece["text"]) for piece in pieces) == "su və qaz"


def test_a_cut_says_so() -> None:
    assert clip("abcdef", 3) == "abc […]"
    assert clip("abc", 3) == "abc"


def test_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left("… باکو Baku")
    assert not is_right_to_left("2026 Baku باکو")
