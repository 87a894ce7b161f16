"""Find at once the facts that take another back."""

from django.db import migrations, models

from maillage.socle.operations import PoserIndex


class Migration(migrations.Migration):
    dependencies = [
        ("socle", "0004_fait_qpv"),
    ]

    operations = [
        PoserIndex(
            model_name="faitstatistique",
            index=models.Index(
                condition=models.Q(("nombre__lt", 0)), fields=["instance"], name="fait_compense"
            ),
        ),
    ]
