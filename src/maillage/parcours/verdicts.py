"""The rules of this room as the command line calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict, entrees
from maillage.parcours.rules import dispositifs, formation, justice_restaurative, pmsmp, tig
from maillage.parcours.rules.dispositifs import Territoire

Entree = Mapping[str, Any]


def _pmsmp(entree: Entree) -> Verdict:
    entrees.suivre_naissance(entree, "debut")
    nouvelle = pmsmp.Periode(
        entree["structure_accueil"],
        entree["debut"],
        entree["fin"],
        entree["objet"],
        entree["renouvellement"],
    )
    historique = tuple(pmsmp.Periode(**periode) for periode in entree["historique"])
    return pmsmp.pmsmp(
        le=entree["le"],
        nouvelle=nouvelle,
        prescripteur=entree["prescripteur"],
        tuteur=entree["tuteur"],
        salarie=entree["salarie"],
        parties=entree["parties"],
        historique=historique,
    )


def _tig(entree: Entree) -> Verdict:
    naissance = entrees.naissance(entree)
    entrees.suivre_naissance(entree, "faits", "decision")
    entrees.ordonner(entree, "faits", "decision")
    return tig.tig(
        naissance=naissance,
        heures=entree["heures"],
        decision=entree["decision"],
        faits=entree["faits"],
        habilitation_accueil=entree["habilitation_accueil"],
        nature=entree["nature"],
    )


def _periode(entree: Entree) -> dict[str, Any]:
    """The day of the act, the birth and the first day, once the two ends of the period are in order."""
    naissance = entrees.naissance(entree)
    entrees.suivre_naissance(entree, "debut")
    entrees.ordonner(entree, "debut", "fin")
    return {"le": entree["le"], "naissance": naissance, "debut": entree["debut"]}


def _territoire(entree: Entree) -> Territoire | None:
    code = entree["commune"]
    if code is None:
        return None
    # Read late: the register is opened only when a commune is named.
    from maillage.territoires import referentiel

    departement = referentiel.departement_du_code(code)
    if referentiel.departement(departement) is None:
        raise entrees.EntreeRefusee.invalide(
            f"« commune » : aucun département ne porte le code {departement}."
        )
    return Territoire.OUTRE_MER if departement.startswith(("97", "98")) else Territoire.METROPOLE


def _formation(entree: Entree) -> Verdict:
    return formation.formation_16_18(
        le=entree["le"], naissance=entrees.naissance(entree), occupation=entree["occupation"]
    )


def _tapaj(entree: Entree) -> Verdict:
    return dispositifs.tapaj(**_periode(entree))


def _parrainage(entree: Entree) -> Verdict:
    return dispositifs.parrainage(**_periode(entree), fin=entree["fin"])


def _smv(entree: Entree) -> Verdict:
    return dispositifs.smv(**_periode(entree), territoire=_territoire(entree))


def _sma(entree: Entree) -> Verdict:
    return dispositifs.sma(
        **_periode(entree),
        territoire=_territoire(entree),
        declaration_multireiterant=entree["declaration_multireiterant"],
    )


def _epide(entree: Entree) -> Verdict:
    return dispositifs.epide(**_periode(entree), fin=entree["fin"])


def _justice_restaurative(entree: Entree) -> Verdict:
    consentements = entree["consentements"]
    return justice_restaurative.justice_restaurative(
        le=entree["le"],
        mesure=entree["mesure"],
        faits_reconnus=entree["faits_reconnus"],
        consentement_auteur=consentements["auteur"],
        consentement_victime=consentements["victime"],
        animateur_forme=entree["animateur_forme"],
        tiers_independant=entree["tiers_independant"],
        controle_judiciaire=entree["controle_judiciaire"],
        preparation_faite=entree["preparation_faite"],
    )


_PERIODE_PASSEE = {
    "structure_accueil": entrees.texte(),
    "debut": entrees.jour(),
    "fin": entrees.jour(),
    "objet": entrees.choix(pmsmp.Objet),
    "renouvellement": entrees.booleen().facultatif(defaut=False),
}
_DATES = {"debut": entrees.jour(), "fin": entrees.jour()}
_COMMUNE = {"commune": entrees.code_insee().ou_nul().facultatif()}

REGLES = {
    "pmsmp": entrees.RegleDeclaree(
        champs={
            **_PERIODE_PASSEE,
            "prescripteur": entrees.choix(pmsmp.Prescripteur),
            "tuteur": entrees.booleen(),
            "parties": entrees.liste(entrees.choix(pmsmp.Partie)),
            "salarie": entrees.booleen(),
            "historique": entrees.liste(entrees.objet(_PERIODE_PASSEE)),
        },
        juger=_pmsmp,
        oui="Convention possible",
        non="Convention refusée",
        question="Cette période de mise en situation en milieu professionnel peut-elle être signée ?",
        obstacles=pmsmp.OBSTACLES,
    ),
    "tig": entrees.RegleDeclaree(
        champs={
            "heures": entrees.entier(),
            "decision": entrees.jour(),
            "faits": entrees.jour(),
            "habilitation_accueil": entrees.booleen(),
            "nature": entrees.choix(tig.Nature).facultatif(defaut=tig.Nature.DELIT),
        },
        juger=_tig,
        oui="TIG possible",
        non="TIG refusé",
        question="Ce travail d’intérêt général peut-il être exécuté dans cette structure ?",
        obstacles=tig.OBSTACLES,
        age_requis=True,
    ),
    "formation_16_18": entrees.RegleDeclaree(
        champs={"occupation": entrees.choix(formation.Occupation)},
        juger=_formation,
        oui="Obligation remplie, ou sans objet ce jour-là",
        non="Obligation non remplie",
        question="L’obligation de formation de 16 à 18 ans est-elle remplie ?",
        obstacles=formation.OBSTACLES,
        age_requis=True,
    ),
    "tapaj": entrees.RegleDeclaree(
        champs=_DATES,
        juger=_tapaj,
        oui="Entrée possible",
        non="Entrée refusée",
        question="Ce jeune peut-il entrer dans le dispositif TAPAJ ?",
        obstacles=dispositifs.OBSTACLES_TAPAJ,
        age_requis=True,
    ),
    "parrainage": entrees.RegleDeclaree(
        champs=_DATES,
        juger=_parrainage,
        oui="Parrainage possible",
        non="Parrainage refusé",
        question="Ce jeune peut-il être parrainé à ces dates ?",
        obstacles=dispositifs.OBSTACLES_PARRAINAGE,
        age_requis=True,
    ),
    "smv": entrees.RegleDeclaree(
        champs={**_DATES, **_COMMUNE},
        juger=_smv,
        oui="Entrée possible",
        non="Entrée refusée",
        question="Ce jeune peut-il entrer au service militaire volontaire ?",
        obstacles=dispositifs.OBSTACLES_SMV,
        age_requis=True,
    ),
    "sma": entrees.RegleDeclaree(
        champs={
            **_DATES,
            **_COMMUNE,
            "declaration_multireiterant": entrees.booleen().facultatif(defaut=False),
        },
        juger=_sma,
        oui="Entrée possible",
        non="Entrée refusée",
        question="Ce jeune peut-il entrer au service militaire adapté ?",
        obstacles=dispositifs.OBSTACLES_SMA,
        age_requis=True,
    ),
    "epide": entrees.RegleDeclaree(
        champs=_DATES,
        juger=_epide,
        oui="Contrat possible",
        non="Contrat refusé",
        question="Ce contrat avec l’EPIDE est-il possible ?",
        obstacles=dispositifs.OBSTACLES_EPIDE,
        age_requis=True,
    ),
    "justice_restaurative": entrees.RegleDeclaree(
        champs={
            "mesure": entrees.choix(justice_restaurative.Mesure),
            "faits_reconnus": entrees.booleen(),
            "consentements": entrees.objet(
                {"auteur": entrees.jour().ou_nul(), "victime": entrees.jour().ou_nul()}
            ),
            "animateur_forme": entrees.booleen(),
            "tiers_independant": entrees.booleen(),
            "controle_judiciaire": entrees.booleen(),
            "preparation_faite": entrees.booleen(),
        },
        juger=_justice_restaurative,
        oui="Mesure possible",
        non="Mesure refusée",
        question="Les conditions de cette mesure de justice restaurative sont-elles réunies ?",
        obstacles=justice_restaurative.OBSTACLES,
    ),
}
