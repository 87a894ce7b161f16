"""Reads the parameter files and refuses any that is incomplete: no value without its source and its basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from maillage.droit.parametres import Parametre, Source, Statut, Valeur, ValeurDatee, fermer
from maillage.droit.verdict import Force

UNITES = frozenset(
    {
        "ans",
        "bits",
        "conventions",
        "convocations",
        "effectif",
        "essais",
        "habitants",
        "heures",
        "jours",
        "lectures",
        "liste",
        "minutes",
        "mois",
        "oui_non",
        "par_an",
        "phases",
        "postes",
        "pourcent",
        "renouvellements",
        "semaines",
        "texte",
    }
)
_CLES_FICHIER = {"theme", "parametres"}
_CLES_PARAMETRE = {"code", "libelle", "unite", "valeurs"}
_CLES_ACTE = {"code", "libelle", "theme", "transfert", "comment", "valeurs"}
_CLES_OBLIGATOIRES = {"valeur", "base_legale", "source", "force", "statut"}
_CLES_VALEUR = _CLES_OBLIGATOIRES | {
    "depuis",
    "debut_inconnu",
    "jusqua",
    "lien",
    "verifie_le",
    "a_verifier",
    "territoire",
    "note",
}
_SOURCES = "sources.yaml"
#: Who may do each act: read by `competences`, not a theme of parameters.
COMPETENCES = "competences.yaml"


class DonneesInvalides(ValueError):
    """A parameter file is wrong; the message names the file's code and what is missing."""


def _charger(texte: str) -> Any:
    # The C loader is five times faster than the Python one; every published wheel of PyYAML holds it.
    return yaml.load(texte, Loader=yaml.CSafeLoader)


