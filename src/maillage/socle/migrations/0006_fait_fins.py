"""Find at once the follow-ups of a council that the age limit ends, and whether each is closed."""

from django.db import migrations, models

from maillage.socle.operations import PoserIndex


class Migration(migrations.Migration):
    dependencies = [("socle", "0005_fait_compense")]

    operations = [
        PoserIndex(
            model_name="faitstatistique",
            index=models.Index(
                condition=models.Q(("evenement", "cloture")), fields=["fil"], name="fait_cloture"
            ),
        ),
        PoserIndex(
            model_name="faitstatistique",
            index=models.Index(
                condition=models.Q(("evenement", "terme")), fields=["instance"], name="fait_terme"
            ),
        ),
    ]
