"""Give ``mes_cercles()`` the same answer for half the price.

Each walled table of a query evaluates it once, so a page of ten tables pays for it ten times. In SQL, the
instant and the actor were asked for at every condition (a function with its own ``search_path`` is never
inlined) and, before PostgreSQL 18, the query was planned anew at each call. Here both are read once and the
plan is kept. The conditions are those of 0002, word for word.
"""

from django.db import migrations

REMPLACER = """
GRANT CREATE ON SCHEMA socle TO m_resolveur;
SET LOCAL ROLE m_resolveur;
CREATE OR REPLACE FUNCTION socle.mes_cercles() RETURNS bigint[]
LANGUAGE {langue} STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ {corps} $$;
RESET ROLE;
REVOKE CREATE ON SCHEMA socle FROM m_resolveur;
"""

LIRE = """
SELECT coalesce(array_agg(DISTINCT h.cercle_id), '{{}}'::bigint[]){dans}
FROM public.instances_habilitation h
JOIN public.acteurs_compte compte ON compte.id = h.compte_id AND compte.actif
JOIN public.instances_cercle cercle ON cercle.id = h.cercle_id
    AND cercle.ouvert_le <= {instant}
    AND (cercle.ferme_le IS NULL OR cercle.ferme_le > {instant})
JOIN public.instances_formation formation ON formation.cercle_id = h.cercle_id
JOIN public.instances_siege siege ON siege.id = h.siege_id AND siege.formation_id = formation.id
    AND siege.depuis <= {instant}
    AND (siege.jusqua IS NULL OR siege.jusqua > {instant})
JOIN public.acteurs_organisme organisme ON organisme.id = siege.organisme_id AND organisme.actif
JOIN public.instances_texte charte ON charte.formation_id = formation.id
    AND charte.genre = 'charte' AND charte.etat = 'adopte'
JOIN public.instances_signature signature ON signature.texte_id = charte.id
    AND signature.compte_id = h.compte_id
WHERE h.compte_id = {acteur} AND h.periode @> {instant}"""

D_UNE_TRAITE = f"""
DECLARE
    instant timestamptz := socle.maintenant();
    acteur bigint := socle.acteur();
    lus bigint[];
BEGIN
    {LIRE.format(dans=" INTO lus", instant="instant", acteur="acteur")};
    RETURN lus;
END
"""
EN_SQL = LIRE.format(dans="", instant="socle.maintenant()", acteur="socle.acteur()")


class Migration(migrations.Migration):
    dependencies = [("instances", "0006_registres_communaux")]
    operations = [
        migrations.RunSQL(
            REMPLACER.format(langue="plpgsql", corps=D_UNE_TRAITE),
            reverse_sql=REMPLACER.format(langue="sql", corps=EN_SQL),
        )
    ]
