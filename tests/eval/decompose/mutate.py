"""Throws damaged documents at `decompose`: it must neither crash nor hang, nor invent words.

    python -m tests.eval.decompose.mutate [--count 5000] [--seed 1] [--only INDEX]

Each input is a labelled document after one to three damages; the same seed and index give the
same input. The exit status is 1 where one failed.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import sys
import time
from typing import TYPE_CHECKING

from tests.eval.decompose.gold import TRAVELLING
from tests.eval.decompose.laws import broken_laws
from tracker.base.errors import UserError
from tracker.files.reader import read_bytes
from tracker.files.reading import Request
from tracker.ops.decompose import decompose_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# a sample of 3,000 characters takes some hundredths of a second: far above it is growth
SECONDS_AT_LEAST = 1.0
SECONDS_A_THOUSAND_CHARACTERS = 0.25
HANG_SECONDS = 300.0
LONGEST = 30_000

_BRACKETS = "（）()【】〔〕[]《》“”"
_WORDS = (
    *(
        "牵头单位：",
        "责任单位：",
        "（责任人：",
        "由",
        "牵头，",
        "配合）",
        "等部门",
        "下同）",
        "会同",
    ),
    *(
        "一、",
        "（一）",
        "1.",
        "①",
        "第十条 ",
        "— 3 —\n",
        "20225月底前",
        "\t",
        "\x0b",
        "\u00a0",
        "\x00",
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutations and print the failures and the slowest input."""
    options = _options(arguments)
    indices = [options.only] if options.only is not None else range(options.count)
    failures, slowest = 0, (0.0, -1)
    for index in indices:
        data = mutated(options.seed, index)
        faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
        started = time.perf_counter()
        faults = list(faults_of(data))
        seconds = time.perf_counter() - started
        faulthandler.cancel_dump_traceback_later()
        failures += bool(faults)
        slowest = max(slowest, (seconds, index))
        for fault in faults:
            print(f"--seed {options.seed} --only {index}: {fault}")
    print(f"{len(indices)} inputs, {failures} failed, slowest {slowest[0]:.2f} s ({slowest[1]})")
    return 1 if failures else 0


def faults_of(data: bytes, *, timed: bool = True) -> Iterator[str]:
    """Yield what is wrong with the result for these bytes.

    Args:
        timed: too much time for the length is a fault; a busy machine may show one that is none.
    """
    try:
        source = read_bytes(data, Request("输入.txt", ".txt"))
    except UserError:
        return  # refused with a sentence
    started = time.perf_counter()
    try:
        result = decompose_source(source)
    except UserError:
        return
    except Exception as fault:  # a crash of any kind is what is looked for
        yield f"{type(fault).__name__}: {fault}"
        return
    taken = time.perf_counter() - started
    allowed = SECONDS_AT_LEAST + SECONDS_A_THOUSAND_CHARACTERS * len(source.flow.text) / 1000
    if timed and taken > allowed:
        yield f"{taken:.1f} s for {len(source.flow.text)} characters"
    yield from broken_laws(result)


def mutated(seed: int, index: int) -> bytes:
    """Return the input of a number: the same whenever asked."""
    chance = random.Random(f"{seed}/{index}")
    paths = sorted(TRAVELLING.glob("*.txt"))
    text = chance.choice(paths).read_bytes().decode("utf-8")
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(MUTATIONS)(text, chance)[:LONGEST]
    data = text.encode("utf-8", errors="surrogatepass")
    return _spoil_bytes(data, chance) if chance.random() < 0.15 else data


def cut(text: str, chance: random.Random) -> str:
    """Return a piece of the text."""
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[start:end]


def lose(text: str, chance: random.Random) -> str:
    """Return the text without some of its characters."""
    share = chance.choice((0.005, 0.05, 0.3))
    return "".join(c for c in text if chance.random() > share)


def shuffle_lines(text: str, chance: random.Random) -> str:
    """Return the lines in another order."""
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def shuffle_characters(text: str, chance: random.Random) -> str:
    """Return a stretch of the text with its characters in another order."""
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    middle = list(text[start:end])
    chance.shuffle(middle)
    return text[:start] + "".join(middle) + text[end:]


def drop_line_breaks(text: str, chance: random.Random) -> str:
    """Return the text in one line."""
    return text.replace("\n", "")


def break_lines(text: str, chance: random.Random) -> str:
    """Return the text broken after every few characters."""
    width = chance.randint(1, 30)
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def deep_brackets(text: str, chance: random.Random) -> str:
    """Return the text with a pile of brackets in it, closed or not."""
    opening = "".join(chance.choice(_BRACKETS[::2]) for _ in range(chance.randint(1, 3000)))
    closing = chance.choice(("", "）" * len(opening), ")" * (len(opening) // 2)))
    at = chance.randrange(len(text) + 1)
    return text[:at] + opening + text[at : at + 40] + closing + text[at + 40 :]


def turn_brackets(text: str, chance: random.Random) -> str:
    """Return the text with its brackets and quotes exchanged for others."""
    return "".join(
        chance.choice(_BRACKETS) if c in _BRACKETS and chance.random() < 0.5 else c for c in text
    )


def strew_words(text: str, chance: random.Random) -> str:
    """Return the text with words of assignment and numbering strewn in."""
    pieces = list(text)
    for _ in range(chance.randint(1, 60)):
        pieces.insert(chance.randrange(len(pieces) + 1), chance.choice(_WORDS))
    return "".join(pieces)


def pile_words(text: str, chance: random.Random) -> str:
    """Return the text with one word of assignment repeated many times."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_WORDS) * chance.randint(50, 2000) + text[at:]


def long_list(text: str, chance: random.Random) -> str:
    """Return the text with one endless list of units."""
    at = chance.randrange(len(text) + 1)
    names = "、".join(f"县第{i}局" for i in range(chance.randint(10, 1500)))
    return f"{text[:at]}责任单位：{names}{text[at:]}"


def repeat(text: str, chance: random.Random) -> str:
    """Return the text ten times."""
    return text * 10


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    *(cut, lose, shuffle_lines, shuffle_characters, drop_line_breaks, break_lines),
    *(deep_brackets, turn_brackets, strew_words, pile_words, long_list, repeat),
)


def _spoil_bytes(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(min(len(spoilt), chance.choice((1, 20, 400)))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Throws damaged documents at decompose.")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="repeat one input")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
