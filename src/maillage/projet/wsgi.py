"""The WSGI door of the web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.projet.settings")
application = get_wsgi_application()
