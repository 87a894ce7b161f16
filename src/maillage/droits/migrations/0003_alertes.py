"""Which accounts opened more files than a person reads, for who answers for the council's processing.

A function of ``m_journal``: it gives nothing of a council whose register of requests the actor does not read.
"""

from django.db import migrations

CREER = """
CREATE FUNCTION socle.alertes_de_lecture(debut timestamptz, fin timestamptz)
RETURNS TABLE (conseil bigint, le timestamptz, acteur bigint, details jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT DISTINCT ON (j.le, j.acteur, f.conseil_id) f.conseil_id, j.le, j.acteur, j.details
    FROM public.socle_journal j JOIN public.instances_formation f ON f.cercle_id = j.cercle
    WHERE j.evenement = 'rythme_depasse' AND j.le >= debut AND j.le < fin
    AND EXISTS (SELECT FROM public.instances_formation r
                WHERE r.conseil_id = f.conseil_id AND r.genre = 'droits'
                AND r.cercle_id = ANY(socle.mes_cercles()))
    ORDER BY j.le DESC, j.acteur, f.conseil_id LIMIT 200
$$;
REVOKE EXECUTE ON FUNCTION socle.alertes_de_lecture(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION socle.alertes_de_lecture(timestamptz, timestamptz) TO m_web, m_maintenance;
GRANT CREATE ON SCHEMA socle TO m_journal;
ALTER FUNCTION socle.alertes_de_lecture(timestamptz, timestamptz) OWNER TO m_journal;
REVOKE CREATE ON SCHEMA socle FROM m_journal;
"""
DEFAIRE = "DROP FUNCTION socle.alertes_de_lecture(timestamptz, timestamptz)"


class Migration(migrations.Migration):
    dependencies = [("droits", "0002_journal"), ("socle", "0008_journal_depassements")]

    operations = [migrations.RunSQL(CREER, reverse_sql=DEFAIRE)]
