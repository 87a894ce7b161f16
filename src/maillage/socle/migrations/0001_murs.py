"""The schema, the clock, the actor and the empty wall that ``instances`` fills later."""

from django.db import migrations

CREER = """
CREATE SCHEMA socle;
GRANT USAGE ON SCHEMA socle TO m_web, m_taches, m_resolveur, m_journal, m_maintenance;
GRANT USAGE ON SCHEMA public TO m_web, m_taches, m_resolveur, m_journal, m_maintenance;

CREATE FUNCTION socle.maintenant() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT now() $$;

CREATE FUNCTION socle.acteur() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT nullif(current_setting('maillage.acteur', true), '')::bigint $$;

-- Nobody sees anything until instances gives this function its body.
CREATE FUNCTION socle.mes_cercles() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT '{}'::bigint[] $$;

REVOKE EXECUTE ON FUNCTION socle.maintenant(), socle.acteur(), socle.mes_cercles() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION socle.maintenant(), socle.acteur(), socle.mes_cercles()
    TO m_web, m_taches, m_maintenance, m_resolveur, m_journal;
GRANT CREATE ON SCHEMA socle TO m_resolveur, m_journal;
ALTER FUNCTION socle.mes_cercles() OWNER TO m_resolveur;
REVOKE CREATE ON SCHEMA socle FROM m_resolveur, m_journal;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CREER, reverse_sql="DROP SCHEMA socle CASCADE")]
