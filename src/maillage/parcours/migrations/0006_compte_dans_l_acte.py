"""What happens in a participation is counted in the act itself, whoever writes it.

A body reads neither the scheme nor the file whose anonymous thread the facts follow. The base counts for it:
the function gives nothing back, does again nothing that is done, and nobody else marks a participation as
counted. Its owner reads every row, so it takes a key and nothing more.
"""

from django.db import migrations

import maillage.socle.contraintes
from maillage.socle.operations import PoserContrainte

CREER = """
CREATE FUNCTION socle.compter_participation(cle bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    vue record;
    prise public.parcours_place%ROWTYPE;
BEGIN
    SELECT p.etat, p.place, p.resultat, p.cause, p.transmise_le, p.commencee_le, p.finie_le,
           p.commencee_le IS NOT NULL AND NOT p.compte_debut AS debute,
           p.finie_le IS NOT NULL AND NOT p.compte_fin AS finit,
           o.dispositif_code, o.qpv, o.proposee_le, s.volet, s.fil, s.exposition, s.tranche_age,
           c.id AS conseil, c.departement_code
      INTO vue
      FROM public.parcours_participation p
      JOIN public.parcours_orientation o ON o.id = p.orientation_id AND o.cercle_id = p.cercle_id
      JOIN public.situations_situation s ON s.id = p.situation_id AND s.cercle_id = p.cercle_id
      JOIN public.instances_formation f ON f.cercle_id = p.cercle_id
      JOIN public.instances_conseil c ON c.id = f.conseil_id
     WHERE p.id = cle
       FOR UPDATE OF p;
    IF NOT FOUND OR NOT (vue.debute OR vue.finit) THEN
        RETURN;
    END IF;
    INSERT INTO public.socle_fait_statistique (evenement, mois, instance, departement, volet, fil, genre,
           exposition, tranche_age, sexe, qpv, origine, motif, issue, delai_jours, nombre)
    SELECT fait.evenement, date_trunc('month', fait.le)::date, vue.conseil, vue.departement_code, vue.volet,
           vue.fil, left(vue.dispositif_code, 40), vue.exposition, vue.tranche_age, '', vue.qpv, '',
           fait.motif, fait.issue, fait.delai, 1
      FROM (VALUES
        ('participation', vue.debute, vue.commencee_le, '', '', vue.commencee_le - vue.proposee_le),
        ('fin_participation', vue.finit AND vue.commencee_le IS NOT NULL, vue.finie_le, vue.cause,
         vue.resultat, vue.finie_le - vue.commencee_le),
        ('refus_accueil', vue.finit AND vue.etat = 'declinee', vue.finie_le, vue.cause, '',
         vue.finie_le - vue.transmise_le)
      ) AS fait (evenement, compte, le, motif, issue, delai)
     WHERE fait.compte;
    IF vue.finit AND vue.place IS NOT NULL THEN
        SELECT * INTO prise FROM public.parcours_place
         WHERE jeton = encode(substring(sha256(uuid_send(vue.place)) FROM 1 FOR 16), 'hex')::uuid
           FOR UPDATE;
        IF FOUND AND (vue.etat = 'declinee' OR vue.finie_le < prise.du) THEN
            DELETE FROM public.parcours_place WHERE id = prise.id;
        ELSIF FOUND AND (prise.au IS NULL OR vue.finie_le < prise.au) THEN
            UPDATE public.parcours_place SET au = vue.finie_le WHERE id = prise.id;
        END IF;
    END IF;
    UPDATE public.parcours_participation
       SET compte_debut = compte_debut OR vue.debute, compte_fin = compte_fin OR vue.finit
     WHERE id = cle;
END $$;
REVOKE EXECUTE ON FUNCTION socle.compter_participation(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION socle.compter_participation(bigint) TO m_web, m_taches, m_maintenance;
GRANT CREATE ON SCHEMA socle TO m_maintenance;
ALTER FUNCTION socle.compter_participation(bigint) OWNER TO m_maintenance;
REVOKE CREATE ON SCHEMA socle FROM m_maintenance;
REVOKE UPDATE (compte_debut, compte_fin) ON public.parcours_participation FROM m_web;
"""

DEFAIRE = """
SET LOCAL ROLE m_maintenance;
DROP FUNCTION socle.compter_participation(bigint);
RESET ROLE;
GRANT UPDATE (compte_debut, compte_fin) ON public.parcours_participation TO m_web;
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
]


class Migration(migrations.Migration):
    dependencies = [("parcours", "0005_places_tenues"), ("socle", "0006_fait_fins")]
    operations = [
        migrations.RunSQL(CREER, reverse_sql=DEFAIRE),
        migrations.RemoveConstraint(model_name="participation", name="participation_mur"),
        PoserContrainte(
            model_name="participation",
            constraint=maillage.socle.contraintes.MurPartage(
                name="participation_mur", modifiables=MODIFIABLES
            ),
        ),
    ]
