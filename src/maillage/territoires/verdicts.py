"""The rules of this room as the command line calls them; the register is read when a commune is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict, entrees
from maillage.territoires import rules


def _population_et_quartiers(entree: Mapping[str, Any]) -> tuple[int, bool | None]:
    """Population and presence of a QPV, from the case or from the register.

    What the case states wins over the register: the register holds one year only, the case may be about
    another. The named commune must exist all the same.
    """
    population, qpv = entree["population"], entree.get("qpv")
    if entree["commune"] is None:
        if population is None:
            raise entrees.EntreeRefusee.manquante("Donnez « commune » (code INSEE) ou « population ».")
        return population, qpv
    # Read late: the register is opened only when a commune is named.
    from maillage.territoires import referentiel

    commune = referentiel.commune(entree["commune"])
    if commune is None:
        raise entrees.EntreeRefusee.invalide(
            f"« commune » : aucune commune ne porte le code {entree['commune']}."
        )
    population = commune.population if population is None else population
    if population is None:
        raise entrees.EntreeRefusee.manquante(
            f"La population de {commune.nom} n’est pas publiée : donnez-la."
        )
    return population, bool(commune.qpv) if qpv is None else qpv


def _clspd(entree: Mapping[str, Any]) -> Verdict:
    population, qpv = _population_et_quartiers(entree)
    if qpv is None:
        raise entrees.EntreeRefusee.manquante(
            "La clé « qpv » manque : donnez true ou false, ou nommez la commune."
        )
    return rules.clspd_obligatoire(le=entree["le"], population=population, qpv=qpv, cispd=entree["cispd"])


def _coordonnateur(entree: Mapping[str, Any]) -> Verdict:
    population, _ = _population_et_quartiers(entree)
    return rules.coordonnateur_obligatoire(le=entree["le"], population=population)


_LIEU = {"commune": entrees.code_insee().facultatif(), "population": entrees.entier().facultatif()}

REGLES = {
    "clspd_obligatoire": entrees.RegleDeclaree(
        champs={
            **_LIEU,
            "qpv": entrees.booleen().facultatif(),
            "cispd": entrees.booleen().facultatif(defaut=False),
        },
        juger=_clspd,
        oui="CLSPD obligatoire",
        non="CLSPD non obligatoire",
        question="La commune doit-elle avoir un CLSPD ?",
    ),
    "coordonnateur_obligatoire": entrees.RegleDeclaree(
        champs=_LIEU,
        juger=_coordonnateur,
        oui="Coordonnateur obligatoire",
        non="Coordonnateur non obligatoire",
        question="Le maire doit-il nommer un coordonnateur ?",
    ),
}
