"""What commands that need the application share: settings chosen, Django loaded, database reachable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

REGLAGES = "maillage.projet.settings"


@contextmanager
def base_prete() -> Iterator[None]:
    """Within it, Django is loaded and its database answers."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", REGLAGES)

    import django

    django.setup()
    yield
