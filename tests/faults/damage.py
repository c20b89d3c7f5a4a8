"""Ways in which a file comes to harm."""

import random
from collections.abc import Callable
from pathlib import Path

Harm = Callable[[bytes, random.Random], bytes]


def cut(content: bytes, chance: random.Random) -> bytes:
    """The file breaks off."""
    return content[: chance.randrange(len(content))]


def emptied(content: bytes, chance: random.Random) -> bytes:
    """Nothing is left."""
    return b""


def garbage(content: bytes, chance: random.Random) -> bytes:
    """Other bytes of the same length."""
    return chance.randbytes(len(content))


def flipped(content: bytes, chance: random.Random) -> bytes:
    """One bit is another."""
    place, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
    return content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]


def zeroed(content: bytes, chance: random.Random) -> bytes:
    """A stretch reads as zeros, as after a power cut."""
    start = chance.randrange(len(content))
    end = min(len(content), start + 4096)
    return content[:start] + bytes(end - start) + content[end:]


HARMS: tuple[Harm, ...] = (cut, emptied, garbage, flipped, zeroed)


def harm(path: Path, chance: random.Random, number: int) -> bytes:
    """Do the `number`th kind of harm to a file; what it held before."""
    content = path.read_bytes()
    path.write_bytes(HARMS[number % len(HARMS)](content, chance))
    return content
