"""What the guide to a service must say, and the columns of the standard catalogue. Pure."""

from __future__ import annotations

from collections.abc import Mapping

# The ten elements, in the order of the page.
ELEMENTS = {
    "matter": "事项名称",
    "basis": "设定依据",
    "conditions": "受理条件",
    "materials": "申请材料",
    "procedure": "办理流程",
    "time_limit": "办理时限",
    "fees": "收费标准",
    "place_hours": "办理地点和时间",
    "phone": "联系电话",
    "supervision_phone": "监督电话",
}

# 公共法律服务领域基层政务公开标准目录; the number of the row stands before them.
STANDARD_COLUMNS = {
    "matter": "一级事项",
    "part": "二级事项",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "time_limit": "公开时限",
    "organ": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "mode": "公开方式",
    "level": "公开层级",
}


def missing_elements(elements: Mapping[str, str]) -> list[str]:
    """The labels of the elements that say nothing. What costs nothing says so: 不收费."""
    return [label for name, label in ELEMENTS.items() if not elements.get(name, "").strip()]
