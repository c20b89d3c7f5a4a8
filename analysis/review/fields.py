"""The fields of the coding form, with the key of each choice."""

from typing import NamedTuple

from analysis.review import codebook


class Choice(NamedTuple):
    """One choice; `key` is a KeyboardEvent.code, `sign` what the page prints."""

    value: str
    label: str
    key: str
    sign: str


class Field(NamedTuple):
    """One variable of the codebook; several choices where `is_list`."""

    name: str
    title: str
    choices: list[Choice]
    is_list: bool = False


def _letters(letters: str) -> list[tuple[str, str]]:
    return [(f"Key{letter}", letter.lower()) for letter in letters]


def _field(
    name: str, title: str, values: dict[str, str], keys: list[tuple[str, str]]
) -> Field:
    choices = [
        Choice(value, label, *key)
        for (value, label), key in zip(values.items(), keys, strict=True)
    ]
    return Field(name, title, choices, is_list=name == "codes")


DIGITS = [(f"Digit{digit}", digit) for digit in "1234567890"]
DIGITS.append(("Minus", "-"))
FIELDS = [
    _field("codes", "Threat codes (all that apply)", codebook.CODES, DIGITS),
    _field("voice", "Voice", codebook.VOICES, _letters("QWERTYU")),
    _field("direction", "Direction", codebook.DIRECTIONS, _letters("ASDFG")),
    _field("severity", "Severity", codebook.SEVERITIES, _letters("ZXCVB")),
    _field(
        "polarity",
        "Polarity",
        codebook.POLARITIES,
        [
            *_letters("HJKL"), ("Semicolon", ";"), ("Quote", "'"),
            ("KeyM", "m"), ("Comma", ","), ("Period", "."),
        ],
    ),
    _field(
        "threat_target",
        "Who would be harmed",
        codebook.TARGETS,
        [(f"Shift+{key}", f"⇧{sign}") for key, sign in DIGITS],
    ),
    _field("coder_confidence", "How sure are you", codebook.CONFIDENCES,
           _letters("IOP")),
]  # fmt: skip
SIMPLE_FIELDS = [
    *(field.name for field in FIELDS if not field.is_list),
    "negative_class",
    "review_note",
    "translation",
]
