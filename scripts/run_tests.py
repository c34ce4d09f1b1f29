"""Run every part of the build, whatever fails, and say at the end what failed and what did not run.

Called by ``./test``; the environment is there by then. Light parts run two at a time, the pytest
runs on a database one after the other with two processes each; the browser's tests and those of
the whole system wait more than they work, so they run side by side.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv/bin"
RESULTS = ROOT / "test-results"
CI = os.environ.get("CI", "").lower() in {"1", "true"}
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")
CLOSING = re.compile(r"\b(passed|failed|errors?|skipped|deselected|no tests ran)\b.* in [\d.]+s")
SKIPPED = re.compile(r"^SKIPPED \[\d+\] (.+)$")
PROCESSES = str(max(2, min(os.cpu_count() or 2, 8)))


@dataclass
class Part:
    """One part of the build: a command, and what must be on the machine for it to run."""

    name: str
    title: str
    command: Sequence[str]
    seconds_allowed: int = 600
    streams: bool = False
    missing: Callable[[], str] = lambda: ""
    database: str = ""
    strict_skips: bool = False
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Result:
    """What came of a part; ``reason`` says why it did not run."""

    part: Part
    code: int | None = None
    seconds: float = 0.0
    reason: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)

    @property
    def bad(self) -> bool:
        if self.code is None:
            return CI
        return self.code != 0 or (CI and self.part.strict_skips and bool(self.skipped))


def lacks(*programs: str) -> Callable[[], str]:
    return lambda: "、".join(f"没有 {name}" for name in programs if not shutil.which(name))


def lacks_postgresql() -> str:
    found = shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return "" if found else "没有 PostgreSQL"


def pytest_part(
    name: str, title: str, arguments: str, *, processes: str = PROCESSES, **more: object
) -> Part:
    command = [
        str(BIN / "python"), "-m", "pytest", *arguments.split(),
        *(["-n", processes] if processes else []), "--color=no",
    ]  # fmt: skip
    more = {"streams": True} | more
    return Part(name, title, command, 1200, **more)  # type: ignore[arg-type]


def parts() -> list[list[Part]]:
    """The groups, in order; the parts of the first and of the last run two at a time."""
    python, gongkai = str(BIN / "python"), str(BIN / "gongkai")
    light = [
        Part("types", "类型 mypy", [str(BIN / "mypy"), "gongkai"]),
        Part("lint", "规范 ruff", [str(BIN / "ruff"), "check", "."]),
        Part("format", "格式 ruff", [str(BIN / "ruff"), "format", "--check", "."]),
        Part("contracts", "楼层 lint-imports", [str(BIN / "lint-imports")]),
        Part("migrations", "迁移齐全", [gongkai, "makemigrations", "--check", "--dry-run"]),
        Part("licences", "许可证", [python, "scripts/check_licences.py"]),
        Part("hosts", "无外部地址", [python, "scripts/check_hosts.py"]),
        Part("vendored", "随附文件校验", [python, "scripts/check_vendored.py"]),
        Part("docs", "文档", [str(BIN / "mkdocs"), "build", "--strict"]),
        Part("house", "规矩", [python, "-m", "pytest", "tests/house", "-q", "-m", "not system"]),
    ]
    # Replaying the demo's years takes two minutes on PostgreSQL: ``make demo-postgresql``.
    plain = "tests --ignore=tests/house"
    heavy = [
        pytest_part("sqlite", "测试 SQLite", plain),
        pytest_part("postgresql", "测试 PostgreSQL", f"{plain} --ignore=tests/demo --database-only",
                    database="postgresql",
                    missing=lacks_postgresql),
    ]  # fmt: skip
    waiting = [
        pytest_part("browser", "浏览器", "tests --dist loadgroup", missing=lacks("chromium"),
                    strict_skips=True, environment={"DJANGO_ALLOW_ASYNC_UNSAFE": "true"}),
        pytest_part("system", "系统 nginx 等", "tests", missing=lacks("nginx"),
                    strict_skips=True, streams=False),
    ]  # fmt: skip
    chosen = {"browser": "browser", "system": "system and not browser"}
    for part in (*heavy, *waiting):
        part.command = [*part.command, "-m", chosen.get(part.name, "not browser and not system")]
    return [light, heavy, waiting]


def run(part: Part) -> Result:
    """Run one part with its time limit; its output goes to a log, and on for a pytest run."""
    if reason := part.missing():
        print(f"── {part.title}：不运行（{reason}）", flush=True)
        return Result(part, reason=reason)
    begun = time.monotonic()
    environment = {**os.environ, **base_environment(), **part.environment}
    folder = ""
    if part.database == "postgresql":
        started = subprocess.run(
            ["scripts/pg_tmp.sh", "start"], cwd=ROOT, text=True, stdout=subprocess.PIPE, check=False
        )
        if started.returncode:
            return Result(part, code=started.returncode, seconds=time.monotonic() - begun)
        folder = started.stdout.strip()
        environment["GONGKAI_DATABASE_URL"] = f"postgresql://postgres@/gongkai?host={folder}"
    else:
        environment.pop("GONGKAI_DATABASE_URL", None)
    try:
        code, lines = execute(part, environment)
    finally:
        if folder:
            subprocess.run(["scripts/pg_tmp.sh", "stop", folder], cwd=ROOT, check=False)
    result = Result(part, code=code, seconds=time.monotonic() - begun)
    read_pytest(result, lines)
    return result


def base_environment() -> dict[str, str]:
    """Settings for commands outside pytest; the test settings bring their own throw-away keys."""
    return {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings_test",
        "GONGKAI_DEMO": "true",  # mypy loads the real settings, which want keys otherwise
        "PYTHONUNBUFFERED": "1",
    }


def execute(part: Part, environment: dict[str, str]) -> tuple[int, list[str]]:
    if part.streams:
        print(f"\n── {part.title}", flush=True)
    process = subprocess.Popen(
        list(part.command), cwd=ROOT, env=environment, text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip
    RUNNING.add(process.pid)
    late = threading.Timer(part.seconds_allowed, end_group, [process.pid])
    late.start()
    lines: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if part.streams:
                print(line, end="", flush=True)
        code = process.wait()
    finally:
        late.cancel()
        RUNNING.discard(process.pid)
    (RESULTS / f"{part.name}.log").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if not part.streams:
        print(f"── {part.title}：{'通过' if code == 0 else '没有通过'}", flush=True)
        if code:
            print("\n".join(lines[-60:]), flush=True)
    return code, lines


RUNNING: set[int] = set()


def end_group(pid: int) -> None:
    """End a part that we started, with all that it started (it leads a session of its own)."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def interrupted(number: int, _frame: object) -> None:
    for pid in list(RUNNING):
        end_group(pid)
    sys.exit(128 + number)


