"""Applications of codes, their secret sealed; how many files each account has opened lately."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import maillage.socle.contraintes


class Migration(migrations.Migration):
    dependencies = [("acteurs", "0004_preuves")]

    operations = [
        migrations.CreateModel(
            name="AppareilDeCodes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("scelle", models.BinaryField()),
                ("confirme", models.BooleanField(default=False)),
                ("dernier_pas", models.BigIntegerField(default=-1)),
                ("derive", models.SmallIntegerField(default=0)),
                ("cree_le", models.DateTimeField()),
                (
                    "compte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appareils",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "application de codes",
                "verbose_name_plural": "applications de codes",
                "constraints": [
                    maillage.socle.contraintes.Droits(
                        name="appareil_de_codes_droits",
                        web="SELECT, INSERT, DELETE, UPDATE (confirme, dernier_pas, derive)",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rythme",
            fields=[
                (
                    "compte",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("court_depuis", models.DateTimeField()),
                ("court", models.PositiveIntegerField(default=0)),
                ("jour_depuis", models.DateTimeField()),
                ("jour", models.PositiveIntegerField(default=0)),
                ("exigee_le", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "rythme de lecture",
                "verbose_name_plural": "rythmes de lecture",
                "constraints": [
                    maillage.socle.contraintes.Droits(name="rythme_droits", web="SELECT, INSERT, UPDATE")
                ],
            },
        ),
    ]
