"""Model cases of `maillage verdict`, each accepted, and the small changes that make each rule refuse them."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

from maillage.consultation.regles import regle

AUJOURDHUI = date(2026, 11, 23)
EXEMPLES = json.loads((Path(__file__).parent / "droit" / "exemples.json").read_text(encoding="utf-8"))
_ACCEPTES = {e["regle"]: e["entree"] for e in EXEMPLES if e["ok"]}
MODELES = {
    **_ACCEPTES,
    "smv": {**_ACCEPTES["sma"], "commune": "31555"},
    "sma": {**_ACCEPTES["sma"], "commune": "97411"},
    "epide": {**_ACCEPTES["tapaj"], "fin": "2026-12-01"},
    "formation_16_18": {
        "le": "2026-11-23",
        "personne": {"naissance": "2009-05-04"},
        "occupation": "emploi",
    },
}


def _credits(etat, commune):
    return [{"financeur": "etat", "montant": etat}, {"financeur": "commune", "montant": commune}]


#: For each rule, its refusals one by one: the code, and the keys that bring it about (« a.b » is nested).
FAUTES = {
    "pmsmp": [
        ("duree_max", {"fin": "2026-04-02"}),
        ("cumul_structure_12_mois", {"historique": [("2025-09-01", "2025-10-31", "confirmation", False)]}),
        ("nombre_conventions_12_mois", {"historique": [("2025-06-02", "2025-06-02", "decouverte", False)]}),
        (
            "renouvellement_max",
            {
                "historique": [
                    ("2025-07-01", "2025-07-01", "recrutement", True),
                    ("2025-07-02", "2025-07-02", "recrutement", True),
                ]
            },
        ),
        ("tuteur_absent", {"tuteur": False}),
        ("partie_manquante", {"salarie": True}),
        ("prescripteur_non_habilite", {"prescripteur": "non_habilite"}),
        ("dates_incoherentes", {"historique": [("2025-08-02", "2025-08-01", "recrutement", False)]}),
    ],
    "tig": [
        ("heures_min", {"heures": 19}),
        ("heures_max", {"heures": 401}),
        ("age_decision", {"personne.naissance": "2010-02-02"}),
        ("age_faits", {"personne.naissance": "2010-02-01", "faits": "2023-01-31"}),
        ("accueil_non_habilite", {"habilitation_accueil": False}),
    ],
    "tapaj": [
        ("age_min", {"personne.naissance": "2010-03-02"}),
        ("age_max", {"personne.naissance": "2000-03-01"}),
    ],
    "parrainage": [
        ("age_min", {"personne.naissance": "2010-01-06"}),
        ("age_max", {"personne.naissance": "1995-01-05"}),
        ("duree_min", {"fin": "2026-02-14"}),
        ("duree_max", {"fin": "2026-07-05"}),
    ],
    "smv": [
        ("age_min", {"personne.naissance": "2008-06-02"}),
        ("age_max", {"personne.naissance": "2000-06-01"}),
        ("territoire_exclu", {"commune": "97411"}),
    ],
    "sma": [
        ("age_min", {"personne.naissance": "2008-06-02"}),
        ("age_max", {"personne.naissance": "2000-06-01"}),
        ("public_exclu", {"declaration_multireiterant": True}),
        ("territoire_exclu", {"commune": "2A004"}),
    ],
    "formation_16_18": [
        ("sans_formation", {"occupation": "aucune"}),
        ("occupation_inconnue", {"occupation": "inconnue"}),
    ],
    "epide": [
        ("age_min", {"personne.naissance": "2010-03-02"}),
        ("age_max", {"personne.naissance": "2000-03-01"}),
        ("duree_min", {"fin": "2026-08-30"}),
        ("duree_max", {"fin": "2027-03-01"}),
    ],
    "rappel_a_l_ordre": [
        ("plainte_ou_procedure", {"plainte_deposee": True}),
        ("qualification_exclue", {"faits.qualification": "delit"}),
        ("autorite_incompetente", {"autorite.qualite": "president_epci"}),
        ("hors_commune", {"faits.lieu_commune": "31555"}),
        ("mineur_sans_representant", {"personne.naissance": "2008-05-11"}),
    ],
    "transaction": [
        ("majeur_requis", {"personne.naissance": "2008-01-16"}),
        ("delai_proposition", {"proposition": "2026-02-16"}),
        ("heures_max", {"heures": 31}),
        ("hors_competence_pm", {"contravention_pm": False}),
        ("prejudice_non_communal", {"bien_communal": False}),
        ("action_publique_engagee", {"action_publique": True}),
        ("refus_ou_silence", {"acceptation": False}),
        ("homologation_manquante", {"homologation": None}),
        ("homologation_autorite", {"homologation": {"autorite": "procureur", "date": "2026-02-18"}}),
        ("protocole_manquant", {"protocole": False}),
    ],
    "justice_restaurative": [
        ("faits_non_reconnus", {"faits_reconnus": False}),
        ("consentement_manquant", {"consentements.victime": None}),
        ("animateur_non_forme", {"animateur_forme": False}),
        ("tiers_non_independant", {"tiers_independant": False}),
        ("controle_manquant", {"controle_judiciaire": False}),
        ("preparation_manquante", {"preparation_faite": False}),
    ],
    "videoprotection": [
        ("diagnostic_manquant", {"diagnostic": False}),
        ("schema_manquant", {"schema_tranquillite": False}),
        ("avis_manquant", {"avis_commission": False}),
        ("autorisation_expiree", {"autorisation": "2019-06-01"}),
        ("conservation_max", {"conservation_jours": 31}),
        ("information_manquante", {"information_public": False}),
    ],
    "partage": [
        ("forum_interdit", {"forum": "pleniere"}),
        ("information_secrete", {"nature": "secrete"}),
        ("habilitation_invalide", {"habilitation.fin": "2026-02-19"}),
        ("charte_non_signee", {"habilitation.charte_signee": "1"}),
        ("non_membre", {"membre": False}),
    ],
    "cofinancement": [
        ("part_etat_max", {"credits": _credits("8000.01", "1999.99")}),
        ("part_etat_min", {"dispositif": "iscg_perenne", "credits": _credits("999.99", "9000.01")}),
        ("porteur_ineligible", {"porteur.nature": "etat"}),
        ("total_incoherent", {"total": "10000.01"}),
        ("public_ineligible", {"credit": "caf", "public": {}}),
    ],
}


def changer(entree, changements):
    """A copy of a case with other values: periods are added to the history."""
    change = deepcopy(entree)
    for chemin, valeur in changements.items():
        *dossiers, cle = chemin.split(".")
        lieu = change
        for dossier in dossiers:
            lieu = lieu[dossier]
        if cle == "historique":
            lieu[cle] = lieu[cle] + [_periode(*p) if isinstance(p, tuple) else p for p in valeur]
        else:
            lieu[cle] = valeur
    return change


def _periode(debut, fin, objet, renouvellement):
    return {
        "structure_accueil": "A",
        "debut": debut,
        "fin": fin,
        "objet": objet,
        "renouvellement": renouvellement,
    }


def juger(nom, changements=None, *, sans=(), **cles):
    """The verdict on the model case of a rule, with these changes, and without these keys."""
    entree = changer(MODELES[nom], {**(changements or {}), **cles})
    for cle in sans:
        del entree[cle]
    return regle(nom).repondre(entree, AUJOURDHUI)


def codes(nom, changements=None, *, sans=(), **cles):
    return juger(nom, changements, sans=sans, **cles).codes
