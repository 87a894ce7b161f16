"""Who wrote a contact, an element, an objective, and when: its author may take it back for a while."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import maillage.situations.models.retrait
from maillage.socle.operations import PoserContrainte


class Migration(migrations.Migration):
    dependencies = [
        ("acteurs", "0003_saisie_gardee"),
        ("instances", "0004_point_sans_oracle"),
        ("situations", "0002_termes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="saisi_le",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="element",
            name="saisi_le",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="objectif",
            name="pose_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="objectif",
            name="saisi_le",
            field=models.DateTimeField(null=True),
        ),
        PoserContrainte(
            model_name="contact",
            constraint=maillage.situations.models.retrait.Retrait(
                auteur="par", minutes=30, name="contact_retrait"
            ),
        ),
        PoserContrainte(
            model_name="element",
            constraint=maillage.situations.models.retrait.Retrait(
                auteur="partage_par", minutes=30, name="element_retrait"
            ),
        ),
        PoserContrainte(
            model_name="objectif",
            constraint=maillage.situations.models.retrait.Retrait(
                auteur="pose_par", minutes=30, modifiables=("etat", "etat_le"), name="objectif_retrait"
            ),
        ),
    ]
