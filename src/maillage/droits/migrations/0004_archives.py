"""Who opened a closed file, and why: told to the groupe's coordination and president, and to the DPO.

Two more functions of ``m_journal``, which reads the journal for them. The first gives nothing of a cercle the
actor does not read; the second nothing of a council whose register of requests the actor does not read.
"""

from django.db import migrations

CREER = """
CREATE FUNCTION socle.archives_ouvertes(dans bigint[], debut timestamptz)
RETURNS TABLE (le timestamptz, objet text, acteur bigint, cercle bigint, motif text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT j.le, j.objet::text, j.acteur, j.cercle, j.details ->> 'motif' FROM public.socle_journal j
    WHERE j.le >= debut AND j.evenement = 'archive_consultee'
    AND j.cercle = ANY(dans) AND j.cercle = ANY((SELECT socle.mes_cercles())::bigint[])
    ORDER BY j.le DESC, j.id DESC LIMIT 200
$$;

CREATE FUNCTION socle.archives_du_conseil(conseil bigint, debut timestamptz, fin timestamptz)
RETURNS TABLE (le timestamptz, objet text, acteur bigint, cercle bigint, motif text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT j.le, j.objet::text, j.acteur, j.cercle, j.details ->> 'motif' FROM public.socle_journal j
    WHERE j.le >= debut AND j.le < fin AND j.evenement = 'archive_consultee'
    AND j.cercle = ANY((SELECT socle.mes_cercles_de_conseil(conseil))::bigint[])
    ORDER BY j.le DESC, j.id DESC LIMIT 200
$$;
"""

FONCTIONS = (
    "socle.archives_ouvertes(bigint[], timestamptz)",
    "socle.archives_du_conseil(bigint, timestamptz, timestamptz)",
)
DONNER = (
    "".join(
        f"REVOKE EXECUTE ON FUNCTION {nom} FROM PUBLIC; "
        f"GRANT EXECUTE ON FUNCTION {nom} TO m_web, m_maintenance;\n"
        for nom in FONCTIONS
    )
    + "GRANT CREATE ON SCHEMA socle TO m_journal;\n"
    + "".join(f"ALTER FUNCTION {nom} OWNER TO m_journal;\n" for nom in FONCTIONS)
    + "REVOKE CREATE ON SCHEMA socle FROM m_journal;\n"
)


class Migration(migrations.Migration):
    dependencies = [("droits", "0003_alertes")]
    operations = [
        migrations.RunSQL(
            CREER + DONNER, reverse_sql="".join(f"DROP FUNCTION {nom};\n" for nom in reversed(FONCTIONS))
        )
    ]
