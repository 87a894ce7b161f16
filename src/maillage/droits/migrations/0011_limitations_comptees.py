"""How many files are restricted or held back in a council, for who answers for its register: counts, days."""

from django.db import migrations

PRETER = """
SET LOCAL ROLE m_journal;
GRANT EXECUTE ON FUNCTION socle.mes_cercles_de_conseil(bigint) TO m_maintenance;
RESET ROLE;
"""

CREER = """
CREATE FUNCTION socle.limitations_du_conseil(conseil bigint)
RETURNS TABLE (motif text, gele boolean, nombre bigint, depuis date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT l.motif::text, l.gele, count(*), min(l.le) FROM public.droits_limitation l
    WHERE l.levee_le IS NULL AND l.cercle_id = ANY((SELECT socle.mes_cercles_de_conseil(conseil))::bigint[])
    GROUP BY 1, 2 ORDER BY 1, 2
$$;
REVOKE EXECUTE ON FUNCTION socle.limitations_du_conseil(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION socle.limitations_du_conseil(bigint) TO m_web, m_maintenance;
GRANT CREATE ON SCHEMA socle TO m_maintenance;
ALTER FUNCTION socle.limitations_du_conseil(bigint) OWNER TO m_maintenance;
REVOKE CREATE ON SCHEMA socle FROM m_maintenance;
"""

DEFAIRE = "DROP FUNCTION socle.limitations_du_conseil(bigint);"


class Migration(migrations.Migration):
    dependencies = [("droits", "0010_geler_tout_dossier")]
    operations = [migrations.RunSQL(PRETER + CREER, reverse_sql=DEFAIRE)]
