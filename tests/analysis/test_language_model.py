"""The model as run here, against the fastText library."""

import csv
from pathlib import Path

import fasttext
import numpy as np
import pytest
from hypothesis import given, strategies

from analysis.languages import model as module
from analysis.languages.identify import identify, identify_all
from analysis.languages.letters import plain
from analysis.languages.model import MODEL, WordSums, label_shares, model

TEST_SET = Path(__file__).with_name("languages_test.csv")
LIBRARY = fasttext.load_model(str(MODEL))


def texts() -> list[str]:
    with TEST_SET.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)][::7]


def compare(words: list[list[str]]) -> None:
    """Raise where a probability is not the library's."""
    for row, text in zip(label_shares(words), words, strict=True):
        labels, expected = LIBRARY.predict(" ".join(text), k=-1)
        names = [label.removeprefix("__label__") for label in labels]
        found = [row[model().labels.index(name)] for name in names]
        assert found == pytest.approx(list(expected), abs=3e-5)


def test_probabilities_are_the_librarys() -> None:
    compare([plain(text).split() for text in texts()])


# Letters of one to four bytes, known words and unknown ones.
WORD = strategies.one_of(
    strategies.sampled_from(["və", "the", "и", "q"]),
    strategies.text("aəşжყ'中𐐷", min_size=1),
)


@given(strategies.lists(strategies.lists(WORD, min_size=1), min_size=1))
def test_any_words_give_the_librarys_probabilities(words: list[list[str]]) -> None:
    compare(words)


def test_an_answer_hangs_on_no_other_text() -> None:
    given_texts = texts()
    assert identify_all(given_texts) == [identify(text) for text in given_texts]
    assert identify_all(given_texts[::-1]) == identify_all(given_texts)[::-1]
    assert identify_all([]) == []


def test_words_are_forgotten_before_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_KEPT", 3)
    monkeypatch.setattr(module, "_TOGETHER", 2)
    sums = WordSums(model())
    words = ["bir", "iki", "bir", "üç", "dörd", "beş"]
    first = sums.of(words)
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(sums.of(words), first)
    assert np.array_equal(sums.of(["beş", "altı"])[0], first[5])


def test_a_model_of_another_kind_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(MODEL.read_bytes())
    content[8 + 4 * 5] = 2  # two words to an n-gram
    other = tmp_path / "other.ftz"
    other.write_bytes(content)
    monkeypatch.setattr(module, "MODEL", other)
    with pytest.raises(ValueError, match=r"other\.ftz"):
        model.__wrapped__()
