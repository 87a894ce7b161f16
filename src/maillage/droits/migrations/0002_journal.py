"""What may be asked of the journal without reading it: who opened a file, what a council's cercles count.

Three functions of ``m_journal``, which alone reads the columns they need. Each gives nothing of a cercle the
actor does not read, or of a council whose register of requests the actor does not read.
"""

from django.db import migrations

PRETER = """
GRANT SELECT (id, le, acteur, evenement, objet, cercle, details) ON public.socle_journal TO m_journal;
GRANT SELECT (cercle_id, conseil_id, genre) ON public.instances_formation TO m_journal;
SET LOCAL ROLE m_resolveur;
GRANT EXECUTE ON FUNCTION socle.mes_cercles() TO m_journal;
RESET ROLE;
"""

CREER = """
CREATE FUNCTION socle.consultations(dans bigint, objets text[])
RETURNS TABLE (le timestamptz, evenement text, acteur bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT j.le, j.evenement::text, j.acteur FROM public.socle_journal j
    WHERE j.objet = ANY(objets) AND j.cercle = dans AND dans = ANY(socle.mes_cercles())
    AND (j.evenement LIKE 'lecture%'
         OR j.evenement IN ('archive_consultee', 'document_compose', 'droit_extrait'))
    ORDER BY j.le DESC, j.id DESC LIMIT 1000
$$;

CREATE FUNCTION socle.mes_cercles_de_conseil(conseil bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(f.cercle_id), '{}'::bigint[]) FROM public.instances_formation f
    WHERE f.conseil_id = conseil AND f.cercle_id IS NOT NULL AND EXISTS (
        SELECT FROM public.instances_formation r WHERE r.conseil_id = conseil AND r.genre = 'droits'
        AND r.cercle_id = ANY(socle.mes_cercles()))
$$;

CREATE FUNCTION socle.activite_du_conseil(conseil bigint, debut timestamptz, fin timestamptz)
RETURNS TABLE (evenement text, nombre bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT j.evenement::text, count(*) FROM public.socle_journal j
    WHERE j.le >= debut AND j.le < fin
    AND j.cercle = ANY((SELECT socle.mes_cercles_de_conseil(conseil))::bigint[]) GROUP BY 1
$$;

CREATE FUNCTION socle.destructions_du_conseil(conseil bigint, debut timestamptz, fin timestamptz)
RETURNS TABLE (le timestamptz, details jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT j.le, j.details FROM public.socle_journal j
    WHERE j.le >= debut AND j.le < fin AND j.evenement = 'destruction'
    AND j.cercle = ANY((SELECT socle.mes_cercles_de_conseil(conseil))::bigint[])
    ORDER BY j.le DESC, j.id DESC LIMIT 1000
$$;
"""

FONCTIONS = (
    "socle.consultations(bigint, text[])",
    "socle.mes_cercles_de_conseil(bigint)",
    "socle.activite_du_conseil(bigint, timestamptz, timestamptz)",
    "socle.destructions_du_conseil(bigint, timestamptz, timestamptz)",
)
OUVERTES = FONCTIONS[:1] + FONCTIONS[2:]

FERMER = "".join(f"REVOKE EXECUTE ON FUNCTION {nom} FROM PUBLIC;\n" for nom in FONCTIONS)
OUVRIR = "".join(f"GRANT EXECUTE ON FUNCTION {nom} TO m_web, m_maintenance;\n" for nom in OUVERTES)
DONNER = (
    "GRANT CREATE ON SCHEMA socle TO m_journal;\n"
    + "".join(f"ALTER FUNCTION {nom} OWNER TO m_journal;\n" for nom in FONCTIONS)
    + "REVOKE CREATE ON SCHEMA socle FROM m_journal;\n"
)
DEFAIRE = (
    "".join(f"DROP FUNCTION {nom};\n" for nom in reversed(FONCTIONS))
    + """
REVOKE SELECT (id, le, acteur, evenement, objet, cercle, details) ON public.socle_journal FROM m_journal;
REVOKE SELECT (cercle_id, conseil_id, genre) ON public.instances_formation FROM m_journal;
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("droits", "0001_initial"),
        ("socle", "0007_journal_scelle"),
        ("instances", "0008_registre_des_droits"),
    ]
    operations = [
        migrations.RunSQL(PRETER, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(CREER + FERMER + OUVRIR + DONNER, reverse_sql=DEFAIRE),
    ]
