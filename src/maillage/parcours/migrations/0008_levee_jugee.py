"""A lifting holds for what was judged, and its author may take it back: nothing else of it ever changes."""

from django.db import migrations, models

import maillage.socle.contraintes
from maillage.socle.operations import PoserContrainte


class Migration(migrations.Migration):
    dependencies = [("parcours", "0007_enonces")]
    operations = [
        migrations.AddField("levee", "empreinte", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField("levee", "juge_pour", models.DateField(null=True)),
        migrations.AddField("levee", "reprise_le", models.DateField(null=True)),
        migrations.RemoveConstraint(model_name="levee", name="levee_une_fois"),
        PoserContrainte(
            model_name="levee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reprise_le__isnull", True)),
                fields=("cercle", "objet", "regle", "code", "empreinte"),
                name="levee_une_fois",
            ),
        ),
        migrations.RemoveConstraint(model_name="levee", name="levee_mur"),
        migrations.RunSQL(
            "REVOKE UPDATE ON public.parcours_levee FROM m_web",
            reverse_sql="GRANT UPDATE ON public.parcours_levee TO m_web",
        ),
        PoserContrainte(
            model_name="levee",
            constraint=maillage.socle.contraintes.MurRestreint(modifiables=["reprise_le"], name="levee_mur"),
        ),
    ]
