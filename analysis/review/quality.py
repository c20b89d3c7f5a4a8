"""What reviews say of the coders and of the program, as rows of one table."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.review import codebook
from analysis.review.agreement import Level, alpha, coded, raw_agreement, reliability
from analysis.semantic.figures import Interval, wilson

POOLED = "all"
DRAWS = 4000
# How each variable is compared (codebook 9.4); a text has any number of codes.
VARIABLES: dict[str, tuple[Sequence[str], Level]] = {
    "flag": (("no", "unclear", "yes"), "nominal"),
    "voice": (tuple(codebook.VOICES), "nominal"),
    "direction": (tuple(codebook.DIRECTIONS), "nominal"),
    "target": (tuple(codebook.TARGETS), "nominal"),
    "severity": (tuple(codebook.SEVERITIES), "ordinal"),
    "codes": ((), "sets"),
}


@dataclass(frozen=True)
class Coding:
    """One active decision, with the language of its text."""

    coder_id: str
    text_hash: str
    language: str
    review_pass: str
    review_round: int
    queue: str
    stratum: str
    stratum_texts_count: int
    negative_class: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """What people decided of a text, and whether the program flags it."""

    text_hash: str
    language: str
    outcome: str
    is_program_flag: bool


class Figure(NamedTuple):
    """One row of marts.review_quality; nan is unknown."""

    group_name: str
    review_variable: str
    review_measure: str
    value: float
    low: float
    high: float
    texts_count: int
    positives_count: int
    coders_count: int
    reliability: str | None = None


def figures(codings: Sequence[Coding], outcomes: Sequence[Outcome]) -> list[Figure]:
    """Every figure, pooled and by language; none without a decision."""
    if not codings:
        return []
    languages = sorted({coding.language for coding in codings})
    found: list[Figure] = []
    for language in (POOLED, *languages):
        own = [c for c in codings if language in (POOLED, c.language)]
        judged = [o for o in outcomes if language in (POOLED, o.language)]
        name = language if language == POOLED else f"language {language}"
        found += [*agreement(name, own), *program(name, own, judged)]
    return [*found, *false_flags(codings, outcomes), *drift(codings)]


def agreement(name: str, codings: Iterable[Coding]) -> Iterator[Figure]:
    """Alpha, raw agreement and prevalence of what coders said in the blind T-pass."""
    by_text: dict[str, list[Coding]] = defaultdict(list)
    coders = set()
    for coding in codings:
        if coding.review_pass == "T" and coding.review_round == 1:
            by_text[coding.text_hash].append(coding)
            coders.add(coding.coder_id)
    positives = sum(
        len(said) >= 2 and any(coding.values["flag"] == "yes" for coding in said)
        for said in by_text.values()
    )
    for variable, (order, level) in VARIABLES.items():
        texts = coded(
            [[c.values[variable] for c in said] for said in by_text.values()],
            order, level,
        )  # fmt: skip
        count = texts.texts_count
        counts = (count, positives, len(coders))
        value = alpha(texts) if count else Interval(math.nan, math.nan, math.nan)
        said = reliability(value.value, count, positives)
        yield Figure(name, variable, "alpha", *value, *counts, said)
        raw = raw_agreement(texts)
        yield Figure(name, variable, "raw agreement", raw, math.nan, math.nan, *counts)
    said_yes = sum(c.values["flag"] == "yes" for t in by_text.values() for c in t)
    prevalence = wilson(said_yes, sum(map(len, by_text.values())))
    yield Figure(
        name, "flag", "prevalence", *prevalence, len(by_text), positives, len(coders)
    )


def program(
    name: str, codings: Iterable[Coding], outcomes: Iterable[Outcome]
) -> Iterator[Figure]:
    """Precision of the program's flags, and recall from the random sample.

    Only texts that came through the queues `flags` and `sample` count: what was picked
    because it was doubtful says nothing of the rest.
    """
    decided = {o.text_hash: o for o in outcomes if o.outcome in ("yes", "no")}
    drawn: dict[str, tuple[str, int]] = {}
    for coding in codings:
        if coding.text_hash in decided and coding.queue in ("flags", "sample"):
            key = (f"{coding.queue} {coding.stratum}", coding.stratum_texts_count)
            drawn[coding.text_hash] = max(drawn.get(coding.text_hash, key), key)
    flagged = [decided[t] for t in drawn if decided[t].is_program_flag]
    right = sum(outcome.outcome == "yes" for outcome in flagged)
    coders = len({coding.coder_id for coding in codings})
    yield Figure(
        name, "flag", "precision", *wilson(right, len(flagged)),
        len(flagged), right, coders,
    )  # fmt: skip
    yield Figure(
        name, "flag", "recall", *recall(strata(drawn, decided)),
        len(drawn), sum(decided[t].outcome == "yes" for t in drawn), coders,
    )  # fmt: skip


class Stratum(NamedTuple):
    """A part of the archive: how many texts it holds, and what was found in some."""

    name: str
    texts_count: int
    coded_count: int
    found_count: int
    missed_count: int


def strata(
    drawn: Mapping[str, tuple[str, int]], decided: Mapping[str, Outcome]
) -> list[Stratum]:
    """The strata that texts were drawn from, flagged ones apart."""
    sizes: dict[str, int] = {}
    texts: dict[str, list[Outcome]] = defaultdict(list)
    for text_hash, (name, size) in drawn.items():
        sizes[name] = max(size, sizes.get(name, 0))
        texts[name].append(decided[text_hash])
    return [
        Stratum(
            name,
            max(sizes[name], len(own)),
            len(own),
            sum(o.outcome == "yes" and o.is_program_flag for o in own),
            sum(o.outcome == "yes" and not o.is_program_flag for o in own),
        )
        for name, own in sorted(texts.items())
    ]


def recall(parts: Sequence[Stratum]) -> Interval:
    """The share of threats that the program flags, each text weighed by its stratum.

    Unknown unless both flags and texts without one were coded. The interval is a
    parametric bootstrap: shares are drawn from Jeffreys' distribution, because drawing
    texts anew would give no width at all where the sample holds no missed threat.
    """
    queues = {part.name.split()[0] for part in parts}
    if len(queues) < 2 or not any(p.found_count + p.missed_count for p in parts):
        return Interval(math.nan, math.nan, math.nan)
    sizes = np.array([part.texts_count for part in parts], dtype=float)
    coded_counts = np.array([part.coded_count for part in parts], dtype=float)
    found = np.array([part.found_count for part in parts], dtype=float)
    missed = np.array([part.missed_count for part in parts], dtype=float)
    weight = sizes / coded_counts
    threats = float((weight * (found + missed)).sum())
    value = float((weight * found).sum()) / threats
    draws = np.random.default_rng(0)
    share = draws.beta(
        found + missed + 0.5, coded_counts - found - missed + 0.5, (DRAWS, len(parts))
    )
    # Where every text was coded, nothing is left to chance.
    share = np.where(sizes > coded_counts, share, (found + missed) / coded_counts)
    flagged = np.divide(
        found, found + missed, out=np.zeros_like(found), where=found + missed > 0
    )
    total = (share * sizes).sum(axis=1)
    low, high = np.quantile(
        (share * sizes * flagged).sum(axis=1) / total, (0.025, 0.975)
    )
    return Interval(value, min(value, float(low)), max(value, float(high)))


def false_flags(
    codings: Iterable[Coding], outcomes: Iterable[Outcome]
) -> Iterator[Figure]:
    """Of the harmless texts of each class, how many the program flags."""
    decided = {o.text_hash: o for o in outcomes if o.outcome == "no"}
    by_class: dict[str, set[str]] = defaultdict(set)
    coders: dict[str, set[str]] = defaultdict(set)
    for coding in codings:
        if coding.negative_class and coding.text_hash in decided:
            by_class[coding.negative_class].add(coding.text_hash)
            coders[coding.negative_class].add(coding.coder_id)
    for name, texts in sorted(by_class.items()):
        wrong = sum(decided[text_hash].is_program_flag for text_hash in texts)
        yield Figure(
            f"class {name}", "flag", "false flags", *wilson(wrong, len(texts)),
            len(texts), 0, len(coders[name]),
        )  # fmt: skip


def drift(codings: Iterable[Coding]) -> Iterator[Figure]:
    """How often a coder who codes a text again, blind, gives it the same flag."""
    rounds: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for coding in codings:
        is_first = coding.review_round == 1
        if coding.review_pass == "T" and (is_first or coding.queue == "drift"):
            key = (coding.coder_id, coding.text_hash)
            rounds[key][coding.review_round] = coding.values["flag"]
    twice = [
        said[1] == said[max(said)]
        for said in rounds.values()
        if len(said) >= 2 and 1 in said
    ]
    if twice:
        coders = {coder for (coder, _), said in rounds.items() if len(said) >= 2}
        yield Figure(
            POOLED, "flag", "agreement with oneself", *wilson(sum(twice), len(twice)),
            len(twice), 0, len(coders),
        )  # fmt: skip