def _cles(ou: str, brut: Any, permises: Iterable[str], obligatoires: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(brut, dict):
        raise DonneesInvalides(f"{ou} : un ensemble de clés est attendu")
    if inconnues := sorted(set(brut) - set(permises)):
        raise DonneesInvalides(f"{ou} : clés inconnues {', '.join(inconnues)}")
    if manquantes := sorted(cle for cle in obligatoires if brut.get(cle) in (None, "", [])):
        raise DonneesInvalides(f"{ou} : clés manquantes {', '.join(manquantes)}")
    return brut


def _jour(ou: str, cle: str, brut: Any) -> date | None:
    if brut is not None and type(brut) is not date:
        raise DonneesInvalides(f"{ou} : « {cle} » n’est pas une date")
    return brut


def _valeur_brute(ou: str, brut: Any) -> Valeur:
    if isinstance(brut, list) and brut and all(isinstance(element, str) for element in brut):
        return tuple(brut)
    if isinstance(brut, int | str):
        return brut
    raise DonneesInvalides(f"{ou} : valeur d’un type inattendu")


def _debut(ou: str, brut: Mapping[str, Any]) -> date | None:
    depuis = _jour(ou, "depuis", brut.get("depuis"))
    if (depuis is None) is not (brut.get("debut_inconnu") is True):
        raise DonneesInvalides(f"{ou} : donnez « depuis » ou « debut_inconnu: true », l’un des deux")
    return depuis


def lire_valeur(ou: str, brut: Any, sources: Mapping[str, Source]) -> ValeurDatee:
    """One dated value, complete and consistent, or DonneesInvalides."""
    brut = _cles(ou, brut, _CLES_VALEUR, _CLES_OBLIGATOIRES)
    if brut["source"] not in sources:
        raise DonneesInvalides(f"{ou} : source inconnue « {brut['source']} »")
    try:
        statut, force = Statut(brut["statut"]), Force(brut["force"])
    except ValueError as erreur:
        raise DonneesInvalides(f"{ou} : {erreur}") from None
    a_verifier = brut.get("a_verifier", False) is True
    verifie_le = _jour(ou, "verifie_le", brut.get("verifie_le"))
    if statut is Statut.A_VERIFIER and not a_verifier:
        raise DonneesInvalides(f"{ou} : le statut « a_verifier » demande « a_verifier: true »")
    if statut is not Statut.A_VERIFIER and verifie_le is None:
        raise DonneesInvalides(f"{ou} : « verifie_le » manque")
    return ValeurDatee(
        valeur=_valeur_brute(ou, brut["valeur"]),
        depuis=_debut(ou, brut),
        jusqua=_jour(ou, "jusqua", brut.get("jusqua")),
        base_legale=brut["base_legale"],
        source=sources[brut["source"]],
        force=force,
        statut=statut,
        a_verifier=a_verifier,
        verifie_le=verifie_le,
        territoire=brut.get("territoire", ""),
        lien=brut.get("lien", "") or sources[brut["source"]].lien,
        note=brut.get("note", ""),
    )


def lire_theme(nom: str, texte: str, sources: Mapping[str, Source]) -> tuple[Parametre, ...]:
    """The parameters of one file."""
    brut = _cles(nom, _charger(texte), _CLES_FICHIER, _CLES_FICHIER)
    lus = []
    for fiche in brut["parametres"]:
        fiche = _cles(nom, fiche, _CLES_PARAMETRE, _CLES_PARAMETRE)
        code = fiche["code"]
        if fiche["unite"] not in UNITES:
            raise DonneesInvalides(f"{code} : unité inconnue « {fiche['unite']} »")
        valeurs = [lire_valeur(code, valeur, sources) for valeur in fiche["valeurs"]]
        try:
            rangees = fermer(valeurs)
        except ValueError as erreur:
            raise DonneesInvalides(f"{code} : {erreur}") from None
        lus.append(Parametre(code, fiche["libelle"], fiche["unite"], brut["theme"], rangees))
    return tuple(lus)


def lire_sources(texte: str) -> dict[str, Source]:
    """The documents values refer to, by their short name."""
    sources = {}
    for code, brut in _cles(_SOURCES, _charger(texte), _charger(texte), ()).items():
        fiche = _cles(f"{_SOURCES} : {code}", brut, {"titre", "lien"}, {"titre"})
        sources[code] = Source(code, fiche["titre"], fiche.get("lien", ""))
    return sources


def _fichiers() -> dict[str, Traversable]:
    dossier = files("maillage.droit") / "donnees"
    return {f.name: f for f in sorted(dossier.iterdir(), key=lambda f: f.name) if f.name.endswith(".yaml")}


@cache
def registre() -> dict[str, Parametre]:
    """Every parameter by its code, read once."""
    fichiers = _fichiers()
    sources = lire_sources(fichiers.pop(_SOURCES).read_text(encoding="utf-8"))
    fichiers.pop(COMPETENCES)
    lus: dict[str, Parametre] = {}
    for nom, fichier in fichiers.items():
        for parametre in lire_theme(nom, fichier.read_text(encoding="utf-8"), sources):
            if parametre.code in lus:
                raise DonneesInvalides(f"{parametre.code} : code donné deux fois")
            lus[parametre.code] = parametre
    return lus


def lire_competences() -> list[Mapping[str, Any]]:
    """The acts as written, their dated values read and checked like those of a parameter."""
    fichiers = _fichiers()
    sources = lire_sources(fichiers[_SOURCES].read_text(encoding="utf-8"))
    brut = _cles(
        COMPETENCES, _charger(fichiers[COMPETENCES].read_text(encoding="utf-8")), {"actes"}, {"actes"}
    )
    actes: list[Mapping[str, Any]] = []
    for fiche in brut["actes"]:
        fiche = _cles(f"{COMPETENCES} : {fiche.get('code')}", fiche, _CLES_ACTE, _CLES_ACTE)
        code = fiche["code"]
        try:
            valeurs = fermer([lire_valeur(code, valeur, sources) for valeur in fiche["valeurs"]])
        except ValueError as erreur:
            raise DonneesInvalides(f"{code} : {erreur}") from None
        actes.append({**fiche, "valeurs": valeurs})
    return actes
