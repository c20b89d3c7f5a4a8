"""A text as numbers of word pieces: the likeliest way to cut each word."""

import re
from functools import cache, lru_cache

from analysis.semantic.e5.weights import weights

# How pieces write the space before a word.
_SPACE = "▁"
_SPACES = re.compile(" {2,}")
_WORDS = re.compile(f"{_SPACE}[^{_SPACE}]*")
# An unknown letter scores less than the unlikeliest piece, by so much.
_LESS = 10


def piece_numbers(text: str) -> list[int]:
    """Numbers of the pieces of `text`, without those for its begin and end."""
    written = _SPACES.sub(" ", text.translate(weights().pieces.letters))
    if not written.startswith(" "):
        written = f" {written}"
    words = _WORDS.findall(written.replace(" ", _SPACE))
    return [number for word in words for number in _cut(word)]


@lru_cache(maxsize=200_000)
def _cut(word: str) -> list[int]:
    """The pieces of a word whose scores add up to most; no piece spans two words."""
    pieces = weights().pieces
    longest, least = _limits()
    # For each place the best score of a cut up to it, and its last piece.
    best = [(0.0, 0, 0)] + [(float("-inf"), 0, 0)] * len(word)
    for start in range(len(word)):
        score = best[start][0]
        ways = [(start + 1, least, pieces.unknown)]
        for end in range(start + 1, min(start + longest, len(word)) + 1):
            number, more = pieces.known.get(word[start:end], (pieces.unknown, 0.0))
            if number != pieces.unknown:
                ways.append((end, more, number))
        for end, more, number in ways:
            if score + more > best[end][0]:
                best[end] = (score + more, start, number)
    numbers, place = [], len(word)
    while place:
        _, place, number = best[place]
        numbers.append(number)
    return numbers[::-1]


@cache
def _limits() -> tuple[int, float]:
    """Letters of the longest piece, and the score of an unknown letter."""
    known = weights().pieces.known
    least = min(score for _, score in known.values())
    return max(map(len, known)), least - _LESS
