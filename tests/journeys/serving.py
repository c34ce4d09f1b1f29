"""The application as it runs in earnest: gunicorn, the worker, and nginx in front of the tree."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

import migrated

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
# The commands of the same environment, whether or not it is on the path.
GONGKAI = str(Path(sys.executable).with_name("gongkai"))
HOST = "127.0.0.1"
CODE = "portal"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until(told: str, true: Callable[[], Any], *, seconds: float = 20) -> Any:
    """What ``true`` returns once it is not false; fails with ``told`` after the time."""
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {told}")
        time.sleep(0.1)
    return found


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Running:
    """One installation in ``data``; ``port`` is nginx's, the only one that people see."""

    data: Path
    port: int
    app_port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    logs: list[IO[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the caller's own settings may leak in."""
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("GONGKAI_", "DJANGO_", "PYTEST_"))
        }
        return kept | {
            "GONGKAI_DATA": str(self.data),
            "GONGKAI_DEMO": "true",
            "GONGKAI_HTTPS": "false",
            "GONGKAI_HOSTS": HOST,
            "GONGKAI_PUBLISH_IN_BACKGROUND": "true",
            "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE.parent)]),
            "PYTHONUNBUFFERED": "1",
        }

    def python(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run Python in the installation; a failure shows what it printed."""
        return self._run(sys.executable, *words)

    def gongkai(self, *words: str, code: int = 0) -> bytes:
        """Run a command of the product, which must exit with ``code``; returns its output."""
        return self._run(GONGKAI, *words, code=code).stdout

    def _run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            words, env=self.environment, cwd=self.data, capture_output=True, check=False
        )
        assert done.returncode == code, f"{words}: {done.stdout.decode()}{done.stderr.decode()}"
        return done

    def start(self, name: str, words: list[str]) -> None:
        log = (self.data / f"{name}.log").open("wb")
        self.logs.append(log)
        self.processes[name] = subprocess.Popen(
            words, env=self.environment, cwd=self.data, stdout=log, stderr=subprocess.STDOUT
        )

    def start_all(self) -> None:
        """The application, the worker, and the proxy."""
        self.start_web()
        self.start("worker", [GONGKAI, "db_worker"])
        self.start("nginx", nginx(self.data, self._configuration()))
        wait_until("nginx opens its port", lambda: is_open(self.port))

    def start_web(self) -> None:
        """The application with two worker processes, as in production."""
        self.start("web", [
            sys.executable, "-m", "gunicorn", "gongkai.config.wsgi:application", "--bind",
            f"{HOST}:{self.app_port}", "--workers", "2", "--timeout", "120",
            "--graceful-timeout", "3", "--no-control-socket",
        ])  # fmt: skip
        wait_until("gunicorn opens its port", lambda: is_open(self.app_port))

    def stop(self, name: str) -> None:
        """End one process by its id; at once if it does not end by itself."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=15)

    def stop_all(self) -> None:
        for name in list(self.processes):
            self.stop(name)
        for log in self.logs:
            log.close()

    def reload_nginx(self) -> None:
        """As after a withdrawal: the list of what is gone is read again."""
        self.processes["nginx"].send_signal(signal.SIGHUP)

    def get(self, path: str, **headers: str) -> Answer:
        """One plain request to nginx, without a browser's cache."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=20)
        try:
            connection.request("GET", quote(path, safe="/?=&%#"), headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers.items()), answer.read())
        finally:
            connection.close()

    def path_of(self, address: str) -> str:
        """The path of an address of this site."""
        parts = urlsplit(address)
        assert parts.netloc in {"", f"{HOST}:{self.port}"}, address
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def tree(self) -> dict[str, bytes]:
        """Every uncompressed file of the published tree, by its path."""
        root = self.data / "tree" / "sites" / CODE
        files = (f for f in root.rglob("*") if f.is_file() and f.suffix not in {".gz", ".br"})
        return {"/" + f.relative_to(root).as_posix(): f.read_bytes() for f in files}

    def _configuration(self) -> Path:
        from importlib.util import module_from_spec, spec_from_file_location

        spec = spec_from_file_location("render_nginx", ROOT / "scripts/render_nginx.py")
        assert spec and spec.loader
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        site = module.render(
            module.TEMPLATE.read_text(encoding="utf-8"), tree=self.data / "tree",
            app=f"{HOST}:{self.app_port}", listen=f"{HOST}:{self.port}", sites={CODE: [HOST]},
        )  # fmt: skip
        (self.data / "gongkai.conf").write_text(site, encoding="utf-8")
        folders = "".join(
            f"{name}_temp_path {self.data}/nginx-{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # As root nginx would hand its workers to another user, who may not enter the folder.
        user = "user root;\n" if os.geteuid() == 0 else ""
        main = self.data / "nginx.conf"
        main.write_text(
            f"{user}daemon off; worker_processes 1; pid {self.data}/nginx.pid;\n"
            f"error_log {self.data}/nginx-error.log;\nevents {{ worker_connections 256; }}\n"
            f"http {{\naccess_log off;\n{_TYPES}{folders}include {self.data}/gongkai.conf;\n}}\n",
            encoding="utf-8",
        )
        return main


_TYPES = (
    "types { text/html html; application/xml xml; text/plain txt; image/svg+xml svg; "
    "application/pdf pdf; image/png png; "
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document docx; }\n"
)


@contextmanager
def installation(data: Path) -> Iterator[Running]:
    """Founded, released, published and served; stopped at the end."""
    installed = Running(data, port=free_port(), app_port=free_port())
    migrated.copy_to(data / "gongkai.sqlite3")
    installed.gongkai("migrate", "--verbosity", "0")
    installed.gongkai("collectstatic", "--no-input", "--verbosity", "0")
    installed.python(str(HERE / "world.py"), str(installed.port))
    installed.gongkai("publish")
    try:
        installed.start_all()
        yield installed
    finally:
        installed.stop_all()


def nginx(prefix: Path, main: Path) -> list[str]:
    assert NGINX is not None
    return [NGINX, "-e", str(prefix / "nginx-error.log"), "-p", str(prefix), "-c", str(main)]


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
