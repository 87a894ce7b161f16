"""The catalogue of the database as it is: which tables may name a person, and what stands around them."""

import re

import pytest
from django.apps import apps
from django.db import connection

from maillage.socle.controles import SANS_PERSONNE_SUIVIE

pytestmark = pytest.mark.django_db

#: The closed list of nominative processing in the database. A new table here is a decision record.
NOMINATIVES = frozenset(
    {
        "droits_anciennevaleur",
        "droits_demandededroit",
        "droits_envoi",
        "droits_fichierdereponse",
        "droits_limitation",
        "droits_question",
        "droits_reponse",
        "documents_avenantnominatif",
        "documents_conventionnominative",
        "documents_partienominative",
        "documents_signaturenominative",
        "instances_point",
        "maire_actederappel",
        "maire_actedetransaction",
        "maire_audition",
        "maire_compterendu",
        "maire_consultationduparquet",
        "maire_convocation",
        "maire_enoncedeprocedure",
        "maire_executiondetransaction",
        "maire_leveedumaire",
        "maire_accompagnementparental",
        "maire_avisdu",
        "maire_decisionsport",
        "maire_invitationsport",
        "maire_mesurepreventive",
        "maire_mesuresport",
        "maire_notificationsport",
        "maire_observationssport",
        "maire_recourssport",
        "maire_relanceavis",
        "maire_reparationsport",
        "maire_auditionfamille",
        "maire_bilanfamille",
        "maire_convocationfamille",
        "maire_dossierfamille",
        "maire_propositiondetransaction",
        "maire_lignederegistre",
        "maire_rappel",
        "maire_rectification",
        "maire_suitederappel",
        "maire_saisinedepartement",
        "maire_suitefamille",
        "maire_transaction",
        "parcours_accueil",
        "parcours_conditionenoncee",
        "parcours_peineenoncee",
        "parcours_levee",
        "parcours_etapedesortie",
        "parcours_findeplacee",
        "parcours_plandesortie",
        "parcours_orientation",
        "parcours_participation",
        "parcours_phasesuivie",
        "parcours_presence",
        "situations_bilan",
        "situations_contact",
        "situations_designation",
        "situations_element",
        "situations_identite",
        "situations_lettre",
        "situations_numerotation",
        "situations_objectif",
        "situations_representant",
        "situations_signalement",
        "situations_situation",
    }
)

#: Rows an agent may take back before anything was decided on them.
EFFACABLES = frozenset({"instances_point"})

#: Entries their author may take back for a while (decision 20), and all that is left to change in one.
REPRENABLES = {
    "situations_contact": {"version"},
    "situations_element": {"version"},
    "situations_objectif": {"etat", "etat_le", "version"},
}

#: Acts that stay as they were written: all that is left to change in one; another act corrects it.
RESTREINTES = {
    "droits_anciennevaleur": {"version"},
    "droits_demandededroit": {
        "decision",
        "echeance",
        "etat",
        "expire_le",
        "motif",
        "prolongation",
        "prolongee_le",
        "repondue_le",
        "verification",
        "verifiee_le",
        "version",
    },
    "droits_envoi": {"version"},
    "droits_fichierdereponse": {"version"},
    "droits_limitation": {"levee_le", "version"},
    "maire_lignederegistre": {"issue", "issue_le", "version"},
    "maire_avisdu": {"etat", "expire_le", "recu_le", "recu_par_id", "reponse", "version"},
    "maire_decisionsport": {"version"},
    "maire_invitationsport": {"version"},
    "maire_mesurepreventive": {"version"},
    "maire_mesuresport": {"etat", "expire_le", "version"},
    "maire_notificationsport": {"version"},
    "maire_observationssport": {"version"},
    "maire_recourssport": {"fin", "issue", "issue_le", "version"},
    "maire_relanceavis": {"version"},
    "maire_reparationsport": {"faite_le", "heures_faites", "version"},
    "maire_rectification": {"version"},
    "maire_actederappel": {"version"},
    "maire_actedetransaction": {"version"},
    "maire_audition": {"version"},
    "maire_compterendu": {"version"},
    "maire_consultationduparquet": {"reponse", "reponse_le", "reponse_par_id", "version"},
    "maire_convocation": {"version"},
    "maire_enoncedeprocedure": {"version"},
    "maire_executiondetransaction": {"version"},
    "maire_leveedumaire": {"version"},
    "maire_propositiondetransaction": {"version"},
    "maire_rappel": {"etat", "expire_le", "version"},
    "maire_suitederappel": {"version"},
    "maire_accompagnementparental": {
        "debut",
        "etat",
        "fin",
        "fini_le",
        "issue",
        "referent_id",
        "repondu_le",
        "version",
    },
    "maire_auditionfamille": {"version"},
    "maire_bilanfamille": {"version"},
    "maire_convocationfamille": {"issue", "issue_le", "version"},
    "maire_dossierfamille": {
        "clos_le",
        "departement",
        "etat",
        "expire_le",
        "issue",
        "revue_le",
        "suivi_existant",
        "version",
    },
    "maire_saisinedepartement": {"reponse", "reponse_le", "version"},
    "maire_suitefamille": {"version"},
    "parcours_conditionenoncee": {"version"},
    "parcours_levee": {"reprise_le", "version"},
    "parcours_peineenoncee": {"version"},
    "maire_transaction": {"etat", "expire_le", "version"},
}

