"""The WSGI door of the web process."""

import gc
import os
from typing import Any

from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.projet.settings")
application = get_wsgi_application()


def balayer(**_: Any) -> None:
    """Sweep what the page before has left: a request and its context hold each other.

    A few hundred objects at each page, a tenth of a millisecond; left to pile up, they made one page in
    seventeen wait four milliseconds for all the others.
    """
    gc.collect(0)


_ = get_resolver().url_patterns  # else the first request would load every view
# What the application is made of never goes: the collector leaves it alone, shared by the workers. Within a
# page it starts by itself only where the page is very large.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
request_started.connect(balayer, dispatch_uid="maillage.projet.wsgi.balayer")