def read_pytest(result: Result, lines: Sequence[str]) -> None:
    """Counts of the closing line, and what was skipped; "no tests" (5) is no failure by itself."""
    for line in lines:
        if found := SKIPPED.match(line):
            result.skipped.append(found[1])
    if "pytest" not in result.part.command:
        return
    closing = [line for line in lines if CLOSING.search(line)]
    for number, word in COUNT.findall(closing[-1]) if closing else []:
        kind = "failed" if word.startswith("error") else word
        result.counts[kind] = result.counts.get(kind, 0) + int(number)
    if result.code == 5:
        result.code, result.reason = None, "没有这样的测试"


def report(results: Sequence[Result]) -> int:
    """The table, what did not run and why, and the closing count; the exit code."""
    print("\n部分                     结果        秒   测试")
    for result in results:
        word = "未运行" if result.code is None else "没有通过" if result.bad else "通过"
        counts = "  ".join(f"{number} {word_}" for word_, number in result.counts.items())
        print(f"{pad(result.part.title, 24)} {pad(word, 8)} {result.seconds:6.0f}   {counts}")
    not_run = [r for r in results if r.code is None]
    print("\n没有运行：" + ("" if not_run else "无"))
    for result in not_run:
        print(f"  {result.part.title}：{result.reason}")
    skipped = [(r.part, line) for r in results for line in r.skipped]
    print("\n跳过的测试：" + ("" if skipped else "无"))
    for part, line in skipped:
        print(f"  {part.title}：{line}")
    if CI and (not_run or any(r.part.strict_skips and r.skipped for r in results)):
        print("\nCI 上没有运行的部分算作失败。")
    bad = [r.part.name for r in results if r.bad]
    print("\n" + (f"没有通过：{'、'.join(bad)}（记录在 test-results/）" if bad else "全部通过。"))
    total = {w: sum(r.counts.get(w, 0) for r in results) for w in ("passed", "failed", "skipped")}
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if bad else 0


def pad(text: str, width: int) -> str:
    """Chinese characters take two columns."""
    return text + " " * (width - sum(2 if ord(sign) > 0x2E80 else 1 for sign in text))


def main() -> int:
    groups = parts()
    names = [part.name for group in groups for part in group]
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", nargs="+", choices=names, default=names)
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if asked.list:
        print("\n".join(f"{pad(p.name, 14)}{p.title}" for group in groups for p in group))
        return 0
    signal.signal(signal.SIGTERM, interrupted)
    signal.signal(signal.SIGINT, interrupted)
    RESULTS.mkdir(exist_ok=True)
    light, heavy, waiting = ([p for p in group if p.name in asked.part] for group in groups)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, light))
        results += [run(part) for part in heavy]
        results += pool.map(run, waiting)
    return report(results)


if __name__ == "__main__":
    sys.exit(main())
