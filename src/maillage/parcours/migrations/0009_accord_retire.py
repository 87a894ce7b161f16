"""An agreement taken back stops the body before the first day; what the groupe allowed is told to the body.

Three columns of a row that both sides read, and that the groupe alone may write: a trigger says so, for the
grants of a shared row know no side.
"""

from django.db import migrations, models

import maillage.socle.contraintes
from maillage.socle.operations import PoserContrainte

GARDER = """
CREATE FUNCTION socle.tenir_la_part_du_groupe() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_user = 'm_web' AND NOT (OLD.cercle_id = ANY((SELECT socle.mes_cercles())::bigint[])) THEN
        RAISE EXCEPTION 'Only the groupe writes this.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER part_du_groupe BEFORE UPDATE ON public.parcours_participation FOR EACH ROW
    WHEN ((OLD.suspendue_le, OLD.jours_longs_le, OLD.paie_tardive_le)
          IS DISTINCT FROM (NEW.suspendue_le, NEW.jours_longs_le, NEW.paie_tardive_le))
    EXECUTE FUNCTION socle.tenir_la_part_du_groupe();
"""
LIBERER = """
DROP TRIGGER part_du_groupe ON public.parcours_participation;
DROP FUNCTION socle.tenir_la_part_du_groupe();
"""

MODIFIABLES = [
    "etat",
    "accusee_le",
    "commencee_le",
    "finie_le",
    "fin_prevue",
    "resultat",
    "cause",
    "heures_jour_max",
    "evaluation_le",
    "reunion_le",
    "apres",
    "suspendue_le",
    "jours_longs_le",
    "paie_tardive_le",
]


class Migration(migrations.Migration):
    dependencies = [("parcours", "0008_levee_jugee")]
    operations = [
        migrations.AddField("participation", "suspendue_le", models.DateField(null=True)),
        migrations.AddField("participation", "jours_longs_le", models.DateField(null=True)),
        migrations.AddField("participation", "paie_tardive_le", models.DateField(null=True)),
        migrations.AddField("levee", "juge_avec", models.UUIDField(null=True)),
        migrations.RemoveConstraint(model_name="participation", name="participation_mur"),
        PoserContrainte(
            model_name="participation",
            constraint=maillage.socle.contraintes.MurPartage(
                name="participation_mur", modifiables=MODIFIABLES
            ),
        ),
        PoserContrainte(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("suspendue_le__isnull", True),
                    models.Q(("etat", "commencee"), _negated=True),
                    _connector="OR",
                ),
                name="participation_suspendue_attend",
            ),
        ),
        migrations.RunSQL(GARDER, reverse_sql=LIBERER),
    ]
