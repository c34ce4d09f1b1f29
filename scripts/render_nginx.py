"""Fill ``nginx/gongkai.conf.template`` in and print it.

python scripts/render_nginx.py --tree DIR --app 127.0.0.1:8000 [--listen 80] CODE=HOST[,HOST…]…
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parents[1] / "nginx/gongkai.conf.template"
BLOCK = re.compile(r"# BEGIN site\n(.*?)# END site\n", re.DOTALL)
# What may stand in a directive without ending it or opening another.
SAFE = re.compile(r"[\w./:\[\]*-]+(?: [\w.*-]+)*")


def render(
    template: str, *, tree: Path, app: str, listen: str, sites: Mapping[str, list[str]]
) -> str:
    """The configuration for ``sites`` (code of a site → its host names).

    Raises ValueError for a value that nginx would read as more than one word of a directive.
    """

    def fill(text: str, **values: str) -> str:
        for name, value in values.items():
            if not SAFE.fullmatch(value):
                raise ValueError(f"{name} cannot stand in nginx's configuration: {value!r}")
            text = text.replace("{{" + name + "}}", value)
        return text

    blocks = BLOCK.findall(template)
    if len(blocks) != 1:
        raise ValueError("the template has no single block between BEGIN site and END site")
    servers = "".join(
        fill(blocks[0], CODE=code, HOSTS=" ".join(hosts)) for code, hosts in sites.items()
    )
    text = BLOCK.sub(lambda _: servers, template)
    return fill(text, TREE=str(tree.resolve()), APP=app, LISTEN=listen)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", type=Path, required=True)
    parser.add_argument("--app", default="127.0.0.1:8000")
    parser.add_argument("--listen", default="80")
    parser.add_argument("sites", nargs="+", metavar="CODE=HOST")
    asked = parser.parse_args()
    sites = {}
    for site in asked.sites:
        code, _, hosts = site.partition("=")
        if not re.fullmatch(r"[a-z0-9_]+", code) or not hosts:
            parser.error(f"write CODE=HOST, with a code of letters, digits and _: {site}")
        sites[code] = hosts.split(",")
    template = TEMPLATE.read_text(encoding="utf-8")
    sys.stdout.write(
        render(template, tree=asked.tree, app=asked.app, listen=asked.listen, sites=sites)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
