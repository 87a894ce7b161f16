"""The freeze of every kind of file: see ``declencheurs``."""

from django.db import migrations, models
from django.db.models import Q

import maillage.droits.models.declencheurs


class Migration(migrations.Migration):
    dependencies = [("droits", "0009_limitations_de_tout_dossier")]

    operations = [
        migrations.AlterField("limitation", "objet", models.UUIDField()),
        migrations.AlterField("limitation", "reference", models.CharField(max_length=60)),
        migrations.AddConstraint(
            "limitation",
            models.UniqueConstraint(
                fields=["cercle", "objet", "gele"], condition=Q(levee_le__isnull=True), name="limitation_une"
            ),
        ),
        migrations.AddConstraint(
            "limitation",
            models.CheckConstraint(condition=Q(gele=True) | Q(motif="justice"), name="limitation_retenue"),
        ),
        migrations.AddConstraint(
            "limitation",
            maillage.droits.models.declencheurs.GelDesDossiers(name="limitation_geldesdossiers"),
        ),
    ]
