"""Documents from versioned templates, and the one engine of conventions."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "maillage.documents"
    label = "documents"
    verbose_name = "Documents et conventions"