#: What two sides read: every column the web role may change, none of which moves or opens the row.
PARTAGEES = {
    "droits_question": {"constat", "repondue_le", "repondue_par_id", "version"},
    "droits_reponse": {"version"},
    "parcours_accueil": {"version"},
    "parcours_participation": {
        "accusee_le",
        "apres",
        "cause",
        "commencee_le",
        "etat",
        "evaluation_le",
        "fin_prevue",
        "finie_le",
        "heures_jour_max",
        "resultat",
        "reunion_le",
        "jours_longs_le",
        "paie_tardive_le",
        "suspendue_le",
        "version",
    },
    "parcours_presence": {"paye_le", "version"},
}

#: What one cercle hands over to another: who writes it does not read it.
REMISES = frozenset({"droits_question", "droits_reponse", "parcours_accueil"})

#: What would hold a person, wherever it appears.
D_UNE_PERSONNE = re.compile(
    r"(^|_)(nom|prenom|naissance|sexe|telephone|courriel|adresse|email|identite|civilite)(_|$)"
)

#: Columns of that kind that name an agent, a body or a place, never a followed person.
D_UN_AGENT_OU_D_UN_LIEU = frozenset(
    {
        ("acteurs_cledacces", "nom"),
        ("acteurs_compte", "civilite"),
        ("acteurs_compte", "courriel"),
        ("acteurs_compte", "nom"),
        ("acteurs_compte", "prenom"),
        ("acteurs_nomorganisme", "nom"),
        ("instances_conseil", "nom"),
        ("instances_formation", "nom"),
        ("parcours_offre", "tuteur_nom"),
        ("socle_fait_statistique", "sexe"),
        ("territoires_anciennecommune", "nom"),
        ("territoires_commune", "nom"),
        ("territoires_departement", "nom"),
        ("territoires_epci", "nom"),
        ("territoires_qpv", "nom"),
        ("territoires_region", "nom"),
    }
)

#: Free texts, guarded, about a followed person.
D_UN_TEXTE = frozenset({"libelle", "precision", "scelle", "texte"})

#: Texts in clear in a walled table, each with its reason. A new one is sealed (``situations.recits``), or
#: says here why it need not be. Codes of closed lists, forty letters at most, are not texts.
EN_CLAIR = {
    # Between the parties to a convention about someone: sealed by nobody yet, erased with the file.
    ("documents_avenantnominatif", "objet"): "reste à fermer : ce qu’un avenant change",
    ("documents_conventionnominative", "champs"): "reste à fermer : les champs du modèle",
    ("documents_conventionnominative", "motif_fin"): "reste à fermer : pourquoi elle finit",
    ("documents_conventionnominative", "paliers"): "des codes et des jours, que le registre compare",
    ("documents_conventionnominative", "requises"): "des codes de rôles",
    ("documents_partienominative", "denomination"): "reste à fermer : une partie peut être la personne",
    ("documents_partienominative", "qualite"): "reste à fermer : la qualité de qui signe",
    ("documents_partienominative", "signataire"): "reste à fermer : qui signe",
    ("droits_limitation", "reference"): "le numéro d’un dossier, sans nom",
    ("instances_point", "precision"): "un code : une destination, une issue",
    ("maire_convocationfamille", "lieu"): "un lieu de la mairie, écrit sur la convocation",
    ("maire_decisionsport", "base"): "un fondement légal, composé",
    ("maire_mesuresport", "equipement"): "le nom d’un équipement sportif, un lieu public",
    ("maire_transaction", "lieu_precis"): "un lieu public : la rue, le parc",
    ("parcours_levee", "empreinte"): "une empreinte, que la base compare",
    ("parcours_orientation", "dispositif_code"): "un code",
}
CODE_MAX = 40

#: Where what names someone, or tells of them, stands sealed.
A_FERMER = frozenset(
    {
        "droits_question",
        "maire_leveedumaire",
        "maire_suitefamille",
        "parcours_accueil",
        "parcours_levee",
        "situations_bilan",
        "situations_element",
        "situations_identite",
        "situations_objectif",
        "situations_representant",
        "situations_signalement",
    }
)

