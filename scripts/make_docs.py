"""Write the parts of ``docs/`` that are read from the house itself.

python scripts/make_docs.py            writes every page of ``PAGES`` anew
python scripts/make_docs.py --check    names the pages that are not what would be written; exit 1
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Written by scripts/make_docs.py from {source}; change that instead. -->\n\n"

HEAD = (
    MADE.format(source="the packages' docstrings")
    + """\
# 房子：楼层与房间

代码像一幢楼。一个房间（`gongkai/` 下的一个包）只能引用楼下的房间，同一层的房间互不相识；
`lint-imports` 在每次构建时检查。每个房间说明自己做什么，只用一句话：

"""
)
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

# Words for what the code names in English. A new duty, period or variable without words stops
# the writing (KeyError), so that no page can pass over it.
DUTY_WORDS = {
    "item.write": "起草和修改信息、栏目，从 Word 导入",
    "review.unit": "处室审查（含保密审查）",
    "review.confidentiality": "保密审查（栏目要求单独一级时）",
    "review.information_office": "信息办审核",
    "review.leader": "分管局领导签发",
    "item.withdraw": "撤回已公开的内容",
    "case.register": "登记来件、补正、撤回、复议和诉讼",
    "case.route": "分办、催办、延期",
    "case.draft": "拟答复稿",
    "case.collate": "汇总和送出答复",
    "case.approve": "审核答复",
    "case.read_all": "查看本机关全部案件",
    "identity.open": "写明理由后查看来件人身份",
    "asset.manage": "管理设备台账、软件和安全抽查",
    "oversight.manage": "登记制度、会议、培训、评议、外部监督和责任追究",
    "oversight.find": "提出问题、审核公开内容、复查整改",
    "oversight.answer": "报告整改、登记建议采纳结果、申诉",
    "channel.manage": "管理新媒体账号、发布和网民留言",
    "report.make": "查看和编制年度数字",
    "report.approve": "审定年度数字",
    "agency.manage": "设立处室、登记人员、任免",
    "ledger.read": "查看、校验、导出存证台账",
}
PERIOD_WORDS = {
    "reply": "答复",
    "extension": "延长答复（最多）",
    "correction_notice": "告知补正",
    "correction": "申请人补正",
    "third_party_opinion": "第三方提出意见",
    "co_organ_opinion": "其他机关提出意见",
    "proactive": "主动公开",
    "proactive_on_request": "依申请公开转主动公开",
    "record_correction": "更正本人信息记录",
    "withheld_review": "复核不予公开的信息",
    "supervision_report": "处理公开工作举报",
    "fee_payment": "申请人缴纳信息处理费",
}
SETTING_WORDS = {
    "data": "数据文件夹：私有文件、发布的网站、样式；没有另设数据库时也放数据库",
    "database_url": "数据库：`postgresql://用户@主机/库名`；不填则用数据文件夹里的 SQLite",
    "secret_key": "登录会话和签名的密钥，不少于 50 个随机字符；正式环境必填",
    "sealing_key": "封存身份信息的密钥，不少于 50 个随机字符；正式环境必填，丢了就打不开身份信息",
    "exchange_key": "传输包的密钥，内外两端相同；只在制作或接收传输包时需要",
    "official_hosts": "除 gov.cn 和本机关各站外，公开页面上的链接不作离站提示的主机，逗号分隔",
    "signing_key": "公开清单的 Ed25519 签名密钥：`openssl rand -base64 32`；不填则清单写明没有签名",
    "data_licence": "开放数据的使用条件：一句话，或所用许可协议的网址",
    "debug": "出错时显示细节，只用于开发",
    "demo": "演示：装上演示数据的命令，允许不设密钥",
    "hosts": "网站域名，用逗号分开；不接受 `*`",
    "https": "网站经 HTTPS 访问：会话只经加密连接发送",
    "publish_in_background": "由后台任务发布；设为 false 则在批准的当时发布",
    "mail_url": "发信服务器：`smtp+starttls://用户:密码@主机`或 `smtp:`、`smtps:`；不填用本机",
    "mail_from": "发信人地址，例如 `公开办 <noreply@example.gov.cn>`；不填则为 noreply@ 第一个域名",
}  # fmt: skip
CHAIN = ("registered", "routed", "drafted", "collated", "approved", "dispatched")
SEVERITY_WORDS = {"block": "须处理", "review": "须核对", "note": "提示"}
SETTLING_WORDS = {"one": "一名审查人写明理由", "two": "两名审查人先后同意", "never": "不能放行"}


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; a bar inside a cell does not end it."""
    lines = [list(headings), *map(list, rows)]
    width = len(lines[0])
    lines.insert(1, ["---"] * width)
    assert all(len(line) == width for line in lines), "rows of unequal length"
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


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
    return " ".join(text.split("\n\n")[0].split())


