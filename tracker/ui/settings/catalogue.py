"""Which settings there are: the user's own, those of the opened file, and doors to lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from tracker.base.paths import resource
from tracker.base.resources import load
from tracker.ops.forms import kept_contact
from tracker.ops.office_choices import choose_light_set, keep_contact, light_set, light_sets
from tracker.ui import preferences as keys
from tracker.ui.preferences import Preference, Preferences
from tracker.ui.settings.entries import Choice, Doors, Entry, Folder, Line, Number, Tick
from tracker.ui.theme import SIZES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

LOOKS, WHO, START, BACKUP, FILE, PAPERS, LISTS = (
    *("外观", "操作人", "启动与提醒", "备份"),
    *("本台账", "版式与用语", "可改的名单"),
)
_SIZE_WORDS = ("小", "中", "大")
_LOOK_WORDS = (("system", "跟随系统"), ("light", "浅色"), ("dark", "深色"))


class Catalogue:
    """Makes the settings of a window.

    Args:
        act: does an action of the window, by its method.
        login: the user's name as the system has it.
    """

    def __init__(self, kit: Kit, act: Callable[[str], None], login: str, *, has_tray: bool) -> None:
        self._kit = kit
        self._kept = Preferences(kit.choices)
        self._act = act
        self._login = login
        self._has_tray = has_tray

    def entries(self) -> tuple[Entry, ...]:
        """Return every setting in the order shown."""
        return (
            *self._looks(),
            *self._start(),
            *self._tray(),
            *self._backup(),
            *self._of_file(),
            *self._papers(),
            *self._lists(),
        )

    # The user's own

    def _looks(self) -> tuple[Entry, ...]:
        return (
            Entry(
                "look",
                LOOKS,
                "界面明暗",
                "浅色、深色，或跟随系统；打印和导出不受影响。",
                Choice(
                    lambda: self._kept.get(keys.LOOK), self._put_look, keys.LOOKS[0], _LOOK_WORDS
                ),
                words="主题 皮肤 夜间 黑色 颜色",
            ),
            Entry(
                "text_size",
                LOOKS,
                "字号",
                "窗口里文字的大小，与“视图”菜单里的小字、中字、大字相同。",
                Choice(
                    lambda: str(self._kit.theme.size),
                    self._put_size,
                    str(SIZES[0]),
                    tuple(
                        (str(size), f"{word}（{size}）")
                        for size, word in zip(SIZES, _SIZE_WORDS, strict=True)
                    ),
                ),
                words="大字 小字 字体 大小 老花",
            ),
            Entry(
                "who",
                WHO,
                "操作人",
                "写进每一步操作的留痕；从下一步操作起生效，以前的留痕不变。",
                Line(
                    lambda: self._kept.get(keys.WHO),
                    self._put_who,
                    "",
                    hint=f"{self._login}（登录名）",
                ),
                words="姓名 经办人 用户 留痕",
            ),
        )

    def _start(self) -> tuple[Entry, ...]:
        return (
            Entry(
                "reopen",
                START,
                "打开上次的台账",
                "启动时打开上次的台账，回到当时的专项、页面和任务；下次启动生效。",
                self._tick(keys.REOPEN, "启动时打开"),
                words="启动 开机 恢复 最近 回到",
            ),
            Entry(
                "remind",
                START,
                "打开台账时提醒",
                "窗口上方一行：已逾期、快到期、逾期未反馈各多少，点一下就看；下次打开台账生效。",
                self._tick(keys.REMIND, "打开时提醒"),
                words="启动 逾期 到期 未反馈 提示",
            ),
            Entry(
                "days_ahead",
                START,
                "提前几天提醒",
                "提醒和托盘消息往后看几天；左侧“7天内到期”不受影响。",
                Number(
                    lambda: self._kept.get(keys.DAYS_AHEAD),
                    lambda value: self._kept.put(keys.DAYS_AHEAD, value),
                    keys.DAYS_AHEAD.default,
                    least=keys.DAYS_LEAST,
                    most=keys.DAYS_MOST,
                    suffix="天",
                ),
                words="天数 到期 临期",
            ),
        )

    def _tray(self) -> tuple[Entry, ...]:
        if not self._has_tray:
            return ()
        return (
            Entry(
                "tray",
                START,
                "托盘图标",
                "任务栏右侧放一个图标；有逾期、快到期的，每天提醒一次，点击打开“今日”。",
                self._tick(keys.TRAY, "显示托盘图标"),
                words="通知区 任务栏 右下角 提醒 消息",
            ),
            Entry(
                "stay_in_tray",
                START,
                "关闭窗口时留在托盘",
                "点窗口的关闭不退出，留在托盘里继续提醒；要退出用“文件→退出”。要先显示托盘图标。",
                self._tick(keys.STAY, "留在托盘"),
                words="最小化 关闭 退出 后台",
            ),
        )

    def _backup(self) -> tuple[Entry, ...]:
        doors: tuple[tuple[str, Callable[[], object]], ...] = ()
        office = self._kit.hub.office
        if office is not None:
            folder = _backup_folder(office)
            doors = (
                ("现在备份", lambda: self._act("backup")),
                ("打开文件夹", lambda: _open_folder(folder)),
            )
        place = Entry(
            "backup",
            BACKUP,
            "备份",
            "备份放在台账文件旁边的“备份”文件夹里，文件名带日期和时间；程序不删旧的备份。",
            Doors(doors),
            words="保存 副本 文件夹",
        )
        second = Entry(
            "second_copy",
            BACKUP,
            "另存一份到",
            "每次备份时再存一份到这个文件夹（如 U 盘、共享盘）；它不在时会告知，原来的备份照做。",
            Folder(
                lambda: self._kept.get(keys.SECOND_COPY),
                lambda value: self._kept.put(keys.SECOND_COPY, value),
                "",
                none="不另存",
                ask=lambda: self._kit.messages.ask_folder(
                    "备份另存到哪里", self._kept.get(keys.SECOND_COPY)
                ),
            ),
            words="备份 U盘 优盘 共享 第二份",
        )
        return (place, second) if doors else (second,)

    def _tick(self, key: Preference[bool], word: str) -> Tick:
        return Tick(
            lambda: self._kept.get(key),
            lambda value: self._kept.put(key, value),
            key.default,
            word=word,
        )

    def _put_look(self, look: str) -> None:
        self._kept.put(keys.LOOK, look)
        self._kit.theme.set_dark(self._kept.dark)

    def _put_size(self, size: str) -> None:
        self._kit.theme.set_size(int(size))
        self._kit.choices.set_text_size(int(size))

    def _put_who(self, who: str) -> None:
        self._kept.put(keys.WHO, who)
        self._kit.hub.who = who or self._login

    # Those of the opened file

    def _of_file(self) -> tuple[Entry, ...]:
        sets = light_sets()
        told = "；".join(f"{each.name}：{_legend_of(each.name)}" for each in sets)
        return (
            Entry(
                "lights",
                FILE,
                "亮灯规则",
                f"多少天算临期、逾期。{told}。马上生效，可以撤销；已定稿的各期不变。",
                Choice(
                    lambda: self._of_office(lambda office: light_set(office).name),
                    self._put_lights,
                    sets[0].name,
                    tuple((each.name, each.name) for each in sets),
                ),
                words="红灯 黄灯 绿灯 预警 五级 临期 逾期 阈值",
                in_file=True,
            ),
            Entry(
                "contact",
                FILE,
                "本办联系人",
                "印在反馈表和催报里，各单位有问题找谁；下次发表、催报时用，可以撤销。",
                Line(
                    lambda: self._of_office(kept_contact),
                    self._put_contact,
                    "",
                    hint="姓名 电话",
                ),
                words="电话 咨询 反馈表 催报",
                in_file=True,
            ),
        )

    def _of_office(self, read: Callable[[Office], str]) -> str:
        office = self._kit.hub.office
        return read(office) if office is not None else ""

    def _put_lights(self, name: str) -> None:
        def shown(_outcome: Outcome[str]) -> None:
            if self._kit.hub.filter.lights:  # the other set may have other lights
                self._kit.hub.narrow(lights=frozenset())

        self._write("亮灯规则", choose_light_set, name, shown)

    def _put_contact(self, contact: str) -> None:
        self._write("本办联系人", keep_contact, contact)

    def _write(
        self,
        title: str,
        op: Callable[..., Outcome[str]],
        value: str,
        then: Callable[[Outcome[str]], None] = lambda _outcome: None,
    ) -> None:
        hub, messages = self._kit.hub, self._kit.messages
        if hub.office is None:
            return
        office, who, now = hub.office, hub.who, hub.now

        def done(outcome: Outcome[str]) -> None:
            then(outcome)
            messages.tell(outcome.sentence)

        self._kit.runner.write(title, lambda _: op(office, value, who=who, now=now), done)

    # Doors

    def _papers(self) -> tuple[Entry, ...]:
        if self._kit.hub.office is None:
            return ()
        return (
            self._door(
                "layouts",
                PAPERS,
                "版式",
                "纸张、页边距、字体、字号、各栏的名称和宽窄；改动存在台账里。",
                ("版式…", "edit_layouts"),
                "纸张 字体 栏目 列宽 表格 打印 A4 A3 模板",
            ),
            self._door(
                "wording",
                PAPERS,
                "通报用语",
                "通报里的句子怎么写；改动存在台账里。",
                ("通报用语…", "edit_wording"),
                "通报 措辞 句子",
            ),
            self._door(
                "memory",
                PAPERS,
                "记住的表头",
                "导入时确认过的表头，可以看，可以忘掉。",
                ("记住的表头…", "show_table_memory"),
                "导入 表格 栏目",
            ),
        )

    def _door(
        self, key: str, group: str, name: str, why: str, door: tuple[str, str], words: str
    ) -> Entry:
        label, method = door
        return Entry(key, group, name, why, Doors(((label, lambda: self._act(method)),)), words)

    def _lists(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                f"list.{each['file']}",
                LISTS,
                str(each["name"]),
                f"{each['why']}用记事本改 {each['file']}，重开程序即生效。",
                Doors((("打开所在文件夹", lambda: _open_folder(resource("lights.toml").parent)),)),
                words=f"{each['words']} {each['file']}",
            )
            for each in load("office_lists.toml")["list"]
        )


def _legend_of(name: str) -> str:
    rules = next(each for each in light_sets() if each.name == name)
    return "、".join(
        f"{light.word}（{when}）" for light, when in rules.legend()[: len(rules.bands)]
    )


def _backup_folder(office: Office) -> Path:
    from tracker.ops.upkeep import backup_folder

    return backup_folder(office.path)


def _open_folder(folder: Path) -> None:
    while not folder.is_dir():
        folder = folder.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