TEXTES = """
SELECT c.relname, a.attname FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
WHERE c.relkind IN ('r', 'p') AND c.relname = ANY(%s)
AND (coalesce(e.typname, t.typname) IN ('text', 'json', 'jsonb')
     OR coalesce(e.typname, t.typname) IN ('varchar', 'bpchar') AND (a.atttypmod < 0 OR a.atttypmod - 4 > %s)
     OR a.attname ~ '(^|_)(nom|prenom|naissance|sexe|telephone|courriel|adresse|email|civilite)(_|$)')
ORDER BY 1, 2
"""

#: No column may measure, rank or foretell a person, in any table.
D_UNE_NOTE = re.compile(r"score|scoring|risque|proba|predi|dangeros|gravite|severite|classement|profil")

COLONNES = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1, 2
"""

MURS = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
       array(SELECT r.rolname::text FROM pg_policy p CROSS JOIN unnest(p.polroles) qui
             JOIN pg_roles r ON r.oid = qui WHERE p.polrelid = c.oid AND p.polpermissive ORDER BY 1),
       array(SELECT pg_get_expr(p.polqual, p.polrelid) || '|' || pg_get_expr(p.polwithcheck, p.polrelid)
             FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive
             AND 'm_web'::regrole = ANY(p.polroles)),
       array(SELECT d.privilege_type::text FROM aclexplode(c.relacl) d
             WHERE d.grantee = 'm_web'::regrole ORDER BY 1)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
"""

RESTRICTIONS = """
SELECT c.relname, p.polcmd::text, coalesce(pg_get_expr(p.polqual, p.polrelid), ''),
       coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE NOT p.polpermissive
"""

COLONNES_MODIFIABLES = """
SELECT a.attname FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0
AND NOT a.attisdropped AND has_column_privilege('m_web', a.attrelid, a.attnum, 'UPDATE')
"""

CLES_UNIQUES = """
SELECT c.relname, array(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k(num, rang)
                        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num ORDER BY k.rang)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE i.indisunique AND NOT i.indisprimary AND c.relname = ANY(%s)
"""

CLES_ETRANGERES = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,
       array(SELECT a.attname::text FROM unnest(c.conkey) k(num)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num)
