"""The proxy's configuration, tried with a real nginx on a free port."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
PAGE = "<!doctype html><title>首页</title>".encode() * 50

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]


class Application(BaseHTTPRequestHandler):
    """Stands for the application: says which path and host reached it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("X-Frame-Options", "DENY")
        self.end_headers()
        self.wfile.write(f"app {self.headers['Host']} {self.path}".encode())

    def do_POST(self) -> None:
        length = len(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"took {length}".encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the test's output."""


@dataclass
class Proxy:
    port: int

    def get(self, path: str, *, host: str = "www.example.cn", **headers: str) -> tuple[
        http.client.HTTPResponse, bytes
    ]:  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": host, **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer, answer.read()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_tree(tree: Path) -> None:
    sfj, pufa, gone = tree / "sites/sfj", tree / "sites/pufa", tree / "gone"
    (sfj / "xxgk").mkdir(parents=True)
    pufa.mkdir()
    gone.mkdir()
    for folder in (sfj, sfj / "xxgk"):
        (folder / "index.html").write_bytes(PAGE)
        (folder / "index.html.gz").write_bytes(gzip.compress(PAGE))
    (sfj / ".hidden").write_text("secret")
    (sfj / "404.html").write_text("没有这一页")
    (sfj / "gone.html").write_text("已撤回")
    (sfj / "opendata").mkdir()
    for name in ("index.html", "items.csv", "index.json", "dcat.jsonld"):
        (sfj / "opendata" / name).write_text("data")
    gone_paths = ("/xxgk/撤回的.html", "/xxgk/old/", "/opendata/old.csv")
    (gone / "sfj.map").write_text("".join(f'"{path}" 1;\n' for path in gone_paths))
    (pufa / "index.html").write_text("普法")  # and no map of what is gone


def write_configuration(prefix: Path, module: ModuleType, app: int, port: int) -> Path:
    site = module.render(
        module.TEMPLATE.read_text(encoding="utf-8"),
        tree=prefix / "tree",
        app=f"127.0.0.1:{app}",
        listen=f"127.0.0.1:{port}",
        sites={"sfj": ["www.example.cn"], "pufa": ["pufa.example.cn"]},
    )
    (prefix / "gongkai.conf").write_text(site, encoding="utf-8")
    folders = "".join(
        f"{name}_temp_path {prefix}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # As root nginx would hand its workers to another user, who may not enter the test's folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    main = prefix / "nginx.conf"
    main.write_text(
        f"{user}daemon off; worker_processes 1; pid {prefix}/nginx.pid;\n"
        f"error_log {prefix}/error.log;\nevents {{ worker_connections 64; }}\n"
        f"http {{\naccess_log off;\ntypes {{ text/html html; }}\n{folders}"
        f"include {prefix}/gongkai.conf;\n}}\n",
        encoding="utf-8",
    )
    return main


def nginx(prefix: Path, main: Path, *more: str) -> list[str]:
    assert NGINX is not None
    return [NGINX, "-e", str(prefix / "error.log"), "-p", str(prefix), "-c", str(main), *more]


@pytest.fixture(scope="module")
def proxy(
    script: Callable[[str], ModuleType], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    prefix = tmp_path_factory.mktemp("nginx")
    write_tree(prefix / "tree")
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    port = free_port()
    main = write_configuration(prefix, script("render_nginx"), application.server_port, port)
    tested = subprocess.run(nginx(prefix, main, "-t"), capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    server = subprocess.Popen(nginx(prefix, main))
    try:
        wait_for(port)
        yield Proxy(port)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
        application.shutdown()
        application.server_close()


def wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not open its port")


def test_serves_a_released_page_as_a_file(proxy: Proxy) -> None:
    for path in ("/", "/xxgk/", "/xxgk/index.html"):
        answer, body = proxy.get(path)
        assert (answer.status, body) == (200, PAGE)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_serves_the_ready_made_gzip_variant_to_who_asks(proxy: Proxy) -> None:
    answer, body = proxy.get("/xxgk/", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(body) == PAGE


def test_open_data_is_served_as_what_it_is(proxy: Proxy) -> None:
    for name, kind in (("", "text/html; charset=utf-8"), ("items.csv", "text/csv"),
                       ("index.json", "application/json"), ("dcat.jsonld", "application/ld+json")):  # fmt: skip # noqa: E501
        answer, body = proxy.get(f"/opendata/{name}")
        assert (answer.status, body, answer.headers["Content-Type"]) == (200, b"data", kind)
    assert proxy.get("/opendata/old.csv")[0].status == 410
    assert proxy.get("/opendata/none.csv")[0].status == 404


def test_a_page_that_never_was_answers_404_in_words(proxy: Proxy) -> None:
    answer, body = proxy.get("/xxgk/nothing.html")
    assert (answer.status, body.decode()) == (404, "没有这一页")


def test_a_withdrawn_page_answers_410_in_words(proxy: Proxy) -> None:
    for path in ("/xxgk/old/", "/xxgk/%E6%92%A4%E5%9B%9E%E7%9A%84.html"):
        answer, body = proxy.get(path)
        assert (answer.status, body.decode()) == (410, "已撤回")


def test_withdrawn_paths_of_one_site_are_none_of_the_other(proxy: Proxy) -> None:
    assert proxy.get("/", host="pufa.example.cn")[1].decode() == "普法"
    assert proxy.get("/xxgk/old/", host="pufa.example.cn")[0].status == 404


def test_security_headers_stand_on_pages_and_on_refusals(proxy: Proxy) -> None:
    for path in ("/", "/xxgk/nothing.html", "/xxgk/old/"):
        headers = proxy.get(path)[0].headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-cache"
        assert "/" not in (headers["Server"] or "")


def test_forms_and_the_desk_reach_the_application(proxy: Proxy) -> None:
    for path in ("/desk/", "/static/a.css", "/apply/", "/ask/x", "/query/", "/api/v1?a=1",
                 "/search/?q=%E5%85%AC%E5%BC%80"):  # fmt: skip
        answer, body = proxy.get(path)
        assert body.decode() == f"app www.example.cn {path}"
        assert answer.headers.get_all("X-Frame-Options") == ["DENY"]


def test_a_form_with_large_attachments_reaches_the_application(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=30)
    body = bytes(20 * 1024 * 1024)
    connection.request("POST", "/apply/", body, {"Host": "www.example.cn"})
    assert connection.getresponse().read().decode() == f"took {len(body)}"


def test_nothing_but_the_tree_is_reachable(proxy: Proxy) -> None:
    for path in ("/.hidden", "/../../gone/sfj.map", "/%2e%2e/nginx.conf", "/apply/../.hidden"):
        assert proxy.get(path)[0].status in {400, 404}, path


def test_an_unknown_host_gets_no_answer(proxy: Proxy) -> None:
    with pytest.raises((http.client.RemoteDisconnected, http.client.BadStatusLine)):
        proxy.get("/", host="somebody.else")
