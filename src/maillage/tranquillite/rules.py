"""Video protection: what a system on the public highway must have (CSI, art. L. 251-1 s.). Fiche 28. Pure."""

from __future__ import annotations

from datetime import date

from maillage.droit.api import (
    Obstacle,
    Releve,
    Verdict,
    fin_de_periode,
    jour_en_lettres,
    valeur_datee,
)

_MOIS_PAR_AN = 12

OBSTACLES = (
    Obstacle(
        "diagnostic_manquant",
        "Aucun diagnostic territorial ne fonde le dispositif.",
        "videoprotection.diagnostic",
    ),
    Obstacle(
        "schema_manquant",
        "Le dispositif n’est pas inscrit dans un schéma local de tranquillité publique.",
        "videoprotection.schema_tranquillite",
    ),
    Obstacle(
        "avis_manquant",
        "La commission départementale n’a pas rendu son avis.",
        "videoprotection.avis_commission",
    ),
    Obstacle(
        "autorisation_expiree",
        "L’autorisation du préfet n’est plus valable.",
        "videoprotection.autorisation_ans",
    ),
    Obstacle(
        "conservation_max", "Les images sont gardées trop longtemps.", "videoprotection.conservation_jours"
    ),
    Obstacle("information_manquante", "Le public n’est pas informé.", "videoprotection.information_public"),
)


def videoprotection(
    *,
    le: date,
    diagnostic: bool,
    schema_tranquillite: bool,
    avis_commission: bool,
    autorisation: date,
    conservation_jours: int,
    information_public: bool,
) -> Verdict:
    """Whether the system is in order on ``le``.

    The authorisation lasts as the law of its own day says: given on 10 January 2020 for five years, its last
    day is 9 January 2025.
    """
    releve = Releve(OBSTACLES, le)
    if not diagnostic:
        releve.noter("diagnostic_manquant")
    if not schema_tranquillite:
        releve.noter("schema_manquant")
    if not avis_commission:
        releve.noter("avis_manquant")
    ans = valeur_datee("videoprotection.autorisation_ans", autorisation).entier
    fin = fin_de_periode(autorisation, ans * _MOIS_PAR_AN)
    if le > fin:
        releve.noter("autorisation_expiree", f"L’autorisation valait jusqu’au {jour_en_lettres(fin)}.")
    maximum = valeur_datee("videoprotection.conservation_jours", le).entier
    if conservation_jours > maximum:
        releve.noter(
            "conservation_max", f"Les images sont gardées {conservation_jours} jours : pas plus de {maximum}."
        )
    if not information_public:
        releve.noter("information_manquante")
    return releve.verdict({"fin_autorisation": fin})
