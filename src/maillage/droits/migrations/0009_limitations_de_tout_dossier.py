"""Any file may be restricted, and one that a claim in court needs is held back from the retention run."""

from typing import Any

from django.db import migrations, models


def completer(_apps: Any, editeur: Any) -> None:
    """Each restriction of before was that of a situation."""
    with editeur.connection.cursor() as curseur:
        curseur.execute("SET LOCAL ROLE m_maintenance")
        curseur.execute(
            "UPDATE droits_limitation l SET objet = s.public_id, reference = 'Situation n° ' || s.numero "
            "FROM situations_situation s WHERE s.id = l.situation_id AND s.cercle_id = l.cercle_id"
        )
        curseur.execute("RESET ROLE")


class Migration(migrations.Migration):
    dependencies = [
        ("droits", "0008_pages_sans_clair"),
        ("documents", "0002_paliers"),
        ("instances", "0008_registre_des_droits"),
        ("maire", "0007_dossier_famille_restreint"),
        ("parcours", "0009_accord_retire"),
    ]

    operations = [
        migrations.RemoveConstraint("limitation", "limitation_gel"),
        migrations.RemoveConstraint("limitation", "limitation_une"),
        migrations.AddField("limitation", "objet", models.UUIDField(null=True)),
        migrations.AddField("limitation", "reference", models.CharField(max_length=60, default="")),
        migrations.AddField("limitation", "gele", models.BooleanField(default=True)),
        migrations.AlterField(
            "limitation",
            "situation",
            models.ForeignKey(
                "situations.Situation",
                on_delete=models.deletion.PROTECT,
                related_name="+",
                db_constraint=False,
                null=True,
            ),
        ),
        migrations.RunPython(completer, migrations.RunPython.noop),
    ]
