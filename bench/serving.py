"""A published page through nginx, beside bare nginx and beside Wagtail that renders it each time.

    python bench/serving.py [--requests 4000]

All three send the same page. ``bare`` is nginx with nothing but a folder: the physical limit.
``plain Wagtail`` finds the page by its address and renders it with the same templates and data in
two gunicorn processes. Beside requests a second stands the processor time a request that the
servers themselves used, since this client shares their cores.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HERE = "127.0.0.1"
WHOLE = """daemon off; master_process off; pid {folder}/{name}.pid; error_log stderr crit;
events {{ worker_connections 64; }}
http {{ access_log off; include /etc/nginx/mime.types; keepalive_requests 1000000;
client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
{inside}
}}
"""
BARE = "server {{ listen {port}; root {root}; index index.html; gzip_static on; }}"
_TICKS = os.sysconf("SC_CLK_TCK")


def plain(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Plain Wagtail: site by host, page by path, rendered anew; nothing kept between requests."""
    from django.db import close_old_connections
    from wagtail.models import Site

    from gongkai.catalogue.models import SiteProfile
    from gongkai.portal.pages.items import item_page
    from gongkai.portal.render import render

    close_old_connections()
    site = Site.objects.select_related("root_page").first()
    assert site is not None
    parts = [part for part in environ["PATH_INFO"].split("/") if part]
    page = site.root_page.specific
    for part in parts:
        page = page.get_children().live().get(slug=part).specific
    profile = SiteProfile.objects.select_related("site", "agency").get(site=site)
    body = render(item_page(page, page.get_parent().specific, profile)).encode()
    start(
        "200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    )
    return [body]


if os.environ.get("GONGKAI_BENCH_SERVES"):
    import django

    django.setup()


@dataclass
class Server:
    """A process with its port."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def processor(self) -> float:
        """Seconds of processor that it and its children have used."""
        return sum(_used(pid) for pid in (self.process.pid, *_children(self.process.pid)))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def _used(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / _TICKS


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def nginx(name: str, folder: Path, inside: str, port: int) -> Server:
    """Nginx with this inside its ``http``."""
    file = folder / f"{name}.conf"
    file.write_text(WHOLE.format(folder=folder, name=name, inside=inside))
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    assert found, "nginx is not installed"
    words = [found, "-e", "stderr", "-p", str(folder), "-c", str(file)]
    return _opened(Server(name, port, subprocess.Popen(words)))


def _opened(server: Server) -> Server:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex((HERE, server.port)) == 0:
                return server
        time.sleep(0.1)
    raise SystemExit(f"{server.name} did not open its port")


def ours(folder: Path, tree: Path) -> Server:
    """The configuration that an installation gets, of the template."""
    port = free_port()
    script = [sys.executable, str(ROOT / "scripts/render_nginx.py"), "--tree", str(tree),
              "--listen", f"{HERE}:{port}", f"portal={HERE}"]  # fmt: skip
    made = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    return nginx("ours", folder, made, port)


def bare(folder: Path, tree: Path) -> Server:
    port = free_port()
    inside = BARE.format(port=f"{HERE}:{port}", root=tree / "sites/portal")
    return nginx("bare", folder, inside, port)


def wagtail() -> Server:
    port = free_port()
    words = [sys.executable, "-m", "gunicorn", "serving:plain", "--pythonpath",
             str(Path(__file__).parent), "--bind", f"{HERE}:{port}", "--workers", "2",
             "--worker-class", "gthread", "--log-level", "error",
             "--no-control-socket"]  # fmt: skip
    given = os.environ | {"GONGKAI_BENCH_SERVES": "1"}
    return _opened(Server("plain Wagtail", port, subprocess.Popen(words, env=given)))


def measure(server: Server, path: str, count: int) -> tuple[float, float, int]:
    """Requests a second, milliseconds of processor a request, and bytes of the answer."""
    connection = http.client.HTTPConnection(HERE, server.port, timeout=30)

    def ask() -> int:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Host": HERE})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (server.name, answer.status)
        return len(body)

    for _ in range(min(20, count)):
        size = ask()
    used, begun = server.processor(), time.perf_counter()
    for _ in range(count):
        ask()
    wall, spent = time.perf_counter() - begun, server.processor() - used
    connection.close()
    return count / wall, 1000 * spent / count, size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=20_000)
    count = parser.parse_args().requests
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        folder = Path(name)
        path = installed(folder)
        servers = [bare(folder, folder / "tree"), ours(folder, folder / "tree"), wagtail()]
        try:
            rows = [measure(s, path, count if s.name != "plain Wagtail" else 200) for s in servers]
        finally:
            for server in servers:
                server.stop()
    tell([server.name for server in servers], rows)


def installed(folder: Path) -> str:
    """A small portal, published below ``folder``; the path of one item."""
    os.environ |= {
        "GONGKAI_DATA": str(folder), "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings_test",
    }  # fmt: skip
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from small_site import item, small_site

    from gongkai.publishing.actions import publish_all

    page = item(small_site(HERE), "公证便民措施出台")
    publish_all()
    return f"/xxgk/gzdt/{page.slug}/"


def tell(names: list[str], rows: list[tuple[float, float, int]]) -> None:
    """A line a server, and the two ratios of the design."""
    for name, (rate, used, size) in zip(names, rows, strict=True):
        sys.stdout.write(
            f"{name:14} {rate:8.0f} requests/s {used:8.3f} ms of processor, {size} bytes\n"
        )
    (free, limit, _), (rate, used, _), (slow, heavy, _) = rows
    sys.stdout.write(
        f"ours / bare: {100 * rate / free:.0f} % of its requests/s, processor {used / limit:.2f} x "
        f"(goal 95 %)\nours / plain Wagtail: {rate / slow:.0f} x by requests/s, "
        f"{heavy / used:.0f} x by processor (goal 500 x)\n"
    )


if __name__ == "__main__":
    main()
