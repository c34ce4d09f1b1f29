"""What a machine may be connected to, which machines a spot check draws, what a register must hold.

Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class DeviceKind(StrEnum):
    DESKTOP = "desktop"
    LAPTOP = "laptop"
    SERVER = "server"


class Zone(StrEnum):
    """The one network class of a machine, as its label shows it."""

    INTERNAL_INFORMATION = "internal_information"
    STANDALONE = "standalone"
    INTRANET = "intranet"
    INTERNET = "internet"


class Connection(StrEnum):
    """What the machine's cable goes to."""

    NONE = "none"
    INTRANET = "intranet"
    INTERNET = "internet"


class PeripheralKind(StrEnum):
    LASER = "laser"
    INKJET = "inkjet"
    SCANNER = "scanner"
    OTHER = "other"


class SoftwareKind(StrEnum):
    SYSTEM = "system"
    ANTIVIRUS = "antivirus"
    DOCUMENT = "document"
    OTHER = "other"


DEVICE_LABELS = {
    DeviceKind.DESKTOP: "台式计算机",
    DeviceKind.LAPTOP: "便携式计算机",
    DeviceKind.SERVER: "服务器",
}
ZONE_LABELS = {
    Zone.INTERNAL_INFORMATION: "处理内部信息",
    Zone.STANDALONE: "独立存放（与互联网物理隔离）",
    Zone.INTRANET: "与内网连接",
    Zone.INTERNET: "一般办公（互联网）",
}
CONNECTION_LABELS = {
    Connection.NONE: "不联网",
    Connection.INTRANET: "内网",
    Connection.INTERNET: "互联网",
}
PERIPHERAL_LABELS = {
    PeripheralKind.LASER: "激光打印机",
    PeripheralKind.INKJET: "喷墨打印机",
    PeripheralKind.SCANNER: "扫描仪",
    PeripheralKind.OTHER: "其他外设",
}
SOFTWARE_LABELS = {
    SoftwareKind.SYSTEM: "操作系统",
    SoftwareKind.ANTIVIRUS: "杀毒软件",
    SoftwareKind.DOCUMENT: "公文处理软件",
    SoftwareKind.OTHER: "其他软件",
}

# 上网不办公、办公不上网: one machine, one network (law AS4).
ALLOWED: dict[Zone, frozenset[Connection]] = {
    Zone.INTERNAL_INFORMATION: frozenset({Connection.NONE, Connection.INTRANET}),
    Zone.STANDALONE: frozenset({Connection.NONE}),
    Zone.INTRANET: frozenset({Connection.INTRANET}),
    Zone.INTERNET: frozenset({Connection.NONE, Connection.INTERNET}),
}
USUAL: dict[Zone, Connection] = {
    Zone.INTERNAL_INFORMATION: Connection.NONE,
    Zone.STANDALONE: Connection.NONE,
    Zone.INTRANET: Connection.INTRANET,
    Zone.INTERNET: Connection.INTERNET,
}


def objection_to_connection(zone: str, connection: str) -> str:
    """Why a machine of this zone may not be connected so, in Chinese; empty when it may."""
    allowed = ALLOWED[Zone(zone)]
    if Connection(connection) in allowed:
        return ""
    kinds = "或".join(CONNECTION_LABELS[c] for c in Connection if c in allowed)
    return (
        f"“{ZONE_LABELS[Zone(zone)]}”的计算机不能接{CONNECTION_LABELS[Connection(connection)]}"
        f"（上网不办公、办公不上网），请改为{kinds}，或改变其用途。"
    )


def objection_to_handover(since: date, on: date, today: date) -> str:
    """Why a change cannot take place on a day, in Chinese; empty when it can."""
    if on > today:
        return "日期不能晚于今天，请改填实际办理的日期。"
    if on < since:
        return f"日期不能早于上一次变动（{since:%Y-%m-%d}），请核对后重填。"
    return ""


def objection_to_install(sets: int, used: int, valid_until: date | None, on: date) -> str:
    """Why one more copy may not be installed, in Chinese; empty when it may.

    Only genuine, licensed software (国办发〔2013〕88号 art 3): used ≤ bought, within its term.
    """
    if valid_until is not None and on > valid_until:
        return f"许可已于 {valid_until:%Y-%m-%d} 到期，请先续期再安装。"
    if used >= sets:
        return f"该许可共 {sets} 套，已全部用完，请先购买许可或从其他计算机卸载。"
    return ""


def draw(seed: str, numbers: Iterable[str], size: int) -> list[str]:
    """``size`` asset numbers, chosen by nothing but the seed; in the order of their numbers.

    Each number's rank is SHA-256 of seed and number, so anybody can draw again by hand, and neither
    the order of the register nor a later addition changes the rank of a machine.
    """
    ranked = sorted(set(numbers), key=lambda n: hashlib.sha256(f"{seed}:{n}".encode()).digest())
    return sorted(ranked[: max(0, size)])
