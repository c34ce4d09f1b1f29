# ruff: noqa: RUF001 - full-width figures are what offices type
from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from people import Bureau, small_bureau

from gongkai import clock
from gongkai.assets.models import Device, Peripheral
from gongkai.assets.queries import custody_of, figures, placement_of
from gongkai.clock import SHANGHAI
from gongkai.imports import headings
from gongkai.imports.register import run
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused

TODAY = date(2014, 11, 21)
HEAD = [
    "资产编号",
    "设备类型",
    "品牌",
    "使用处室",
    "管理人",
    "用途",
    "启用日期",
    "标签",
    "贴标日期",
]
ROW = [
    *("XF-001", "台式机", "某牌", "律师管理处", "赵一", "处理内部信息"),
    *("2014-03-01", "XF-001", "2014.3.2"),
]


@pytest.fixture
def bureau(db) -> Any:
    with clock.set_to(datetime(2014, 11, 21, 10, tzinfo=SHANGHAI)):
        yield small_bureau()


def csv_file(folder: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = folder / "台账.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(folder: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def taken(path: Path, bureau: Bureau, *, dry_run: bool = False) -> list[dict[str, Any]]:
    return list(run(path, bureau.agency, bureau.network_security, dry_run=dry_run))


def with_cell(heading: str, value: str) -> list[str]:
    row = list(ROW)
    row[HEAD.index(heading)] = value
    return row


def test_it_works(bureau: Bureau, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, ["临江市司法局办公计算机台账"], HEAD, ROW)
    assert taken(path, bureau) == [
        {"row": 3, "number": "XF-001", "verdict": "new", "reason": "", "changes": []}
    ]
    device = Device.objects.get()
    assert (device.kind, device.maker, device.label) == ("desktop", "某牌", "XF-001")
    assert (device.in_use_from, device.labelled_on) == (date(2014, 3, 1), date(2014, 3, 2))
    place = placement_of(device)
    assert (place.zone, place.connection) == ("internal_information", "none")
    assert place.unit == bureau.lawyers
    assert custody_of(device).person == "赵一"
    assert [row["verdict"] for row in taken(path, bureau)] == ["unchanged"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_any_encoding_that_offices_use(
    bureau: Bureau, tmp_path: Path, encoding: str
) -> None:
    [row] = taken(csv_file(tmp_path, HEAD, ROW, encoding=encoding), bureau)
    assert row["verdict"] == "new", row


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_any_delimiter(bureau: Bureau, tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in (HEAD, ROW)), encoding="utf-8")
    assert taken(path, bureau)[0]["verdict"] == "new"


def test_a_dry_run_says_the_same_and_leaves_nothing(bureau: Bureau, tmp_path: Path) -> None:
    bad = with_cell("使用处室", "天文台")
    printer = ["DY-1", "激光打印机", "某牌", "办公室", "", "", "2014-03-01", "", ""]
    path = csv_file(
        tmp_path, HEAD, ROW, ["XF-002", *ROW[1:]], [*bad[:0], "XF-003", *bad[1:]], printer
    )
    entries = Entry.objects.count()
    dry = taken(path, bureau, dry_run=True)
    assert [row["verdict"] for row in dry] == ["new", "new", "refused", "new"]
    assert not Device.objects.exists()
    assert not Peripheral.objects.exists()
    assert Entry.objects.count() == entries
    assert taken(path, bureau) == dry
    assert Device.objects.count() == 2
    assert figures(bureau.agency, TODAY)["printers"] == {"laser": 1, "inkjet": 0}


def test_what_changed_is_named_and_dated_today(bureau: Bureau, tmp_path: Path) -> None:
    taken(csv_file(tmp_path, HEAD, ROW), bureau)
    row = with_cell("管理人", "钱二")
    row[HEAD.index("品牌")] = "另一牌"
    row[HEAD.index("用途")] = "内网"
    row[HEAD.index("标签")] = "XF-001 内网"
    [verdict] = taken(csv_file(tmp_path, HEAD, row), bureau)
    assert verdict["verdict"] == "changed"
    assert verdict["changes"] == ["品牌", "用途", "联网方式", "管理人", "标签内容"]
    device = Device.objects.get()
    assert custody_of(device).start == placement_of(device).start == TODAY
    assert figures(bureau.agency, date(2014, 11, 20))["computers"]["internal_information"] == 1
    assert figures(bureau.agency, TODAY)["computers"]["intranet"] == 1
    assert Entry.objects.filter(verb="device.handed_over").count() == 1


def test_an_empty_cell_changes_nothing(bureau: Bureau, tmp_path: Path) -> None:
    taken(csv_file(tmp_path, [*HEAD, "联网方式"], [*ROW, "内网"]), bureau)
    sparse = ["XF-001", "台式机", "", "律师管理处", "", "", "", "", ""]
    [verdict] = taken(csv_file(tmp_path, HEAD, sparse), bureau)
    assert verdict["verdict"] == "unchanged"
    assert placement_of(Device.objects.get()).connection == "intranet"


def test_a_scrapped_device_leaves_the_figures(bureau: Bureau, tmp_path: Path) -> None:
    taken(csv_file(tmp_path, HEAD, ROW), bureau)
    path = csv_file(tmp_path, [*HEAD, "报废日期"], [*ROW, "2014/10/1"])
    assert taken(path, bureau)[0]["changes"] == ["报废日期"]
    assert taken(path, bureau)[0]["verdict"] == "unchanged"
    assert figures(bureau.agency, TODAY)["computers"]["total"] == 0
    assert figures(bureau.agency, date(2014, 9, 30))["computers"]["total"] == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (with_cell("资产编号", ""), "请填写资产编号"),
        (with_cell("设备类型", "算盘"), "请填写：台式计算机"),
        (with_cell("使用处室", "天文台"), "没有名为“天文台”的处室"),
        (with_cell("管理人", ""), "须填写管理人"),
        (with_cell("用途", ""), "须填写用途"),
        (with_cell("用途", "保密"), "无法识别"),
        (with_cell("启用日期", ""), "须填写启用日期"),
        (with_cell("启用日期", "去年"), "不是日期"),
        (with_cell("启用日期", "2014-02-30"), "不是日期"),
        (with_cell("启用日期", "2015-01-01"), "不能晚于今天"),
        (with_cell("资产编号", "9" * 41), "资产编号填写有误"),
        (with_cell("贴标日期", "2013-01-01"), "不能早于"),
    ],
)
def test_a_refused_row_says_why_and_does_not_stop_the_others(
    bureau: Bureau, tmp_path: Path, row: list[str], message: str
) -> None:
    bad, good = taken(csv_file(tmp_path, HEAD, row, ["XF-OK", *ROW[1:]]), bureau)
    assert bad["verdict"] == "refused"
    assert message in bad["reason"]
    assert good["verdict"] == "new"
    assert Device.objects.count() == 1, "a row half entered was taken back"


