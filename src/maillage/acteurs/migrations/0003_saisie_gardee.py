"""Forms kept a quarter of an hour for the account whose session ended, behind a wall of their own."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import maillage.socle.contraintes


class Migration(migrations.Migration):
    dependencies = [("acteurs", "0002_tables_tierces"), ("socle", "0003_journal")]
    operations = [
        migrations.CreateModel(
            name="SaisieGardee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("contenu", models.BinaryField()),
                ("expire_le", models.DateTimeField()),
                (
                    "compte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saisie gardée",
                "verbose_name_plural": "saisies gardées",
                "indexes": [models.Index(fields=["expire_le"], name="saisie_expire_le")],
                "constraints": [maillage.socle.contraintes.MurDuCompte(name="saisie_gardee_mur")],
            },
        ),
    ]
