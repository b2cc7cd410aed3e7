"""A unit's name taken apart: whose unit it is, what kind, and its name without the rest."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.unit import LEVELS, UnitRow, name_key
from tracker.domain.unit_forms import MAIN, WIDER, Spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.unit_forms import UnitForms

COUNTIES = "县区旗"
"""The levels of which a county's own list leaves out the first character."""
_CITIES = "市州盟省"
_ZONES = "区市"

_LEVEL_SIGNS = "".join(LEVELS)

_TOWN = re.compile(
    r"(?P<name>.{1,8}?)(?:(?P<town>民族乡|镇|乡|苏木)(?:人民政府|政府)?"
    r"|(?P<street>街道)(?:办事处|办|人民政府)?)"
)
_PLACE = re.compile(
    r"(?P<stem>[^局委办部院和与及、各]{2,4}?)"
    r"(?P<level>自治州|自治县|自治旗|省|市|州|盟|县|区|旗)(?=.)"
)
_BRACKET = re.compile(r"(?P<name>.+)\((?P<aside>[^()]*)\)")
_YOUTH = re.compile(
    rf"(?:共青团(?P<named>(?:.*[{_LEVEL_SIGNS}])?)|团(?P<place>(?:.{{2,}})?[{_LEVEL_SIGNS}]))委(?:员会)?"
)
_PARTY = re.compile(rf"(?<=[{_LEVEL_SIGNS}])委员会(?=.)")
_LOCAL_OFFICE = re.compile(r"(?P<office>.+?局)(?P<stem>[^第].{1,2}?)(?:县|区|旗|市)?分局")
_NUMBERED = re.compile(r"第(?P<number>[一二三四五六七八九十〇百]+)(?P<kind>中|小)学")
_SCHOOL = re.compile(r"[一二三四五六七八九十\d]+[中小]")
_END = re.compile(r"(?<=.)(?:办公室|委员会)$")
_COMPANY = re.compile(r"(?:有限公司|股份|控股|集团|分公司|公司)+$")
_JOINED = re.compile(r"[、，,;；/]")
_SHORTEST_TOWN = 2
"""Fewer signs than this name no town: 市桥街道 is not the 桥街道 of a 市."""
_SHORTEST_MENDED = 4
"""In a shorter name that is no known office's, no sign is held for a slip of the pen."""
_LONGEST_BARE = 2
"""A name of so many signs at the head of a longer one (政府征兵办) is not its parent."""
_GOVERNMENT = ("人民政府", "政府")
_BOUND = ("委", "直")
_OFFICE_ENDS, _UNIT_ENDS = "局委", "局委办部院会"
_TRAILING = "。.,，;；:：、"
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


INNER_TOWN = re.compile(r"(?<=..)(?:镇|乡|街道)(?=..)")
"""A town's kind inside a name, which may be left out (石桥镇卫生院, 石桥卫生院)."""


class Kind(StrEnum):
    """What a name names."""

    OFFICE = "office"
    TOWN = "town"
    BRANCH = "branch"
    COMPANY = "company"
    COLLECTIVE = "collective"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose unit it is, as far as the name says.

    Attributes:
        level: 省, 市, 县 …; empty where the name leaves it out.
        name: the place by its name (云岭县); empty for a level alone.
        upper: the place that it belongs to, where that is named before it.
        is_home: whether the name is that of the office's own place.
    """

    level: str = ""
    name: str = ""
    upper: str = ""
    is_home: bool = False

    @property
    def is_left_out(self) -> bool:
        """Whether the name says nothing of its place."""
        return not (self.level or self.name or self.is_home)


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart.

    Attributes:
        key: the name without blanks.
        core: what it is compared by, within its kind.
        bare: the name without its place, as written.
        spellings: for an office which it may be; for a branch, whose it may be.
        town: 镇, 乡 or 街道.
        aside: what stands in brackets behind the name.
        is_joint: several units in one name.
        is_local: an office of the upper level for this place (市公安局云岭分局).
        front: a word before the name that says little (国网).
    """

    key: str
    kind: Kind
    core: str
    bare: str
    place: Place = field(default_factory=Place)
    spellings: tuple[Spelling, ...] = ()
    town: str = ""
    aside: str = ""
    is_joint: bool = False
    is_local: bool = False
    front: str = ""

    @property
    def shown(self) -> str:
        """The name as the clerk knows it: without its level, but not 委办公室 or 直机关工委."""
        return self.key if self.bare.startswith(_BOUND) else self.bare


def _short_end(found: re.Match[str]) -> str:
    return found[0][0]


def company_root(core: str) -> str:
    """Return a company's name without the words that say that it is one."""
    return _COMPANY.sub("", core)


