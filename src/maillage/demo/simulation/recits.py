"""What happens in a simulated follow-up: codes of the strategy's lists, and how often. Names nobody."""

from typing import Final

#: (motive, exposure, origin, kind of the body whose agent reports), by strand.
RECITS: Final = {
    "jeune": (
        ("absences_repetees", "delinquance", "etablissement_scolaire", "chef_etablissement"),
        ("decrochage", "delinquance", "etablissement_scolaire", "chef_etablissement"),
        ("exclusions_scolaires", "delinquance", "etablissement_scolaire", "chef_etablissement"),
        ("sans_solution", "delinquance", "mission_locale", "mission_locale"),
        ("errance", "delinquance", "prevention_specialisee", "prevention_specialisee"),
        ("incivilites", "delinquance", "police_municipale", "police_municipale"),
        ("conflit_voisinage", "delinquance", "bailleur", "bailleur"),
        ("degradations", "delinquance", "bailleur", "bailleur"),
        ("tensions_groupes", "delinquance", "police_municipale", "police_municipale"),
        ("demande_parents", "delinquance", "ccas", "ccas"),
        ("fin_mesure", "recidive", "pjj", "pjj"),
        ("suivi_judiciaire", "recidive", "pjj", "pjj"),
    ),
    "majeur": (
        ("sans_solution", "delinquance", "mission_locale", "mission_locale"),
        ("conflit_voisinage", "delinquance", "bailleur", "bailleur"),
        ("incivilites", "delinquance", "police_municipale", "police_municipale"),
        ("isolement", "delinquance", "ccas", "ccas"),
        ("fin_mesure", "recidive", "spip", "spip"),
        ("suivi_judiciaire", "recidive", "spip", "spip"),
    ),
}
#: Ages on the day of the signalement, both included: (exposed to offending, to reoffending), by strand.
AGES: Final = {
    "jeune": {"delinquance": (10, 20), "recidive": (16, 22)},
    "majeur": {"delinquance": (26, 45), "recidive": (26, 50)},
}
#: (kind of the body of the référent, profession).
REFERENTS: Final = (
    ("prevention_specialisee", "educateur_specialise"),
    ("ccas", "travailleur_social"),
    ("mission_locale", "conseiller_insertion"),
)
#: (kind of the body that says it, category, closed answer), by strand.
ELEMENTS: Final = {
    "jeune": (
        ("chef_etablissement", "assiduite_scolaire", "Irrégulière"),
        ("chef_etablissement", "niveau_scolaire", "Collège"),
        ("mission_locale", "situation_professionnelle", "En recherche"),
        ("prevention_specialisee", "suivi_prevention_specialisee", "Contact établi"),
        ("prevention_specialisee", "besoin_exprime", "Loisirs et sport"),
    ),
    "majeur": (
        ("mission_locale", "situation_professionnelle", "Sans démarche"),
        ("mission_locale", "inscription_dispositif", "Inscrit"),
        ("ccas", "hebergement", "Provisoire"),
        ("ccas", "besoin_exprime", "Logement"),
        ("spip", "nature_suivi_judiciaire", "Aménagement de peine"),
    ),
}
OBJECTIFS: Final = (
    ("Reprendre un rythme cinq matins sur cinq", "scolarite"),
    ("Choisir un lieu de stage d’observation", "emploi"),
    ("Une activité régulière le mercredi", "loisirs"),
    ("Rencontrer le référent chaque quinzaine", "lien"),
)
ISSUES: Final = (
    "objectifs_atteints",
    "relais_droit_commun",
    "refus",
    "sans_contact",
    "demenagement",
    "terme",
)
TEXTE: Final = "Un adulte référent est demandé."
BILAN: Final = "Les rendez-vous ont été tenus. Un service de droit commun prend le relais."
MOYENS: Final = ("entretien", "telephone", "rencontre_dehors", "accompagnement")
SUITES: Final = ("rendez_vous", "relance", "aucune")
REMISES: Final = ("main_propre", "courrier", "lecture")
LIENS: Final = ("mere", "pere")

#: Chances, from 0 to 1.
AVEC_TEXTE = 0.35
NAISSANCE_ESTIMEE = 0.03
CLORE = 0.3
LETTRE = 0.92
REFERENT = 0.85
RELAIS = 0.12
SECOND_OBJECTIF = 0.3
BILAN_ECRIT = 0.6
CONTRESIGNE = 0.7
NON_RETENU = 0.35
#: Days between two contacts, and the most a follow-up has.
ENTRE_CONTACTS = 50
CONTACTS_AU_PLUS = 10
