"""What this room shows on the page of a situation."""

from collections.abc import Mapping
from typing import Any, Final

from maillage.interface.adresses import adresse
from maillage.parcours.rules.formation import Occupation, formation_16_18, periode_16_18
from maillage.parcours.selectors.orientations import parcours_de
from maillage.parcours.selectors.sortie import composer, plans_de
from maillage.parcours.views.frise_sortie import constat
from maillage.parcours.views.presentation import fin_de, pastille
from maillage.situations.api import Dossier, Encart, presents
from maillage.strategie.api import liste


def _dispositifs(dossier: Dossier, _ecrit: bool) -> dict[str, str] | None:
    """The way to the schemes, for an open file."""
    if dossier.close:
        return None
    return {"url": adresse("parcours:personne", dossier.situation.public_id)}


def _plan_de_sortie(dossier: Dossier, ecrit: bool) -> Mapping[str, Any] | None:
    """The plan and its finding; the way to prepare one, where a judicial member sits."""
    if dossier.close:
        return None
    plan = plans_de(dossier.situation).first() if "plan" in presents(dossier.situation) else None
    if plan is not None:
        vu = composer(plan, dossier.ici)
        return {"situation": dossier.situation, "vu": vu, "constat": constat(vu)}
    if not ecrit or dossier.situation.exposition != "recidive" or not dossier.ici.judiciaire_siege:
        return None
    return {"situation": dossier.situation, "vu": None, "constat": ""}


def _parcours(dossier: Dossier, _ecrit: bool) -> Mapping[str, Any] | None:
    """What was proposed, where it stands and what it allowed, for an open file."""
    if dossier.close:
        return None
    existe = "orientation" in presents(dossier.situation)
    vues = parcours_de(dossier.situation, dossier.ici) if existe else ()
    return {
        "url": adresse("orientations:parcours", dossier.situation.public_id),
        "lignes": [
            {"vue": vue, "pastille": pastille(vue, dossier.ici.jour), "fin": fin_de(vue)} for vue in vues
        ],
    }


#: What a shared element says of the duty of training: (category, answer) -> occupation. Others say nothing.
OCCUPATIONS: Final[Mapping[tuple[str, str], Occupation]] = {
    ("niveau_scolaire", "Collège"): Occupation.SCOLARITE,
    ("niveau_scolaire", "Lycée"): Occupation.SCOLARITE,
    ("niveau_scolaire", "Supérieur"): Occupation.SCOLARITE,
    ("niveau_scolaire", "Apprentissage"): Occupation.FORMATION,
    ("situation_professionnelle", "En emploi"): Occupation.EMPLOI,
    ("situation_professionnelle", "En formation"): Occupation.FORMATION,
    ("situation_professionnelle", "Sans démarche"): Occupation.AUCUNE,
}


def _formation(dossier: Dossier, _ecrit: bool) -> Mapping[str, Any] | None:
    """The duty of training of this person, from the first to the last day; only while it runs."""
    naissance, jour = dossier.identite.donnees.naissance, dossier.ici.jour
    if dossier.close or naissance is None:
        return None
    periode = periode_16_18(naissance, jour)
    if periode is None or not periode[0] <= jour <= periode[1]:
        return None
    libelles = {item.libelle: item.code for item in liste("elements_partageables")}
    dites = [
        (element.le, OCCUPATIONS[cle])
        for element in dossier.elements
        if (cle := (libelles.get(element.libelle, ""), element.precision)) in OCCUPATIONS
    ]
    occupation = max(dites, key=lambda dite: dite[0])[1] if dites else Occupation.INCONNUE
    verdict = formation_16_18(le=jour, naissance=naissance, occupation=occupation)
    return {"verdict": verdict, "debut": periode[0], "dernier": periode[1]}


def _besoin(dossier: Dossier, ecrit: bool) -> Mapping[str, Any] | None:
    """The way to count a need of care without an answer, for who writes in the file."""
    return {"situation": dossier.situation} if ecrit and not dossier.close else None


ENCARTS: Final = (
    Encart("parcours", 10, "parcours/_encart_parcours.html", _parcours),
    Encart("besoin_sans_reponse", 80, "parcours/_besoin.html", _besoin),
    Encart("formation_16_18", 40, "parcours/_formation.html", _formation),
    Encart("dispositifs", 20, "parcours/_encart.html", _dispositifs),
    Encart("plan_de_sortie", 60, "parcours/_sortie.html", _plan_de_sortie),
)