class NameReader:
    """Takes names apart; each name once."""

    def __init__(self, forms: UnitForms, home: str = "") -> None:
        """Take the words and the name of the office's own county, city or district, if known."""
        self.forms = forms
        self.home = name_key(home)
        for front in forms.fronts:
            self.home = self.home.removeprefix(front)
        self._stem = self.home[:-1] if self.home[-1:] in LEVELS and len(self.home) > 2 else ""
        self._read: dict[str, Parts] = {}
        self._groups: dict[str, int] = {}
        self._mended: dict[str, tuple[tuple[str, str, Parts], ...]] = {}

    def parts(self, name: str) -> Parts:
        """Return the parts of a name."""
        if name not in self._read:
            self._read[name] = self._parts(_unified(name))
        return self._read[name]

    def mended(self, name: str) -> tuple[tuple[str, str, Parts], ...]:
        """Return what a name means where a sign of it was taken for another.

        Returns:
            the sign as written, the one meant, the parts of the name with it; nothing where the
            name as written is that of a known office, a town or a company.
        """
        if name not in self._mended:
            self._mended[name] = tuple(self._find_mended(self.parts(name)))
        return self._mended[name]

    def marks(self, parts: Parts) -> Iterator[tuple[str, str]]:
        """Yield what two names share that may be one unit; for finding pairs without comparing."""
        if parts.is_joint or parts.kind is Kind.COLLECTIVE:
            yield "whole", parts.key
        elif parts.kind is Kind.OFFICE:
            yield from (("office", each.office) for each in parts.spellings)
            yield "part", parts.core
            yield "filled", self.unfilled(parts.core)
        elif parts.kind is Kind.BRANCH:
            yield from ((each.office, parts.core) for each in parts.spellings)
            if parts.core in self.forms.branches:
                yield "part", parts.core
        elif parts.kind is Kind.COMPANY:
            yield "company", company_root(self.forms.loosened(parts.core))
        elif parts.kind is Kind.TOWN:
            yield "town", parts.core
        else:
            yield "part", parts.core
            yield "filled", self.unfilled(parts.core)

    def unfilled(self, core: str) -> str:
        """Return a core without the words that may be missing from it."""
        core = self.forms.loosened(core)
        for filler in self.forms.fillers:
            core = core.replace(filler, "")
        return INNER_TOWN.sub("", core)

    def _find_mended(self, parts: Parts) -> Iterator[tuple[str, str, Parts]]:
        if parts.kind not in {Kind.TEXT, Kind.BRANCH} or parts.is_joint:
            return
        for at, sign in enumerate(parts.key):
            for right in self.forms.misread.get(sign, ""):
                other = self.parts(parts.key[:at] + right + parts.key[at + 1 :])
                if other.kind is Kind.OFFICE or len(other.core) >= _SHORTEST_MENDED:
                    yield sign, right, other

    def _parts(self, key: str) -> Parts:
        if UnitRow(0, key).is_collective:
            return Parts(key, Kind.COLLECTIVE, key, key)
        name, aside = self._aside(key)
        name, front = self._front(name)
        place, bare = self._place(name)
        if _JOINED.search(bare) and not self.forms.meant(bare):
            return Parts(key, Kind.TEXT, key, key, aside=aside, is_joint=True)
        bare = self._without_government(bare)
        place, bare, is_local = self._local(name, place, bare)
        found = self._kind(key, bare)
        return replace(found, place=place, aside=aside, front=front, is_local=is_local)

    def _aside(self, key: str) -> tuple[str, str]:
        found = _BRACKET.fullmatch(key)
        if found is None:
            return key, ""
        aside = found["aside"]
        return found["name"], "" if aside in self.forms.duties else aside

    def _front(self, name: str) -> tuple[str, str]:
        youth = _YOUTH.fullmatch(name)
        if youth is not None:
            return f"{youth['place'] or youth['named'] or ''}团委", ""
        for front in self.forms.fronts:
            if name.startswith(front) and len(name) > len(front) + 1:
                name = name.removeprefix(front)
        name = _PARTY.sub("委", name, count=1)
        for front in self.forms.loose_fronts:
            if name.startswith(front) and len(name) > len(front) + 3:
                return name.removeprefix(front), front
        return name, ""

    def _without_government(self, bare: str) -> str:
        """Leave 政府 out before an office: 政府金融办 is 金融办, 政府办 has its own entry."""
        for front in _GOVERNMENT:
            rest = bare.removeprefix(front)
            if rest != bare and self._is_known(rest) and not self._is_known(bare):
                return rest
        return bare

    def _place(self, name: str) -> tuple[Place, str]:
        """Return whose unit it is, and the rest of the name."""
        upper = ""
        while True:
            if self.home and name.startswith(self.home) and len(name) > len(self.home):
                return Place(self.home[-1], "", upper, True), self._behind_home(name)
            if self._is_known(name):
                return Place(upper[-1:], upper), name
            stemless = name.removeprefix(self._stem) if self._stem else name
            if stemless != name and self.forms.meant(stemless):
                return Place(self.home[-1], "", upper, True), stemless
            if name[:1] in LEVELS and self._is_level(name):
                twice = upper[-1:] == name[0]  # 云岭县县委办 says it twice, 江州市县委办 does not
                place = Place(name[0], upper) if twice else Place(name[0], "", upper)
                return place, name[1:]
            found = _PLACE.match(name)
            if found is None or not self._is_place(found, name[found.end() :]):
                return Place(upper[-1:], upper), name
            if upper:
                return Place(found["level"][-1], found[0], upper), name[found.end() :]
            upper, name = found[0], name[found.end() :]

    def _behind_home(self, name: str) -> str:
        """Return what stands behind the own place's name, without its level said once more."""
        rest = name[len(self.home) :]
        return rest[1:] if rest[0] == self.home[-1] and self._is_known(rest[1:]) else rest

    def _is_known(self, name: str) -> bool:
        return bool(self.forms.meant(name))

    def _is_level(self, name: str) -> bool:
        rest = name[1:]
        if self._is_known(rest) or _SCHOOL.fullmatch(rest):
            return True
        town = _TOWN.fullmatch(rest)
        if town is not None and len(town["name"]) < _SHORTEST_TOWN:
            return False
        return len(rest) > 2 and name[:2] not in self.forms.not_levels

    def _is_place(self, found: re.Match[str], rest: str) -> bool:
        if found["level"] in _ZONES and found["stem"].endswith(self.forms.not_places):
            return False
        surely = self._is_known(rest) or _TOWN.fullmatch(rest) is not None
        return surely or (len(found["stem"]) == 2 and len(rest) > 2)

    def _local(self, name: str, place: Place, bare: str) -> tuple[Place, str, bool]:
        """Read an office of the upper level for a place (市公安局云岭分局) as that place's."""
        if place.is_home:
            return place, bare, bool(place.upper) and self.home not in name
        upper = place.name or place.level
        if upper == self.home[-1:]:
            return place, bare, False
        if upper[-1:] in tuple(_CITIES):
            found = _LOCAL_OFFICE.fullmatch(bare)
            if found is not None and self._is_known(found["office"]):
                if self._stem and found["stem"] == self._stem:
                    return Place(self.home[-1], "", upper, True), found["office"], True
                return Place("", found["stem"], upper), found["office"], True
        return place, bare, False

    def _merged(self, bare: str) -> tuple[Spelling, ...]:
        """Return the offices of which a name says that they were joined (商务和投资促进局)."""
        found: list[Spelling] = []
        for at in (at for at, sign in enumerate(bare) if sign == "和" and bare[-1] in _OFFICE_ENDS):
            if bare[at - 1] in _UNIT_ENDS:
                return ()  # 水利局和财政局 are two
            group = self._groups.setdefault(bare, -1 - len(self._groups))
            for part in (bare[:at] + bare[-1], bare[at + 1 :]):
                mains = (each for each in self.forms.meant(part) if each.relation == MAIN)
                found += [Spelling(each.office, group, "", WIDER) for each in mains]
        return tuple(found)

    def _kind(self, key: str, bare: str) -> Parts:
        meant = self.forms.meant(bare) or self._merged(bare)
        core = self._core(bare)
        if meant:
            return Parts(key, Kind.OFFICE, core, bare, spellings=meant)
        town = _TOWN.fullmatch(bare)
        if town is not None:
            sort = town["town"] or town["street"]
            return Parts(key, Kind.TOWN, town["name"], bare, town=sort)
        if bare.endswith(("公司", "集团")):
            core = core.replace("集团有限公司", "集团").replace("有限公司", "公司")
            return Parts(key, Kind.COMPANY, core, bare)
        for end in range(len(bare) - 2, 2, -1):
            parents = self.forms.meant(bare[:end])
            if parents and len(self.forms.shortened(bare[:end])) > _LONGEST_BARE:
                return Parts(key, Kind.BRANCH, self._core(bare[end:]), bare, spellings=parents)
        return Parts(key, Kind.TEXT, core, bare)

    def _core(self, bare: str) -> str:
        text = bare.replace("与", "和").replace("及", "和").translate(_DIGITS)
        text = _END.sub(_short_end, self.forms.shortened(text))
        return _NUMBERED.sub(r"\g<number>\g<kind>", text)


def _unified(name: str) -> str:
    return name_key(unicodedata.normalize("NFKC", name)).rstrip(_TRAILING)
