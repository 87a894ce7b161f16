"""The journal's only writer, and the demo flag that cannot be taken back."""

from django.db import migrations

CREER = """
GRANT INSERT ON public.socle_journal TO m_journal;

CREATE FUNCTION socle.journaliser(quoi text, sur text, dans bigint, precisions jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO public.socle_journal (le, acteur, evenement, objet, cercle, details)
    VALUES (socle.maintenant(), socle.acteur(), quoi, coalesce(sur, ''), dans, coalesce(precisions, '{}'))
$$;
REVOKE EXECUTE ON FUNCTION socle.journaliser(text, text, bigint, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION socle.journaliser(text, text, bigint, jsonb) TO m_web, m_taches, m_maintenance;
GRANT CREATE ON SCHEMA socle TO m_journal;
ALTER FUNCTION socle.journaliser(text, text, bigint, jsonb) OWNER TO m_journal;
REVOKE CREATE ON SCHEMA socle FROM m_journal;

CREATE FUNCTION socle.installation_figee() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$ BEGIN
    RAISE EXCEPTION 'la nature de l''installation (démonstration ou exploitation) ne change jamais';
END $$;
CREATE TRIGGER installation_figee BEFORE UPDATE OR DELETE ON public.socle_installation
    FOR EACH ROW EXECUTE FUNCTION socle.installation_figee();
"""

DEFAIRE = """
DROP TRIGGER installation_figee ON public.socle_installation;
DROP FUNCTION socle.installation_figee();
DROP FUNCTION socle.journaliser(text, text, bigint, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("socle", "0002_initial")]
    operations = [migrations.RunSQL(CREER, reverse_sql=DEFAIRE)]
