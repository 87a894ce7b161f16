"""Any rule asked by an agent, without a person's name."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "maillage.consultation"
    label = "consultation"
    verbose_name = "Puis-je ?"