FROM pg_constraint c WHERE c.contype = 'f' AND c.confrelid::regclass::text = ANY(%s)
"""


def lire(requete: str, parametres: list[object] | None = None) -> list[tuple]:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return curseur.fetchall()


def test_les_tables_liees_a_un_cercle_sont_la_liste_fermee():
    avec_cercle = {table for table, colonne in lire(COLONNES) if colonne == "cercle_id"}
    assert avec_cercle - set(SANS_PERSONNE_SUIVIE) == NOMINATIVES


def test_chaque_table_nominative_a_son_mur_force_pour_deux_roles_seulement():
    murs = lire(MURS, [sorted(NOMINATIVES)])
    assert {table for table, *_ in murs} == NOMINATIVES
    for table, force, roles, regles, _ in murs:
        assert force, table
        assert roles == ["m_maintenance", "m_web"], table
        ((lecture, ecriture),) = [regle.split("|") for regle in regles]
        if table not in REMISES:
            assert lecture == ecriture, table
        assert "socle.mes_cercles()" in lecture, table
        assert lecture.lstrip("(").startswith("cercle_id = ANY"), table


def test_le_role_web_n_efface_aucune_ligne_nominative_hors_de_la_liste():
    bornees = {*REPRENABLES, *PARTAGEES, *RESTREINTES}
    for table, *_, droits in lire(MURS, [sorted(NOMINATIVES - bornees)]):
        attendus = ["INSERT", "SELECT", "UPDATE"]
        assert droits == sorted(attendus + (["DELETE"] if table in EFFACABLES else [])), table


def test_ce_qu_un_auteur_reprend_est_borne_par_la_base():
    for table, *_, droits in lire(MURS, [sorted(REPRENABLES)]):
        assert droits == ["DELETE", "INSERT", "SELECT"], table
        assert {nom for (nom,) in lire(COLONNES_MODIFIABLES, [table])} == REPRENABLES[table]
    bornes = [borne for borne in lire(RESTRICTIONS) if borne[0] not in PARTAGEES]
    assert {(table, ordre) for table, ordre, *_ in bornes} == {
        (table, ordre) for table in REPRENABLES for ordre in ("a", "d")
    }
    for table, ordre, effacer, ecrire in bornes:
        condition = effacer if ordre == "d" else ecrire
        assert "socle.acteur()" in condition, table
        assert "saisi_le" in condition, table


def test_ce_que_dit_un_acte_ne_se_reecrit_pas_dans_la_base():
    for table, *_, droits in lire(MURS, [sorted(RESTREINTES)]):
        assert droits == ["INSERT", "SELECT"], table
        assert {nom for (nom,) in lire(COLONNES_MODIFIABLES, [table])} == RESTREINTES[table]


def test_ce_que_deux_cotes_lisent_ne_change_jamais_de_cercle():
    for table, *_, droits in lire(MURS, [sorted(PARTAGEES)]):
        assert droits == ["INSERT", "SELECT"], table
        assert {nom for (nom,) in lire(COLONNES_MODIFIABLES, [table])} == PARTAGEES[table]
    entrees: dict[str, str] = {}
    for table, ordre, _, ecrire in lire(RESTRICTIONS):
        if table in PARTAGEES and ordre == "a":
            entrees[table] = f"{entrees.get(table, '')} {ecrire}"
    assert set(entrees) == set(PARTAGEES)
    assert "'prestataire'" in entrees["parcours_participation"]
    for table in REMISES:
        assert "cercle_origine_id = ANY" in entrees[table], table
    assert "droits_envoi" in entrees["droits_question"]
    assert "droits_question" in entrees["droits_reponse"]


def test_chaque_cle_unique_d_une_table_nominative_commence_par_le_cercle():
    fautives = {
        (table, ",".join(colonnes))
        for table, colonnes in lire(CLES_UNIQUES, [sorted(NOMINATIVES)])
        if colonnes[0] != "cercle_id"
    }
    assert fautives == set()


def test_une_cle_vers_une_table_nominative_porte_le_cercle():
    cles = lire(CLES_ETRANGERES, [sorted(NOMINATIVES)])
    assert cles
    for table, cible, colonnes in cles:
        assert "cercle_id" in colonnes, f"{table} -> {cible}"
        assert table in NOMINATIVES, f"{table} -> {cible}"


def test_hors_de_la_liste_aucune_colonne_ne_peut_nommer_une_personne_suivie():
    trouvees = {
        (table, colonne)
        for table, colonne in lire(COLONNES)
        if table not in NOMINATIVES and D_UNE_PERSONNE.search(colonne)
    }
    assert trouvees <= D_UN_AGENT_OU_D_UN_LIEU


def test_un_texte_libre_est_ferme_ou_dit_pourquoi_il_ne_l_est_pas():
    trouvees = set(lire(TEXTES, [sorted(NOMINATIVES), CODE_MAX]))
    assert trouvees <= set(EN_CLAIR)
    assert all(EN_CLAIR.values())


def test_une_colonne_scellee_ne_nourrit_ni_index_ni_statistique():
    scellees = lire(
        "SELECT c.relname, coalesce(a.attstattarget, -1) FROM pg_class c JOIN pg_attribute a "
        "ON a.attrelid = c.oid AND a.attname = 'scelle' WHERE c.relkind IN ('r', 'p') "
        "AND c.relname = ANY(%s)",
        [sorted(NOMINATIVES)],
    )
    assert len(scellees) >= len(A_FERMER)
    assert {table for table, _ in scellees} >= A_FERMER
    assert {cible for table, cible in scellees if table in A_FERMER} == {0}


def test_aucune_colonne_ne_note_ne_classe_ni_ne_predit():
    assert [colonne for colonne in lire(COLONNES) if D_UNE_NOTE.search(colonne[1])] == []


def test_aucun_index_ni_statistique_ne_porte_sur_une_identite():
    personnelles = {
        (modele._meta.db_table, champ.column)
        for modele in apps.get_app_config("situations").get_models()
        for champ in modele._meta.concrete_fields
        if champ.column != "identite_id" and (champ.name in D_UN_TEXTE or D_UNE_PERSONNE.search(champ.column))
    }
    indexees = lire(
        "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey) "
        "WHERE c.relname LIKE 'situations%%'"
    )
    assert ("situations_identite", "scelle") in personnelles
    assert not personnelles & set(indexees)
    assert lire("SELECT 1 FROM pg_statistic_ext") == []
    assert lire("SELECT 1 FROM pg_extension WHERE extname IN ('pg_trgm', 'unaccent', 'fuzzystrmatch')") == []


def test_aucune_vue_n_ouvre_une_table_nominative():
    vues = lire(
        "SELECT DISTINCT v.relname FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid "
        "JOIN pg_class v ON v.oid = r.ev_class JOIN pg_class t ON t.oid = d.refobjid "
        "WHERE d.classid = 'pg_rewrite'::regclass AND t.relname = ANY(%s) AND v.relname <> t.relname",
        [sorted(NOMINATIVES)],
    )
    assert vues == []
