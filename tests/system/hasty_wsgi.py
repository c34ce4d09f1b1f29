"""The planted fault of the durability test: a form is acknowledged before it is committed."""

from __future__ import annotations

import threading
import time
from typing import Any

from gongkai.config.wsgi import application
from gongkai.portal.views import asking

_submit = asking.submit


def _later(*args: Any, **facts: Any) -> None:
    def commit() -> None:
        time.sleep(0.4)
        _submit(*args, **facts)

    threading.Thread(target=commit, daemon=True).start()


asking.submit = _later  # type: ignore[assignment]

__all__ = ["application"]
