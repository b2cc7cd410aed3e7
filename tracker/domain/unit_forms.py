"""The ways names of units are written, made ready for telling which names may be one unit.

The words are data (`resources/unit_words.toml`, and what `resources/offices.toml` knows besides);
whoever reads the files hands them over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MAIN = ""
"""The relation of a name that is the office's short or full name."""
OLD, WIDER, OTHER = "old", "wider", "other"
_LOOSE = str.maketrans("", "", "和与及")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write the name of an office, without its level.

    Attributes:
        office: the usual short name.
        group: names of one group are the same name, written differently.
        end: what it ends with where the place decides (局, 委), else empty.
        relation: `MAIN`, `OLD`, `WIDER` (a merged office) or `OTHER`.
    """

    office: str
    group: int
    end: str = ""
    relation: str = MAIN


@dataclass(frozen=True, slots=True)
class UnitForms:
    """The words of `unit_words.toml`, shaped for looking up.

    Attributes:
        spellings: a name without its level, as `loose` leaves it → the offices that it may mean.
        not_levels: words that begin like a level (市场).
        not_places: words that end like a place before 区, 市 (开发区).
        fronts, loose_fronts: what certainly, or most likely, says nothing new before a name.
        duties: what a bracket may say about the work alone.
        inner: how the name of a part of a unit ends.
        fillers: words that may be missing.
        words: full words and their short ones, the longest first.
        loose_words: the same, where the short word may stand for others too.
        branches: a part of a unit → the short names of the offices it may belong to.
        misread: a sign → those that it is easily written for.
    """

    spellings: dict[str, tuple[Spelling, ...]]
    not_levels: frozenset[str]
    not_places: tuple[str, ...]
    fronts: tuple[str, ...]
    loose_fronts: tuple[str, ...]
    duties: frozenset[str]
    inner: tuple[str, ...]
    fillers: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    loose_words: tuple[tuple[str, str], ...]
    branches: dict[str, frozenset[str]]
    misread: dict[str, str]

    def meant(self, name: str) -> tuple[Spelling, ...]:
        """Return the offices that a name without its level may mean."""
        return self.spellings.get(loose(name), ())

    def shortened(self, text: str) -> str:
        """Return `text` with its long words made short, for comparing it."""
        return _replaced(text, self.words)

    def loosened(self, text: str) -> str:
        """Return `text` with those long words made short that have other short forms too."""
        return _replaced(text, self.loose_words)


def _replaced(text: str, words: tuple[tuple[str, str], ...]) -> str:
    for long, short in words:
        text = text.replace(long, short)
    return text


def loose(name: str) -> str:
    """Return `name` without the words that full names put between their parts or not."""
    return name[:1] + name[1:].translate(_LOOSE)


def read_unit_forms(
    data: Mapping[str, Any],  # Any: parsed TOML
    offices: Mapping[str, Any] | None = None,
) -> UnitForms:
    """Return the forms of the parsed lists.

    Args:
        data: `unit_words.toml`.
        offices: `offices.toml`; what only this one knows makes names likely, never the same.

    Raises:
        FileProblem: an entry is missing or has the wrong kind.
    """
    try:
        return _forms(data, offices or {})
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise FileProblem(
            "资料“unit_words.toml”的写法有误",
            f"有一段缺项或写错：{error}",
            "请改正该文件或重新安装程序",
        ) from error


def _forms(data: Mapping[str, Any], offices: Mapping[str, Any]) -> UnitForms:
    found: dict[str, list[Spelling]] = {}
    group = 0
    for group, (names, spelling) in enumerate(_spellings(data["office"], data["ends"])):
        for name in names:
            _add(found, name, Spelling(spelling.office, group, spelling.end, spelling.relation))
    _add_offices(found, offices.get("names", {}), group + 1)
    listed = (*data["misread"], *offices.get("misread", {}).get("pairs", ()))
    misread: dict[str, str] = {}
    for wrong, right in listed:
        misread[wrong] = misread.get(wrong, "") + right
    branches: dict[str, set[str]] = {}
    for office, parts in data["branches"].items():
        for part in parts:
            branches.setdefault(part, set()).add(office)
    return UnitForms(
        {name: tuple(spellings) for name, spellings in found.items()},
        frozenset(data["not_levels"]),
        tuple(data["not_places"]),
        tuple(data["fronts"]),
        tuple(data["loose_fronts"]),
        frozenset(data["duties"]),
        tuple(data["inner"]),
        tuple(data["fillers"]),
        _longest_first(data["words"]),
        _longest_first(data["loose_words"]),
        {part: frozenset(parents) for part, parents in branches.items()},
        misread,
    )


def _longest_first(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(words.items(), key=lambda pair: -len(pair[0])))


def _spellings(
    offices: Iterable[Mapping[str, Any]], ends: Mapping[str, Iterable[str]]
) -> Iterator[tuple[list[str], Spelling]]:
    """Yield each group of names with the spelling they share; its group is not set yet."""
    for office in offices:
        words = office["words"]
        usual = office.get("ends", [""])
        short = words[0] + usual[0]
        for end in usual:
            names = [word + each for word in words for each in (end, *ends.get(end, ()))]
            yield _party(office, names), Spelling(short, 0, end)
        for relation in (OLD, WIDER, OTHER):
            for names in office.get(relation, ()):
                yield _party(office, names), Spelling(short, 0, "", relation)


def _party(office: Mapping[str, Any], names: list[str]) -> list[str]:
    """Return the names, for an office of the party with 委 before them too."""
    return [*names, *(f"委{name}" for name in names)] if office.get("party") else [*names]


def _add_offices(
    found: dict[str, list[Spelling]], listed: Mapping[str, Iterable[str]], group: int
) -> None:
    """Add what `offices.toml` knows besides."""
    listed_here = set(found)
    for short, others in listed.items():
        known = found.get(loose(short), [])
        if not known:
            _add(found, short, Spelling(short, group))
        office = known[0].office if known and short not in {e.office for e in known} else short
        for other in others:
            group += 1
            if loose(other) not in listed_here:
                _add(found, other, Spelling(office, group, "", OTHER))
        group += 1


def _add(found: dict[str, list[Spelling]], name: str, spelling: Spelling) -> None:
    meant = found.setdefault(loose(name), [])
    if not any(each.office == spelling.office for each in meant):
        meant.append(spelling)
