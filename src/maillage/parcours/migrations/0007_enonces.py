"""What is judged is kept: the sentence stated, the conditions of restorative justice."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import maillage.socle.contraintes


class Migration(migrations.Migration):
    dependencies = [
        ("instances", "0006_registres_communaux"),
        ("parcours", "0006_compte_dans_l_acte"),
        ("situations", "0003_retraits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConditionEnoncee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("enonce_le", models.DateField()),
                ("code", models.CharField(max_length=40)),
                ("oui", models.BooleanField()),
                ("le", models.DateField()),
                (
                    "cercle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="instances.cercle",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["cercle", "situation", "code"], name="condition_du_dossier")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cercle", "id"), name="conditionenoncee_cercle_id"),
                    models.UniqueConstraint(
                        fields=("cercle", "public_id"), name="conditionenoncee_cercle_public_id"
                    ),
                    maillage.socle.contraintes.MurRestreint(modifiables=[], name="conditionenoncee_mur"),
                    maillage.socle.contraintes.CleComposee(
                        champ="situation", name="conditionenoncee_situation"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeineEnoncee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("enonce_le", models.DateField()),
                ("heures", models.PositiveSmallIntegerField()),
                ("nature", models.CharField(default="delit", max_length=12)),
                ("decision_le", models.DateField()),
                ("faits_le", models.DateField()),
                (
                    "cercle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="instances.cercle",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["cercle", "situation"], name="peine_du_dossier")],
                "constraints": [
                    models.UniqueConstraint(fields=("cercle", "id"), name="peineenoncee_cercle_id"),
                    models.UniqueConstraint(
                        fields=("cercle", "public_id"), name="peineenoncee_cercle_public_id"
                    ),
                    maillage.socle.contraintes.MurRestreint(modifiables=[], name="peineenoncee_mur"),
                    maillage.socle.contraintes.CleComposee(champ="situation", name="peineenoncee_situation"),
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["delit", "contravention"])), name="peine_nature"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("faits_le__lte", models.F("decision_le"))), name="peine_dates"
                    ),
                ],
            },
        ),
    ]
