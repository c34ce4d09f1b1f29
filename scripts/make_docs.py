"""Write the parts of ``docs/`` that are read from the house itself.

python scripts/make_docs.py            writes docs/architecture.md anew
python scripts/make_docs.py --check    exits 1 if it is not what would be written
"""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/architecture.md"

HEAD = """\
<!-- Written by scripts/make_docs.py from the packages' docstrings; change those instead. -->

# 房子：楼层与房间

代码像一幢楼。一个房间（`gongkai/` 下的一个包）只能引用楼下的房间，同一层的房间互不相识；
`lint-imports` 在每次构建时检查。每个房间说明自己做什么，只用一句话：

"""
TAIL = """
## 每个房间里的抽屉

| 抽屉 | 放什么 |
| --- | --- |
| `actions.py` | 写：一个动词一个函数；打开事务，先查权限再查规则，写台账 |
| `queries.py` | 读：以动词命名的查询 |
| `models.py` | 记录 |
| `rules.py` | 规则：纯 Python，不依赖 Django |

上面的抽屉可以用下面的，反之不行。抽屉大了就成为同名的包。

## 由谁守着

| 约定 | 守着它的测试 |
| --- | --- |
| 只向下引用，规则不依赖框架 | `tests/house/test_rooms.py` |
| 公开只有一个门，时间只有一个来源 | `tests/house/test_no_side_doors.py` |
| 没有不记台账的写 | `tests/house/test_ledger_for_every_write.py` |
| 文件 400 行、函数 50 行以内 | `tests/house/test_sizes.py` |
"""


def floors(pyproject: str) -> list[list[str]]:
    """The rooms by floor, top floor first, as the import contract lists them."""
    contracts = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["id"] == "house")
    return [layer.split(" | ") for layer in house["layers"]]


def sentence(room: str) -> str:
    """What a room (or the one module beside the rooms) says of itself."""
    path = ROOT / "gongkai" / room / "__init__.py"
    if not path.exists():
        path = ROOT / "gongkai" / f"{room}.py"
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def architecture() -> str:
    """The page: one row a room."""
    levels = floors((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rows = ["| 层 | 房间 | 做什么 |", "| --- | --- | --- |"]
    for level, rooms in zip(range(len(levels) - 1, -1, -1), levels, strict=True):
        rows += [f"| {level} | `{room}` | {sentence(room)} |" for room in rooms]
    return HEAD + "\n".join(rows) + "\n" + TAIL


def main() -> int:
    text = architecture()
    if "--check" in sys.argv[1:]:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print("docs/architecture.md " + ("is up to date" if same else "is old: make docs"))
        return 0 if same else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
