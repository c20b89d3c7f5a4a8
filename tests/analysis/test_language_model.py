"""The model as run here, against the fastText library."""

import csv
from itertools import accumulate, chain
from pathlib import Path

import fasttext
import numpy as np
import pytest
from hypothesis import given, strategies

from analysis.languages import model as module
from analysis.languages.identify import identify, identify_all
from analysis.languages.letters import plain, plain_sentences
from analysis.languages.model import MODEL, label_shares, model, word_sums
from analysis.languages.wordings import read

TEST_SET = Path(__file__).with_name("languages_test.csv")
LIBRARY = fasttext.load_model(str(MODEL))


def texts() -> list[str]:
    with TEST_SET.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)][::7]


def compare(words: list[list[str]]) -> None:
    """Raise where a probability is not the library's."""
    firsts = np.array([0, *accumulate(map(len, words))][:-1])
    shares = label_shares(word_sums(list(chain.from_iterable(words))), firsts)
    for row, text in zip(shares, words, strict=True):
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


def test_what_a_word_adds_hangs_on_no_other_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ["bir", "iki", "bir", "üç", "dörd", "beş"]
    together = word_sums(words)
    assert np.array_equal(together[0], together[2])
    monkeypatch.setattr(module, "_TOGETHER", 2)
    assert np.array_equal(word_sums(words), together)
    assert word_sums([]).shape == (0, together.shape[1])


# What can change how its neighbours in a text are cut, and what stands between.
PIECES = strategies.sampled_from(
    ["Kəndə", "kәнd", "vә", "әiел", "ΟΔΟΣ", "iii", "''", "5-ci", "²", "!!", "-", "‖",
     "a|b", "(@x.y", "a@b.az", "&lt;", "&amp", "www.", "http://", "#YeniXəbər", "#",
     "x.com.", "\u00a0-", "\n", "…", ""]
)  # fmt: skip


@given(strategies.lists(strategies.lists(PIECES).map(" ".join)))
def test_texts_read_piece_by_piece_have_the_words_of_the_whole(
    given_texts: list[str],
) -> None:
    wordings = read(given_texts)
    said = wordings.said(0, len(given_texts))
    found: dict[int, dict[int, list[str]]] = {}
    columns = (said.texts.tolist(), said.sentences.tolist(), said.words.tolist())
    for text, sentence, word in zip(*columns, strict=True):
        lines = found.setdefault(text, {})
        lines.setdefault(sentence, []).append(wordings.words[word])
    for number, text in enumerate(given_texts):
        lines = found.get(number, {})
        assert [" ".join(line) for line in lines.values()] == plain_sentences(text)


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