def test_the_rule_of_the_networks_holds_here_too(bureau: Bureau, tmp_path: Path) -> None:
    [row] = taken(csv_file(tmp_path, [*HEAD, "联网方式"], [*ROW, "互联网"]), bureau)
    assert "上网不办公、办公不上网" in row["reason"]


def test_a_number_twice_in_one_file(bureau: Bureau, tmp_path: Path) -> None:
    _, second = taken(csv_file(tmp_path, HEAD, ROW, ROW), bureau)
    assert second["verdict"] == "refused"
    assert "第 2 行重复" in second["reason"]


def test_what_looks_like_a_formula_stays_text(bureau: Bureau, tmp_path: Path) -> None:
    cell = '=HYPERLINK("http://x.cn";"赵一")'
    xlsx = xlsx_file(
        tmp_path, HEAD, with_cell("品牌", "=1+1"), ["XF-2", *with_cell("品牌", cell)[1:]]
    )
    assert [row["verdict"] for row in taken(xlsx, bureau)] == ["new", "new"]
    assert list(Device.objects.values_list("maker", flat=True)) == ["=1+1", cell]


def test_the_cells_of_a_real_spreadsheet(bureau: Bureau, tmp_path: Path) -> None:
    head = ["计算机\n编号", " 类 型 ", "使用部门", "责任人", "网络类别", "启用时间", "备注"]
    rows = [
        [1001, "笔记本", "律师管理处", "赵一", "互联网", datetime(2014, 3, 1), "x"],
        [],
        [1002.0, "服务器", "办公室", "钱二", "内网", 41699, None],
        ["１００３", "电脑", "办公室", "孙三", "独立", "2014年3月"],
    ]
    verdicts = taken(xlsx_file(tmp_path, ["台账"], [], head, *rows), bureau)
    assert [(v["row"], v["verdict"]) for v in verdicts] == [(4, "new"), (6, "new"), (7, "new")]
    assert {d.in_use_from for d in Device.objects.all()} == {date(2014, 3, 1)}
    assert {d.number for d in Device.objects.all()} == {"1001", "1002", "1003"}


