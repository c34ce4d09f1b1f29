"""Keeping the register of computers, printers and software, and checking it."""

from gongkai.assets.actions.devices import (
    correct_device,
    hand_over,
    label_device,
    move_device,
    register_device,
    register_peripheral,
    retire_device,
    retire_peripheral,
)
from gongkai.assets.actions.software import install, register_licence, uninstall
from gongkai.assets.actions.spot_checks import plan_spot_check, record_check_result, record_remedy

__all__ = [
    "correct_device",
    "hand_over",
    "install",
    "label_device",
    "move_device",
    "plan_spot_check",
    "record_check_result",
    "record_remedy",
    "register_device",
    "register_licence",
    "register_peripheral",
    "retire_device",
    "retire_peripheral",
    "uninstall",
]
