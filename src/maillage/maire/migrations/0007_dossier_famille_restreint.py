"""A family's file stays as it was written: only what follows it may still change."""

from django.db import migrations

import maillage.socle.contraintes
from maillage.socle.operations import PoserContrainte


class Migration(migrations.Migration):
    dependencies = [("maire", "0006_pv_et_reparation")]

    operations = [
        migrations.RemoveConstraint(model_name="dossierfamille", name="dossierfamille_mur"),
        # Dropping the policies leaves the grant on every column: it goes before the narrower one comes.
        migrations.RunSQL(
            "REVOKE UPDATE ON public.maire_dossierfamille FROM m_web",
            reverse_sql="GRANT UPDATE ON public.maire_dossierfamille TO m_web",
        ),
        PoserContrainte(
            model_name="dossierfamille",
            constraint=maillage.socle.contraintes.MurRestreint(
                modifiables=[
                    "etat",
                    "expire_le",
                    "revue_le",
                    "departement",
                    "suivi_existant",
                    "issue",
                    "clos_le",
                ],
                name="dossierfamille_mur",
            ),
        ),
    ]
