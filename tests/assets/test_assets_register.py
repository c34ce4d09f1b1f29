from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from acts import found_off_the_record, on_record, verbs
from django.db import IntegrityError, transaction
from people import Bureau, small_bureau

from gongkai import clock
from gongkai.assets import actions, queries
from gongkai.assets.actions import devices, software, spot_checks
from gongkai.assets.models import Custody, Device, Installation, Licence, Peripheral
from gongkai.clock import SHANGHAI
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import live_fault
from gongkai.refusal import NotPermitted, Refused

pytestmark = pytest.mark.django_db

TODAY = date(2014, 11, 21)


@pytest.fixture(autouse=True)
def _day():
    with clock.set_to(datetime(2014, 11, 21, 10, tzinfo=SHANGHAI)):
        yield


@pytest.fixture
def bureau(db) -> Bureau:
    return small_bureau()


def keep(bureau: Bureau, number: str = "XF-001", **facts: Any) -> Device:
    given = {
        "by": bureau.network_security,
        "kind": "desktop",
        "unit": bureau.lawyers,
        "zone": "internet",
        "custodian": "赵一",
        "in_use_from": date(2014, 3, 1),
        **facts,
    }
    return actions.register_device(bureau.agency, number=number, **given)


def licence(bureau: Bureau, sets: int = 1, **facts: Any) -> Licence:
    given = {"title": "某杀毒软件", "kind": "antivirus", "acquired_on": date(2014, 2, 1), **facts}
    return actions.register_licence(bureau.agency, by=bureau.network_security, sets=sets, **given)


def check(bureau: Bureau, size: int = 1) -> Any:
    return actions.plan_spot_check(
        bureau.agency, by=bureau.network_security, plan="十一月安全抽查", on=TODAY, size=size
    )


def test_the_year_of_the_bureau_is_counted(bureau: Bureau) -> None:
    zones = ["internal_information"] * 20 + ["standalone"] * 2 + ["intranet"] * 3
    for n in range(142):
        zone = zones[n] if n < len(zones) else "internet"
        device = keep(bureau, f"XF-{n:03}", zone=zone)
        actions.label_device(
            device, by=bureau.network_security, text=f"XF-{n:03} 赵一", on=date(2014, 3, 2)
        )
    for n in range(40):
        actions.register_peripheral(
            bureau.agency, by=bureau.network_security, number=f"DY-{n:03}", unit=bureau.office,
            kind="laser" if n < 10 else "inkjet", in_use_from=date(2014, 3, 1),
        )  # fmt: skip
    licence(bureau, 30)
    licence(bureau, 30, title="某公文处理软件", kind="document")
    licence(bureau, 142, title="某操作系统", kind="system")

    assert queries.figures(bureau.agency, TODAY) == {
        "computers": {
            "total": 142,
            "internal_information": 20,
            "standalone": 2,
            "intranet": 3,
            "labelled": 142,
            "with_custodian": 142,
        },
        "printers": {"laser": 10, "inkjet": 30},
        "software": {"sets": 60},
    }
    before = queries.figures(bureau.agency, date(2014, 3, 1))
    assert before["computers"]["total"] == 142
    assert before["computers"]["labelled"] == 0
    assert queries.figures(bureau.agency, date(2014, 1, 31)) == {
        "computers": dict.fromkeys(before["computers"], 0),
        "printers": {"laser": 0, "inkjet": 0},
        "software": {"sets": 0},
    }
    assert live_fault()[1] is None


def test_every_figure_opens(bureau: Bureau) -> None:
    keep(bureau, zone="intranet")
    licence(bureau, 7)
    for part, cells in queries.figures(bureau.agency, TODAY).items():
        for name, value in cells.items():
            rows = queries.rows_behind(f"{part}.{name}", bureau.agency, TODAY)
            listed = sum(row.sets for row in rows) if part == "software" else len(rows)
            assert listed == value, name
    [row] = queries.rows_behind("computers.intranet", bureau.agency, TODAY)
    assert (row.zone, row.connection, row.unit_name, row.custodian) == (
        "intranet", "intranet", "律师管理处", "赵一",
    )  # fmt: skip
    with pytest.raises(Refused, match="没有"):
        queries.rows_behind("computers.blue", bureau.agency, TODAY)


