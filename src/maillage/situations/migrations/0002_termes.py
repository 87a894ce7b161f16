"""Say in which year each open follow-up ends at the age limit, as new ones do at their opening."""

from django.db import migrations

# Under FORCE the owner sees no row: the maintenance role does, on purpose and for this statement.
DIRE = """
SET LOCAL ROLE m_maintenance;
INSERT INTO public.socle_fait_statistique
    (evenement, mois, instance, departement, volet, fil, genre, exposition, tranche_age, sexe,
     origine, motif, issue, nombre)
SELECT 'terme', make_date(extract(year FROM s.expire_le)::int, 12, 1), c.id, c.departement_code, s.volet,
       s.fil, '', s.exposition, s.tranche_age, '', '', '', 'limite_age', 1
FROM public.situations_situation s
JOIN public.instances_formation f ON f.cercle_id = s.cercle_id
JOIN public.instances_conseil c ON c.id = f.conseil_id
WHERE s.etat = 'ouverte' AND s.expire_le IS NOT NULL
  AND NOT EXISTS (SELECT FROM public.socle_fait_statistique d WHERE d.evenement = 'terme' AND d.fil = s.fil);
RESET ROLE;
"""

OUBLIER = """
SET LOCAL ROLE m_maintenance;
DELETE FROM public.socle_fait_statistique WHERE evenement = 'terme';
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0001_initial"), ("socle", "0003_journal")]
    operations = [migrations.RunSQL(DIRE, reverse_sql=OUBLIER)]