def architecture() -> str:
    """The rooms: one row each."""
    levels = floors((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rows = [
        (level, f"`{room}`", sentence(room))
        for level, rooms in zip(range(len(levels) - 1, -1, -1), levels, strict=True)
        for room in rooms
    ]
    return HEAD + table(("层", "房间", "做什么"), rows) + TAIL


def duties() -> str:
    """Which role may do what, for its own unit or for the whole organ."""
    from gongkai.agencies.rules import DUTIES, LABELS, UNIT_BOUND, Duty, Role

    def who(duty: Duty, *, bound: bool) -> str:
        held = DUTIES[duty]
        return "、".join(LABELS[r] for r in Role if r in held and (r in UNIT_BOUND) is bound)

    rows = [(DUTY_WORDS[d], who(d, bound=True), who(d, bound=False)) for d in Duty]
    return (
        MADE.format(source="gongkai/agencies/rules.py")
        + "# 职责与权限\n\n"
        + "权限跟着岗位走，不跟着人和登录名走：任职之日起有，离任之日后没有。\n"
        + "一人可以有几个岗位；没有能做一切的管理员。\n\n"
        + table(("事项", "可以办本处室的", "可以办全机关的"), rows)
    )


def states() -> str:
    """The transitions of applications and of enquiries."""
    from gongkai.applications.rules import MACHINE
    from gongkai.enquiries.rules import MACHINES

    first, *others = MACHINES.values()
    assert all(other.transitions == first.transitions for other in others)
    return (
        MADE.format(source="the transitions in cases, applications and enquiries")
        + "# 案件的状态\n\n"
        + "状态由办理记录推算，没有人能直接改。表里没有的事项，在那个状态下不能办。\n"
        + _machine("咨询、投诉、举报、建议", first)
        + _machine("依申请公开", MACHINE)
    )


def _machine(title: str, machine: Any) -> str:
    from gongkai.cases.rules import STAGE_LABELS, Stage

    stage, line = Stage.SUBMITTED, STAGE_LABELS[Stage.SUBMITTED]
    for act in CHAIN:
        stage = machine.transitions[stage][act]
        line += f"\n  →（{machine.labels[act]}）{STAGE_LABELS[stage]}"
    rows = [
        (
            STAGE_LABELS[now],
            "；".join(f"{machine.labels[a]} → {STAGE_LABELS[to]}" for a, to in acts if to != now),
            "、".join(machine.labels[a] for a, to in acts if to == now),
        )
        for now, acts in ((now, machine.transitions.get(now, {}).items()) for now in Stage)
        if acts
    ]
    headings = ("现在", "办理之后", "状态不变的事项")
    return f"\n## {title}\n\n通常的走法：\n\n```\n{line}\n```\n\n{table(headings, rows)}"


def law() -> str:
    """The 21 results and the periods, with their articles."""
    from gongkai import statute

    results = [(o.code, o.group_label, o.label, o.article, o.letter) for o in statute.outcomes()]
    text = (
        MADE.format(source="gongkai/statute/law/")
        + "# 答复类型与期限\n\n"
        + f"## {len(results)} 种办理结果\n\n表单、答复书、规则和年度报告用的是同一张表。\n\n"
        + table(("代码", "分组", "结果", "依据", "文书"), results)
    )
    for version in statute.laws():
        until = "" if version.until == date.max else f"，至 {version.until}"
        text += f"\n## 期限：{version.short}（{version.in_force} 起施行{until}）\n\n"
        text += table(("事项", "期限", "依据", "说明"), map(_period, version.periods.values()))
    text += "\n## 期限：咨询、投诉、举报、建议等\n\n"
    return text + table(("类别", "期限", "可延长", "依据", "说明"), _messages())


def _period(period: Any) -> tuple[str, str, str, str]:
    return PERIOD_WORDS[period.name], str(period), period.article, _remarks(period)


def _messages() -> Iterator[tuple[str, ...]]:
    from gongkai import statute

    for kind in statute.message_kinds():
        for version in kind.versions:
            reply, longer = version.reply, version.extension
            yield (
                kind.label, str(reply), str(longer) if longer else "", reply.article,
                _remarks(reply),
            )  # fmt: skip


def _remarks(period: Any) -> str:
    said = [
        period.note,
        "本系统的约定" if period.convention else "",
        "" if period.confirmed else "尚未与正式文本核对",
        f"{period.in_force} 起" if period.in_force != date.min else "",
        f"{period.until} 止" if period.until != date.max else "",
    ]
    return "；".join(filter(None, said))


def screening() -> str:
    """What the machine finds, how grave it is, and who may let it pass."""
    from gongkai.screening.kinds import KINDS

    rows = [
        (k.label, SEVERITY_WORDS[k.severity], SETTLING_WORDS[k.settling], k.advice, f"`{k.rule}`")
        for k in KINDS.values()
    ]
    return (
        MADE.format(source="gongkai/screening/kinds.py")
        + "# 机器筛查找什么\n\n"
        + "“须处理”和“须核对”的提示没有处理完，就不能同意公开；“提示”只供参考。\n"
        + "起草人不能处理自己稿件的提示。\n\n"
        + table(("发现", "轻重", "谁能放行", "怎么办", "规则"), rows)
    )  # fmt: skip


def environment() -> str:
    """The variables that an installation may set."""
    from gongkai.config.environment import Environment

    prefix = Environment.model_config["env_prefix"]
    rows = [
        (f"`{prefix}{name.upper()}`", _default(field.default), SETTING_WORDS[name])
        for name, field in Environment.model_fields.items()
    ]
    return (
        MADE.format(source="gongkai/config/environment.py")
        + "# 环境变量\n\n"
        + "写错的值会使程序不能启动，并说明哪里错。空值等于没有设。\n\n"
        + table(("变量", "默认", "意思"), rows)
    )


def _default(value: object) -> str:
    if value == "":
        return "（空）"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def commands() -> str:
    """Our commands with their parts and arguments, read from their sources; Django's are left out.

    Nothing is imported: the demo's command asks a database as soon as it is loaded.
    """
    text = (
        MADE.format(source="the commands' sources")
        + "# 命令\n\n"
        + "在代码目录里，`gongkai` 是 `.venv/bin/gongkai`。结果写到标准输出，说明写到标准错误。\n"
        + "返回值：0 做完且没有发现问题；1 做完，发现了命令要找的问题；2 做不了，原因写在一行里。\n"
        + "每个命令加 `--help` 列出全部写法。\n"
    )  # fmt: skip
    sources = ROOT.glob("gongkai/*/management/commands/[a-z]*.py")
    for path in sorted(sources, key=lambda path: path.stem):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        text += f"\n## gongkai {path.stem}\n\n{command_help(tree).rstrip('。')}。\n"
        rows = [(f"`{name}`", said) for name, said in arguments(tree)]
        text += f"\n{table(('子命令、参数', '意思'), rows)}" if rows else ""
    return text + (
        "\n## python -m gongkai.ledger.verify\n\n校验导出的台账；只要有这个文件，不需要数据库。\n"
    )


def command_help(tree: ast.Module) -> str:
    """The ``help`` of the one Command in a module."""
    command = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "Command")
    for node in command.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "help":
            return str(ast.literal_eval(node.value))
    raise ValueError("a command without help")


def arguments(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Subcommands, then arguments, each with what is said of it."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args]
    for kind in ("add_parser", "add_argument"):
        for call in calls:
            if getattr(call.func, "attr", "") == kind:
                told = {k.arg: k.value for k in call.keywords}.get("help")
                name = ast.literal_eval(call.args[0])
                yield name, str(told.value) if isinstance(told, ast.Constant) else "见 `--help`"


def decisions() -> str:
    """The decisions by number; each file's first line is its title."""
    rows = []
    for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
        rows.append((path.name[:4], f"[{title}](../decisions/{path.name})"))
    return (
        MADE.format(source="docs/decisions/")
        + "# 为什么这样做\n\n每一篇写明选了什么、放弃了什么、由哪个测试守着。\n\n"
        + table(("编号", "题目"), rows)
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/architecture.md": architecture,
    "docs/reference/duties.md": duties,
    "docs/reference/states.md": states,
    "docs/reference/law.md": law,
    "docs/reference/screening.md": screening,
    "docs/reference/environment.md": environment,
    "docs/reference/commands.md": commands,
    "docs/reference/decisions.md": decisions,
}


def old(root: Path = ROOT) -> list[str]:
    """The pages that are missing or not what would be written."""
    return [
        name
        for name, make in PAGES.items()
        if not (root / name).exists() or (root / name).read_text(encoding="utf-8") != make()
    ]


def main() -> int:
    if "--check" in sys.argv[1:]:
        found = old()
        print("\n".join(f"{name} is old: make docs" for name in found) or "docs are up to date")
        return 1 if found else 0
    for name, make in PAGES.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