def test_a_figure_counts_the_own_bureau_only(bureau: Bureau) -> None:
    keep(bureau)
    other = small_bureau("other", "某某区司法局")
    assert queries.figures(other.agency, TODAY)["computers"]["total"] == 0
    with pytest.raises(NotPermitted):
        keep(bureau, "XF-002", by=other.network_security)
    with pytest.raises(Refused, match="不是本机关"):
        keep(bureau, "XF-002", unit=other.lawyers)


def test_past_days_keep_their_figures(bureau: Bureau) -> None:
    device = keep(bureau, zone="internal_information")
    by = bureau.network_security
    actions.label_device(device, by=by, text="XF-001 内部", on=date(2014, 3, 5))
    actions.move_device(device, by=by, unit=bureau.office, zone="internet", on=date(2014, 6, 1))
    actions.label_device(device, by=by, text="XF-001 互联网", on=date(2014, 6, 2))
    actions.hand_over(device, by=by, custodian="钱二", on=date(2014, 7, 1))
    actions.retire_device(device, by=by, on=date(2014, 9, 1), reason="主板损坏")

    def seen(on: date) -> list[tuple[str, ...]]:
        rows = queries.devices_in_use(bureau.agency, on)
        return [(r.zone, r.unit_name, r.custodian) for r in rows]

    internal = ("internal_information", "律师管理处", "赵一")
    assert seen(date(2014, 5, 31)) == [internal]
    assert seen(date(2014, 6, 1)) == [("internet", "办公室", "赵一")]
    assert seen(date(2014, 7, 1)) == [("internet", "办公室", "钱二")]
    assert seen(date(2014, 8, 31)) == [("internet", "办公室", "钱二")]
    assert seen(date(2014, 9, 1)) == []
    on = date(2014, 4, 1)
    assert queries.figures(bureau.agency, on)["computers"]["internal_information"] == 1
    assert queries.figures(bureau.agency, on)["computers"]["labelled"] == 1


def test_a_device_has_exactly_one_custodian(bureau: Bureau) -> None:
    device = keep(bureau)
    for day, who in ((1, "钱二"), (1, "孙三"), (9, "李四")):
        actions.hand_over(device, by=bureau.network_security, custodian=who, on=date(2014, 4, day))
    assert Custody.objects.filter(device=device, end=None).count() == 1
    for on in (date(2014, 3, 1), date(2014, 4, 1), date(2014, 4, 9), TODAY):
        assert queries.rows_behind("computers.with_custodian", bureau.agency, on).count() == 1
    assert queries.custody_of(device).person == "李四"
    with pytest.raises(IntegrityError), transaction.atomic():
        Custody.objects.create(device=device, person="周五", start=TODAY)


def test_the_custodian_may_be_a_person_who_logs_in(bureau: Bureau) -> None:
    device = keep(bureau, custodian="", custodian_user=bureau.liaison)
    assert queries.custody_of(device).person == bureau.liaison.get_full_name()


def test_no_more_sets_than_bought(bureau: Bureau) -> None:
    bought = licence(bureau, 2)
    machines = [keep(bureau, f"XF-{n}") for n in range(3)]
    by, on = bureau.network_security, date(2014, 4, 1)
    first = actions.install(bought, machines[0], by=by, on=on)
    actions.install(bought, machines[1], by=by, on=on)
    with pytest.raises(Refused, match="全部用完"):
        actions.install(bought, machines[2], by=by, on=on)
    actions.uninstall(first, by=by, on=date(2014, 5, 1))
    actions.install(bought, machines[2], by=by, on=date(2014, 5, 1))
    actions.retire_device(machines[1], by=by, on=date(2014, 6, 1), reason="报废")
    assert Installation.objects.filter(licence=bought, end=None).count() == 1


def test_the_spot_check_is_drawn_by_nobody(bureau: Bureau) -> None:
    for n in range(30):
        keep(bureau, f"XF-{n:02}")
    drawn = check(bureau, 5)
    announced = Entry.objects.get(verb="check.planned")
    assert drawn.seed == announced.hash
    assert announced.data["of"] == 30
    assert len(drawn.drawn) == 5
    assert queries.is_honest(drawn)
    assert list(queries.checks_of(bureau.agency)) == [drawn]
    keep(bureau, "XF-99")
    drawn.refresh_from_db()
    assert queries.is_honest(drawn), "the list is frozen"
    drawn.drawn[0] = next(n for n in drawn.population if n not in drawn.drawn)
    assert not queries.is_honest(drawn)


