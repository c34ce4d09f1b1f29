"""What stands beside a person or a map: half masked numbers, plates, villages, local telephones.

Every sentence that must be found has a twin that must pass. Region 99 does not exist.
"""

from __future__ import annotations

import pytest

from gongkai.screening import mask, screen_file, screen_text, worst

TWINS: dict[str, tuple[str, str, str]] = {
    "dots, date of birth shown": (
        "id_masked", "申请人证件：99010119900307……35", "申请人证件：990……35"),
    "dots, region and last four": (
        "id_masked", "身份证号990101……8535", "身份证号990……535"),
    "dots without the word": ("id_masked", "（990101199003……）", "（2014-990101……）"),
    "three points": ("id_masked", "身份证990101199...", "身份证990..."),
    "too few stars": ("id_masked", "身份证990101199003***", "身份证990***35"),
    "many stars": ("id_masked", "99010119900307********35", "9901011*******************"),
    "front left out": ("id_masked", "……199003078535", "……2014120"),
    "stars under a header": (
        "id_masked", "姓名\t身份证号\n甲某\t9901011990****35\n",
        "姓名\t身份证号\n甲某\t990****35\n"),
    "card of a bank": ("id_masked", "身份证622202***1234", "卡尾622202***1234"),
    "armed police": ("plate", "车号WJ京12345", "型号WJ京式挖掘机"),
    "armed police, spaced": ("plate", "WJ·京·1234X停在门口", "编号WJ2014-00123"),
    "armed police, old": ("plate", "牌号WJ01-12345", "标准WJ01-1234567"),
    "group of a village": (
        "address", "张小三，男，朝阳镇红星村三组", "朝阳镇红星村三组道路硬化工程"),
    "house of a village": (
        "address", "朝阳镇红星村3组12号村民李小四因火灾致房屋受损", "朝阳镇红星村3组12号桥梁"),
    "village and telephone": (
        "address", "某县朝阳乡红星村第二村民小组，13*********",
        "某县朝阳乡红星村第二村民小组，2014年"),
    "village office": (
        "address", "王小五住青山镇大河村8组15号", "王小五到青山镇大河村便民服务中心8组15号"),
    "local telephone": ("landline", "户主张小三，电话3251234", "联系人张小三，电话3251234"),
    "eight digits": ("landline", "患者张小三 联系电话：8325 1234", "预算科 联系电话：8325 1234"),
    "telephone at home": ("landline", "宅电：325-1234", "总机：325-1234"),
    "local telephones in a list": (
        "name_list", "姓名\t电话\n张小三\t3251234\n", "姓名\t职务\t电话\n张小三\t科长\t3251234\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", TWINS)
def test_it_is_found_and_its_twin_passes(name: str) -> None:
    kind, text, twin = TWINS[name]
    found = {f.kind: f.severity for f in screen_text(text)}
    assert found.get(kind) in {"block", "review"}, found
    assert worst(screen_text(twin)) == "clean", screen_text(twin)


def test_a_date_of_birth_with_the_last_digits_blocks() -> None:
    text = "99010119900307……35"
    assert [f.severity for f in screen_text(text)] == ["block"]
    assert [f.severity for f in screen_text("990101199003……")] == ["review"]


@pytest.mark.parametrize("name", TWINS)
def test_masking_leaves_nothing_of_it(name: str) -> None:
    kind, text, _ = TWINS[name]
    if kind != "name_list":
        assert kind not in {f.kind for f in screen_text(mask(text)) if f.severity != "note"}


def map_hints(text: str) -> list[str]:
    return [f.severity for f in screen_text(text) if f.kind == "map_number"]


def test_a_map_without_a_number_of_approval_is_a_hint() -> None:
    assert map_hints("附图\n某县行政区划图\n比例尺1:50000") == ["note"]
    assert not map_hints("某县行政区划图\n审图号：某S（2014）12号")
    assert not map_hints("请在地图上查找办公地点，并按导航前往。")


def test_the_number_may_stand_anywhere_in_the_file() -> None:
    body = "关于公布标准图的通知"
    assert "map_number" in {f.kind for f in screen_file(body.encode(), "某县地图.txt").findings}
    body += "，审图号：某S（2014）12号"
    assert not screen_file(body.encode(), "某县地图.txt").findings


def test_a_local_number_is_masked_whole() -> None:
    assert mask("户主张小三，电话3251234。").endswith("电话*******。")