def bomb(folder: Path) -> Path:
    path = folder / "大.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    return path


def text_file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


BAD_FILES = {
    "kind": (lambda f: text_file(f, "a.pdf", b"%PDF"), "另存为 xlsx"),
    "damaged": (lambda f: text_file(f, "a.xlsx", b"PK\x03\x04nothing"), "已损坏"),
    "not a workbook": (lambda f: text_file(f, "a.xlsx", b"hello"), "已损坏"),
    "bomb": (bomb, "过大"),
    "encoding": (lambda f: text_file(f, "a.csv", b"\xff\xff\xff,\x81"), "编码无法识别"),
    "empty": (lambda f: text_file(f, "a.csv", b""), "表头缺少"),
    "no headings": (lambda f: csv_file(f, ROW), "表头缺少：资产编号、设备类型、使用处室"),
    "a heading": (lambda f: csv_file(f, ["资产编号", "类型", "品牌"]), "表头缺少：使用处室"),
    "field": (lambda f: text_file(f, "a.csv", b'"' + b"x" * 200_000 + b'"'), "不是规范的 csv"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_says_what_to_do(
    bureau: Bureau, tmp_path: Path, name: str
) -> None:
    make, message = BAD_FILES[name]
    with pytest.raises(Refused, match=message):
        taken(make(tmp_path), bureau)


def test_only_who_keeps_the_register_imports(bureau: Bureau, tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEAD, ROW)
    for role in ("nobody", "superuser", "information_office", "system_administrator"):
        with pytest.raises(NotPermitted):
            list(run(path, bureau.agency, bureau.people[role], dry_run=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014-03-01", date(2014, 3, 1)),
        ("2014年3月1日", date(2014, 3, 1)),
        ("2014.3.1 00:00:00", date(2014, 3, 1)),
        ("２０１４／３／１", date(2014, 3, 1)),
        ("2014-03", date(2014, 3, 1)),
        ("41699", date(2014, 3, 1)),
        ("20140301", date(2014, 3, 1)),
        ("41699.75", date(2014, 3, 1)),
        ("2014.10", date(2014, 10, 1)),
        ("2014.1", None),  # the number 2014.10, as a spreadsheet keeps it, or January
        ("2014-13-01", None),
        ("2014.2.30", None),
        ("20140230", None),
        ("2014年2月29日", None),
        ("14-3-1", None),
        ("三月", None),
    ],
)
def test_dates_as_offices_write_them(text: str, expected: date | None) -> None:
    assert headings.day(text) == expected


def test_days_since_1904_are_counted_from_there() -> None:
    assert headings.day("40237", since_1904=True) == headings.day("41699") == date(2014, 3, 1)


def test_a_workbook_that_counts_from_1904_keeps_its_days(bureau: Bureau, tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(HEAD)
    book.active.append([*ROW[:6], 40237, ROW[7], datetime(2014, 3, 2)])
    path = tmp_path / "台账.xlsx"
    book.save(path)
    assert taken(path, bureau)[0]["verdict"] == "new"
    device = Device.objects.get()
    assert placement_of(device).start == date(2014, 3, 1)
    assert device.labelled_on == date(2014, 3, 2)


def test_a_day_that_no_calendar_has_is_refused(bureau: Bureau, tmp_path: Path) -> None:
    row = taken(csv_file(tmp_path, HEAD, with_cell("启用日期", "2014.2.30")), bureau)[0]
    assert (row["verdict"], "2014.2.30" in row["reason"]) == ("refused", True)


def test_no_heading_and_no_word_means_two_things() -> None:
    said = [headings.plain(a) for aliases in headings.HEADINGS.values() for a in aliases]
    assert len(said) == len(set(said))
    for words in (headings.KINDS, headings.ZONES, headings.CONNECTIONS):
        said = [headings.plain(w) for group in words.values() for w in group]
        assert len(said) == len(set(said))
