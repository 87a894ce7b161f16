"""Django application of the visual language."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """No model: templates, static files, forms and a gallery."""

    name = "maillage.interface"
    label = "interface"
    verbose_name = "Interface"
