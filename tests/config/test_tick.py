from __future__ import annotations

import pytest
from django.core.management import call_command
from small_site import item, small_site

from gongkai.config.management.commands import tick
from gongkai.publishing.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path) -> None:
    settings.DATA, settings.TREE_ROOT = tmp_path, tmp_path / "tree"


def test_it_works() -> None:
    item(small_site())
    assert Change.objects.exists()
    call_command("tick")
    assert not Change.objects.exists()


def test_one_failure_stops_no_other(monkeypatch, capsys) -> None:
    done = []

    def broken() -> None:
        raise OSError("磁盘已满")

    monkeypatch.setattr(tick, "DUE", {"坏的": broken, "好的": lambda: done.append(1)})
    with pytest.raises(SystemExit) as stopped:
        call_command("tick")
    assert stopped.value.code == 1
    assert done == [1]
    assert "坏的没有完成：磁盘已满" in capsys.readouterr().err
