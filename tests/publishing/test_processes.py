"""Several processes write what one writes: on a database of its own, which forked ones can open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import migrated

_SCRIPT = """
import os
import django
django.setup()
from django.conf import settings
from small_site import item, small_site
from gongkai.catalogue.models import SiteProfile
from gongkai.publishing import actions, making, processes, queries, tree
from gongkai.publishing.models import Change, Dependency, Rendered

site = small_site()
for n in range(4):
    item(site, f"第{n}件", interprets=None)
making.BATCH = 5  # many batches of a small site

def written(folder, processes):
    settings.TREE_ROOT = settings.DATA / folder
    Rendered.objects.all().delete()
    assert actions.publish_all(processes).written and not Change.objects.exists()
    read = Dependency.objects.values_list("rendered__path", "rendered__owner", "key")
    return tree.contents(actions.root_of(SiteProfile.objects.get())), set(read)

assert written("several", 2) == written("one", 1)
assert list(queries.differences(2)) == []
pids = set(processes.spread(lambda n: os.getpid(), range(9), 2))
assert pids and os.getpid() not in pids, pids
print("done")
"""


def test_it_works(tmp_path: Path) -> None:
    migrated.copy_to(tmp_path / "gongkai.sqlite3")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        cwd=migrated.ROOT / "tests",
        env={
            **kept,
            "PYTHONPATH": f"{migrated.ROOT}:{migrated.ROOT / 'tests'}",
            "DJANGO_SETTINGS_MODULE": "gongkai.config.settings_test",
            "GONGKAI_DATA": str(tmp_path),
            "GONGKAI_PUBLISH_IN_BACKGROUND": "true",
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "done\n", done.stderr
