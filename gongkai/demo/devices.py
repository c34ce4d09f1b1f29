"""The register of computers, printers and software, with the year's spot checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from gongkai import clock
from gongkai.assets import actions
from gongkai.assets.models import Device, Licence, SpotCheck
from gongkai.assets.queries import checks_of, still_to_check
from gongkai.assets.rules import PeripheralKind, SoftwareKind, Zone
from gongkai.demo.bureau import Bureau
from gongkai.demo.replay import Replay, days_ago, in_2014

_KEEPERS = "许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳"
_ZONES = ((Zone.INTERNAL_INFORMATION, 20), (Zone.STANDALONE, 2), (Zone.INTRANET, 3))
_COMPUTERS, _NEW = 142, 30
_OLD_SYSTEM, _NEW_SYSTEM = "示例桌面系统 7", "示例桌面系统 8"
_PRINTERS = ((PeripheralKind.LASER, "JG", 10), (PeripheralKind.INKJET, "PM", 30))
_SHARE = 12


@dataclass
class Register:
    """Everything the network security administrator enters."""

    bureau: Bureau

    def enter(self) -> None:
        """The 142 computers with label and custodian; the last thirty are new this year."""
        units = cycle(list(self.bureau.units.values()))
        keepers = cycle(_KEEPERS)
        for number, zone in enumerate(_zones(), start=1):
            new = number > _COMPUTERS - _NEW
            self._enter(number, zone, next(units), f"{next(keepers)}示例", new=new)

    def _enter(self, number: int, zone: Zone, unit: object, keeper: str, *, new: bool) -> None:
        device = actions.register_device(
            self.bureau.agency,
            by=self.bureau.aq,
            number=f"SFJ-PC-{number:03d}",
            kind="laptop" if number % _SHARE == 0 else "desktop",
            unit=unit,  # type: ignore[arg-type]  # the units of the bureau
            zone=zone,
            custodian=keeper,
            in_use_from=clock.today() if new else date(2011 + number % 3, 5, 6),
            facts={
                "maker": "示例电脑",
                "model": "DT-300" if new else "DT-100",
                "operating_system": _NEW_SYSTEM if new else _OLD_SYSTEM,
            },
        )
        text = f"{device.number} {keeper} {device.placements.get().get_zone_display()}"
        actions.label_device(device, by=self.bureau.aq, text=text, on=clock.today())

    def printers(self) -> None:
        """Ten laser and thirty inkjet printers."""
        units = cycle(list(self.bureau.units.values()))
        for kind, letters, count in _PRINTERS:
            for number in range(1, count + 1):
                actions.register_peripheral(
                    self.bureau.agency, by=self.bureau.aq, number=f"SFJ-{letters}-{number:02d}",
                    kind=kind, unit=next(units), in_use_from=date(2012, 3, 1), model="示例打印机",
                )  # fmt: skip

    def software(self) -> None:
        """Genuine systems on the new computers; sixty sets of anti-virus and document software."""
        for title, kind, source in (
            (_NEW_SYSTEM, SoftwareKind.SYSTEM, Licence.Source.PREINSTALLED),
            ("示例杀毒软件", SoftwareKind.ANTIVIRUS, Licence.Source.BOUGHT),
            ("示例公文处理软件", SoftwareKind.DOCUMENT, Licence.Source.BOUGHT),
        ):
            licence = actions.register_licence(
                self.bureau.agency, by=self.bureau.aq, title=title, kind=kind, sets=_NEW,
                acquired_on=clock.today(), vendor="示例软件公司", source=source,
            )  # fmt: skip
            for device in self._newest():
                actions.install(licence, device, by=self.bureau.aq, on=clock.today())

    def _newest(self) -> list[Device]:
        return list(Device.objects.filter(agency=self.bureau.agency).order_by("-number")[:_NEW])

    def plan(self, about: str, size: int) -> None:
        """Draw the machines of a spot check that takes place today."""
        actions.plan_spot_check(
            self.bureau.agency, by=self.bureau.aq, plan=about, on=clock.today(), size=size
        )

    def check(self, *, faults: int, all_but: int = 0) -> None:
        """Enter what was found on the drawn machines of the newest check."""
        check = self._newest_check()
        drawn = still_to_check(check)
        for place, number in enumerate(drawn[: len(drawn) - all_but]):
            wrong = place < faults
            actions.record_check_result(
                check, Device.objects.get(agency=self.bureau.agency, number=number),
                by=self.bureau.aq, passed=not wrong,
                found="病毒库超过一周没有更新" if wrong else "",
            )  # fmt: skip

    def remedy(self) -> None:
        """Every fault of the newest check is put right."""
        for result in self._newest_check().results.filter(passed=False, remedied_on=None):
            actions.record_remedy(
                result, by=self.bureau.aq, remedy="已更新病毒库并设置自动更新", on=clock.today()
            )

    def renew(self) -> None:
        """Six of the oldest computers give way to new ones; one machine has another keeper."""
        old = list(Device.objects.filter(agency=self.bureau.agency).order_by("number")[60:66])
        for place, device in enumerate(old):
            unit = device.placements.latest("start").unit
            today = clock.today()
            actions.retire_device(device, by=self.bureau.aq, on=today, reason="达到使用年限")
            unit = unit if unit.valid_to is None else unit.successor or unit
            self._enter(_COMPUTERS + 1 + place, Zone.INTERNET, unit, "方示例", new=True)
        moved = self._newest()[8]
        actions.hand_over(moved, by=self.bureau.aq, custodian="任示例", on=clock.today())

    def _newest_check(self) -> SpotCheck:
        found = checks_of(self.bureau.agency).first()
        assert found is not None
        return found


def _zones() -> Iterator[Zone]:
    for zone, count in _ZONES:
        yield from [zone] * count
    yield from [Zone.INTERNET] * (_COMPUTERS - sum(count for _, count in _ZONES))


def build_2014(bureau: Bureau, replay: Replay) -> None:
    """Register in spring, checks in each half of the year."""
    register = Register(bureau)
    spring = in_2014("03-17")
    for hour, act in ((9, register.enter), (14, register.printers), (15, register.software)):
        replay.at(spring, hour, 0, act)
    for day, faults in (("04-28", 1), ("07-21", 2), ("10-27", 0)):
        _check(register, replay, in_2014(day), faults)


def build_now(bureau: Bureau, replay: Replay) -> None:
    """Old machines replaced, a check done, and one that is still to be finished."""
    register = Register(bureau)
    replay.at(days_ago(200), 10, 30, register.renew)
    _check(register, replay, days_ago(120), faults=2)
    due = days_ago(1)
    replay.at(due, 9, 5, lambda: register.plan("四季度办公计算机安全抽查", 12))
    replay.at(due, 14, 30, lambda: register.check(faults=1, all_but=7))


def _check(register: Register, replay: Replay, day: date, faults: int) -> None:
    replay.at(day, 9, 0, lambda: register.plan("标签、管理人、联网、杀毒软件、正版软件", 15))
    replay.at(day, 14, 0, lambda: register.check(faults=faults))
    replay.at(day, 16, 30, register.remedy)
