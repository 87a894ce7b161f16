"""Give the wall its body: the cercles of the actor, at the instant of the database.

The owner of the function, ``m_resolveur``, reads the columns the conditions need and nothing else:
no name, no e-mail, no content of a charter. The same conditions are in ``selectors.acces``; a
property test keeps both and the rule ``partage`` in agreement.
"""

from django.db import migrations

LIRE = """
GRANT SELECT (id, actif) ON public.acteurs_compte TO m_resolveur;
GRANT SELECT (id, actif) ON public.acteurs_organisme TO m_resolveur;
GRANT SELECT (compte_id, cercle_id, siege_id, periode) ON public.instances_habilitation TO m_resolveur;
GRANT SELECT (id, ouvert_le, ferme_le) ON public.instances_cercle TO m_resolveur;
GRANT SELECT (id, cercle_id) ON public.instances_formation TO m_resolveur;
GRANT SELECT (id, formation_id, organisme_id, depuis, jusqua) ON public.instances_siege TO m_resolveur;
GRANT SELECT (id, formation_id, genre, etat) ON public.instances_texte TO m_resolveur;
GRANT SELECT (compte_id, texte_id) ON public.instances_signature TO m_resolveur;
"""

# Owned by m_resolveur: only that role may replace it, and only while it may create in the schema.
REMPLACER = """
GRANT CREATE ON SCHEMA socle TO m_resolveur;
SET LOCAL ROLE m_resolveur;
CREATE OR REPLACE FUNCTION socle.mes_cercles() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ {corps} $$;
RESET ROLE;
REVOKE CREATE ON SCHEMA socle FROM m_resolveur;
"""

CORPS = """
SELECT coalesce(array_agg(DISTINCT h.cercle_id), '{}'::bigint[])
FROM public.instances_habilitation h
JOIN public.acteurs_compte compte ON compte.id = h.compte_id AND compte.actif
JOIN public.instances_cercle cercle ON cercle.id = h.cercle_id
    AND cercle.ouvert_le <= socle.maintenant()
    AND (cercle.ferme_le IS NULL OR cercle.ferme_le > socle.maintenant())
JOIN public.instances_formation formation ON formation.cercle_id = h.cercle_id
JOIN public.instances_siege siege ON siege.id = h.siege_id AND siege.formation_id = formation.id
    AND siege.depuis <= socle.maintenant()
    AND (siege.jusqua IS NULL OR siege.jusqua > socle.maintenant())
JOIN public.acteurs_organisme organisme ON organisme.id = siege.organisme_id AND organisme.actif
JOIN public.instances_texte charte ON charte.formation_id = formation.id
    AND charte.genre = 'charte' AND charte.etat = 'adopte'
JOIN public.instances_signature signature ON signature.texte_id = charte.id
    AND signature.compte_id = h.compte_id
WHERE h.compte_id = socle.acteur() AND h.periode @> socle.maintenant()
"""

OUBLIER = """
REVOKE SELECT (id, actif) ON public.acteurs_compte FROM m_resolveur;
REVOKE SELECT (id, actif) ON public.acteurs_organisme FROM m_resolveur;
"""


class Migration(migrations.Migration):
    dependencies = [("instances", "0001_initial"), ("socle", "0001_murs"), ("acteurs", "0001_initial")]
    operations = [
        migrations.RunSQL(LIRE, reverse_sql=OUBLIER),
        migrations.RunSQL(
            REMPLACER.replace("{corps}", CORPS),
            reverse_sql=REMPLACER.replace("{corps}", "SELECT '{}'::bigint[]"),
        ),
    ]
