"""Texts as the numbers of their words: each distinct piece of a text is read once.

Texts say the same words again and again. What stands between blanks has the same words
wherever it stands, so numbers take the place of texts as soon as can be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.languages.letters import plain_sentences, words_of_pieces

# What a link, mention, tag or HTML entity leaves hangs on the pieces beside it. A text
# with one is a single piece: its number, after the sign no other piece begins with.
_READ_WHOLE = r"[@#&]|://|[wW]{3}\."
_WHOLE = "#"

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Said:
    """The words of some texts in order, and the text and the sentence of each."""

    words: Integers
    texts: Integers
    sentences: Integers


@dataclass(frozen=True)
class Wordings:
    """Texts by their pieces, and those by their words; word 0 ends a sentence."""

    words: list[str]
    pieces: Integers
    first_pieces: Integers
    piece_words: Integers
    first_words: Integers

    def said(self, start: int, stop: int) -> Said:
        """What the texts from `start` to before `stop` say."""
        bounds = self.first_pieces[start : stop + 1]
        pieces = self.pieces[bounds[0] : bounds[-1]]
        firsts = self.first_words[pieces]
        sizes = self.first_words[pieces + 1] - firsts
        ends = np.cumsum(sizes)
        places = np.repeat(firsts - ends + sizes, sizes) + np.arange(sizes.sum())
        words = self.piece_words[places]
        texts = np.repeat(np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)), sizes)
        is_word = words > 0
        return Said(words[is_word], texts[is_word], np.cumsum(~is_word)[is_word])


def runs(*columns: Integers) -> tuple[Integers, Integers]:
    """The number of the run of equal rows that each is in, and where runs begin."""
    is_first = np.zeros(len(columns[0]), bool)
    is_first[:1] = True
    for column in columns:
        is_first[1:] |= column[1:] != column[:-1]
    return np.cumsum(is_first) - 1, np.flatnonzero(is_first)


def read(texts: Sequence[str]) -> Wordings:
    """All that the texts say."""
    written = pa.array(texts, pa.large_string())
    is_whole = pc.match_substring_regex(written, _READ_WHOLE)
    keys = [f"{_WHOLE}{number}" for number in np.flatnonzero(is_whole)]
    keys = pa.array(keys, pa.large_string())
    lists = pc.split_pattern(pc.replace_with_mask(written, is_whole, keys), " ")
    coded = lists.flatten().dictionary_encode()
    said = list(_words(coded.dictionary.to_pylist(), texts))
    words = list(dict.fromkeys(chain("\n", *said)))
    numbers = {word: number for number, word in enumerate(words)}
    return Wordings(
        words,
        coded.indices.to_numpy(),
        lists.offsets.to_numpy(),
        np.array([numbers[word] for word in chain.from_iterable(said)], int),
        np.cumsum([0, *map(len, said)]),
    )


def _words(pieces: list[str], texts: Sequence[str]) -> Iterator[list[str]]:
    """The words of each piece, and a line break wherever a sentence ends."""
    words = words_of_pieces(each for each in pieces if not each.startswith(_WHOLE))
    for piece in pieces:
        if piece.startswith(_WHOLE):
            sentences = plain_sentences(texts[int(piece.removeprefix(_WHOLE))])
            yield " \n ".join(sentences).split(" ") if sentences else []
        else:
            yield next(words)
