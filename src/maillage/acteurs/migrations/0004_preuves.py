"""What proves who somebody is: keys, recovery codes behind the wall of their account, outer identities."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import maillage.socle.contraintes


class Migration(migrations.Migration):
    dependencies = [
        ("acteurs", "0003_saisie_gardee"),
    ]

    operations = [
        migrations.CreateModel(
            name="CleDAcces",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("nom", models.CharField(max_length=60)),
                ("identifiant", models.BinaryField(unique=True)),
                ("cle_publique", models.BinaryField()),
                ("compteur", models.BigIntegerField(default=0)),
                ("synchronisee", models.BooleanField(default=False)),
                ("cree_le", models.DateTimeField()),
                ("employee_le", models.DateTimeField(null=True)),
                (
                    "compte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "clé d’accès",
                "verbose_name_plural": "clés d’accès",
                "constraints": [
                    maillage.socle.contraintes.Droits(
                        name="cle_d_acces_droits",
                        web="SELECT, INSERT, DELETE, UPDATE (compteur, employee_le)",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeDeSecours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("repere", models.CharField(max_length=2)),
                ("empreinte", models.CharField(max_length=128)),
                ("cree_le", models.DateTimeField()),
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
                "verbose_name": "code de secours",
                "verbose_name_plural": "codes de secours",
                "constraints": [
                    models.UniqueConstraint(fields=("compte", "repere"), name="code_de_secours_repere"),
                    maillage.socle.contraintes.MurDuCompte(name="code_de_secours_mur"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentiteExterne",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("emetteur", models.CharField(max_length=200)),
                ("sub", models.CharField(max_length=255)),
                ("liee_le", models.DateTimeField()),
                ("employee_le", models.DateTimeField(null=True)),
                (
                    "compte",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identites",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "identité externe",
                "verbose_name_plural": "identités externes",
                "constraints": [
                    models.UniqueConstraint(fields=("emetteur", "sub"), name="identite_externe_sub"),
                    models.UniqueConstraint(fields=("compte", "emetteur"), name="identite_externe_compte"),
                    maillage.socle.contraintes.Droits(
                        name="identite_externe_droits", web="SELECT, INSERT, DELETE, UPDATE (employee_le)"
                    ),
                ],
            },
        ),
    ]