def test_what_was_found_is_followed_until_it_is_put_right(bureau: Bureau) -> None:
    keep(bureau)
    keep(bureau, "XF-002")
    drawn = check(bureau, 2)
    by = bureau.network_security
    assert queries.still_to_check(drawn) == ["XF-001", "XF-002"]
    good, bad = Device.objects.all()
    actions.record_check_result(drawn, good, by=by, passed=True)
    result = actions.record_check_result(drawn, bad, by=by, passed=False, found="未装杀毒软件")
    assert queries.still_to_check(drawn) == []
    assert list(queries.not_remedied(bureau.agency)) == [result]
    actions.record_remedy(result, by=by, remedy="已安装", on=TODAY)
    assert not queries.not_remedied(bureau.agency).exists()


BAD: dict[str, tuple[Callable[[Bureau], Any], str]] = {
    "no number": (lambda b: keep(b, "  "), "请填写资产编号"),
    "number taken": (lambda b: (keep(b), keep(b)), "已在台账中"),
    "no custodian": (lambda b: keep(b, custodian=" "), "请填写管理人"),
    "internal on the net": (
        lambda b: keep(b, zone="internal_information", connection="internet"),
        "办公不上网",
    ),
    "from tomorrow": (lambda b: keep(b, in_use_from=date(2014, 11, 22)), "不能晚于今天"),
    "too long": (lambda b: keep(b, "9" * 41), "资产编号填写有误"),
    "unknown kind": (lambda b: keep(b, kind="abacus"), "类型填写有误"),
    "moved onto the net": (
        lambda b: actions.move_device(
            keep(b, zone="standalone"),
            by=b.network_security,
            unit=b.office,
            zone="standalone",
            connection="intranet",
            on=TODAY,
        ),
        "请改为不联网",
    ),
    "handed over before": (
        lambda b: actions.hand_over(
            keep(b), by=b.network_security, custodian="钱二", on=date(2014, 2, 1)
        ),
        "不能早于",
    ),
    "retired without a reason": (
        lambda b: actions.retire_device(keep(b), by=b.network_security, on=TODAY, reason=""),
        "请写明",
    ),
    "empty label": (
        lambda b: actions.label_device(keep(b), by=b.network_security, text=" ", on=TODAY),
        "请填写标签",
    ),
    "no sets": (lambda b: licence(b, 0), "至少为 1"),
    "same title, other kind": (
        lambda b: (licence(b), licence(b, kind="document")),
        "请选择同一类别",
    ),
    "installed twice": (
        lambda b: [
            actions.install(one, device, by=b.network_security, on=TODAY)
            for one, device in [(licence(b, 5), keep(b))] * 2
        ],
        "无需重复",
    ),
    "check of too many": (lambda b: (keep(b), check(b, 2)), "1 至 1"),
    "check of a machine that was not drawn": (
        lambda b: (
            keep(b),
            actions.record_check_result(
                check(b), keep(b, "XF-002"), by=b.network_security, passed=True
            ),
        ),
        "不在本次抽中",
    ),
    "failed, and nothing said": (
        lambda b: actions.record_check_result(
            *reversed((keep(b), check(b))), by=b.network_security, passed=False
        ),
        "请写明发现的问题",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_entries_are_refused_and_told_what_to_do(bureau: Bureau, name: str) -> None:
    act, message = BAD[name]
    with pytest.raises(Refused, match=message):
        act(bureau)


def test_a_retired_device_does_not_change(bureau: Bureau) -> None:
    device, by = keep(bureau), bureau.network_security
    actions.retire_device(device, by=by, on=TODAY, reason="报废")
    for act in (
        lambda: actions.hand_over(device, by=by, custodian="钱二", on=TODAY),
        lambda: actions.label_device(device, by=by, text="x", on=TODAY),
        lambda: actions.move_device(device, by=by, unit=bureau.office, zone="intranet", on=TODAY),
        lambda: actions.retire_device(device, by=by, on=TODAY, reason="再报废"),
        lambda: actions.install(licence(bureau), device, by=by, on=TODAY),
    ):
        with pytest.raises(Refused, match="报废"):
            act()


Act = Callable[[Bureau, Any], Any]


def _printer(b: Bureau) -> Peripheral:
    return actions.register_peripheral(
        b.agency, by=b.network_security, number="DY-1", kind="laser", unit=b.office,
        in_use_from=TODAY,
    )  # fmt: skip


def _installed(b: Bureau) -> Installation:
    return actions.install(licence(b), keep(b), by=b.network_security, on=TODAY)


def _failed(b: Bureau) -> Any:
    device = keep(b)
    return actions.record_check_result(
        check(b), device, by=b.network_security, passed=False, found="无杀毒软件"
    )


# For each verb: what must be there before, and the act by somebody.
ACTS: dict[str, tuple[Callable[[Bureau], Any], Callable[[Bureau, Any, Any], Any]]] = {
    "register_device": (lambda b: None, lambda b, x, by: keep(b, by=by)),
    "correct_device": (
        keep,
        lambda b, x, by: actions.correct_device(x, by=by, facts={"maker": "联想"}),
    ),
    "move_device": (
        keep,
        lambda b, x, by: actions.move_device(x, by=by, unit=b.office, zone="intranet", on=TODAY),
    ),
    "label_device": (keep, lambda b, x, by: actions.label_device(x, by=by, text="一", on=TODAY)),
    "hand_over": (keep, lambda b, x, by: actions.hand_over(x, by=by, custodian="钱二", on=TODAY)),
    "retire_device": (
        keep,
        lambda b, x, by: actions.retire_device(x, by=by, on=TODAY, reason="报废"),
    ),
    "register_peripheral": (
        lambda b: None,
        lambda b, x, by: actions.register_peripheral(
            b.agency, by=by, number="DY-1", kind="inkjet", unit=b.office, in_use_from=TODAY
        ),
    ),
    "retire_peripheral": (
        _printer,
        lambda b, x, by: actions.retire_peripheral(x, by=by, on=TODAY, reason="报废"),
    ),
    "register_licence": (
        lambda b: None,
        lambda b, x, by: actions.register_licence(
            b.agency, by=by, title="某系统", kind="system", sets=1, acquired_on=TODAY
        ),
    ),
    "install": (
        lambda b: (licence(b), keep(b)),
        lambda b, x, by: actions.install(*x, by=by, on=TODAY),
    ),
    "uninstall": (_installed, lambda b, x, by: actions.uninstall(x, by=by, on=TODAY)),
    "plan_spot_check": (
        keep,
        lambda b, x, by: actions.plan_spot_check(b.agency, by=by, plan="查", on=TODAY, size=1),
    ),
    "record_check_result": (
        lambda b: (keep(b), check(b)),
        lambda b, x, by: actions.record_check_result(x[1], x[0], by=by, passed=True),
    ),
    "record_remedy": (
        _failed,
        lambda b, x, by: actions.record_remedy(x, by=by, remedy="已装", on=TODAY),
    ),
}


def test_no_verb_is_left_out() -> None:
    assert set(actions.__all__) == set(ACTS)
    assert verbs(devices) | verbs(software) | verbs(spot_checks) == set(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_its_duty_and_on_record(bureau: Bureau, name: str, monkeypatch) -> None:
    before, act = ACTS[name]
    thing, keeper = before(bureau), bureau.network_security
    entries = Entry.objects.count()
    for role in bureau.people.keys() - {"network_security"}:
        with pytest.raises(NotPermitted, match="网络安全管理员"):
            act(bureau, thing, bureau.people[role])
    assert Entry.objects.count() == entries
    found_off_the_record(
        monkeypatch, (devices, software, spot_checks), lambda: act(bureau, deepcopy(thing), keeper)
    )
    with on_record():
        act(bureau, thing, keeper)
    entry = Entry.objects.latest("seq")
    assert (entry.actor, entry.post) == (keeper.username, "办公室·网络安全管理员")
    assert "赵一" not in str(entry.data)
    assert "钱二" not in str(entry.data)
