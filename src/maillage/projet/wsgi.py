"""The WSGI door of the web process."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.projet.settings")
application = get_wsgi_application()

_ = get_resolver().url_patterns  # else the first request would load every view
# What the application is made of never goes: the collector leaves it alone, shared by the workers, and
# looks at the short-lived objects of pages a tenth as often (measured: a tenth of a page's time).
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
