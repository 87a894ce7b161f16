"""From a template, its data and a council's adaptation to the neutral tree. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from maillage.documents.blocs import (
    VIDE,
    Bloc,
    Document,
    Liste,
    Logo,
    Mention,
    Paragraphe,
    Signature,
    Signatures,
    Tableau,
    Titre,
    Visa,
)
from maillage.documents.modeles import TROU, BlocDeModele, Champ, Modele
from maillage.interface.typographie import date_longue, espaces

OUI_NON: Final = {True: "oui", False: "non"}


class ChampManquant(LookupError):
    """A field the template needs was not given: the document is not made, the field is named."""

    def __init__(self, modele: Modele, codes: Iterable[str]) -> None:
        self.codes = tuple(sorted(codes))
        libelles = [next((c.libelle for c in modele.champs if c.code == code), code) for code in self.codes]
        super().__init__(f"{modele.code} : {', '.join(libelles)}")


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What a council changed, by data: letterhead, logo, who signs, a paragraph at the places left open."""

    numero: int
    depuis: date
    entete: tuple[str, ...] = ()
    logo: Logo | None = None
    signataire: str = ""
    qualite: str = ""
    paragraphes: Mapping[str, str] = field(default_factory=dict)


def composer(
    modele: Modele,
    donnees: Mapping[str, Any],
    *,
    adaptation: Adaptation | None = None,
    signatures: Sequence[Signature] = (),
    entete: Sequence[str] = (),
    suite: Sequence[Bloc] = (),
) -> Document:
    """The document. Raises ``ChampManquant`` for a field not given, or not declared by the template.

    ``entete`` is the letterhead used where no adaptation has its own. A field given empty, when it may be,
    is left out of a list of fields, and is a line to fill in by hand in a sentence. ``suite``: what was
    added since (amendments), before the foot.
    """
    _exiger_les_champs(modele, donnees)
    valeurs = {champ.code: _valeur(champ, donnees.get(champ.code)) for champ in modele.champs}
    remplir = _remplisseur(valeurs)
    blocs: list[Bloc] = []
    for brut in modele.blocs:
        blocs += _bloc(brut, modele, valeurs, remplir, adaptation, signatures)
    if adaptation and adaptation.signataire and not signatures:
        blocs.append(Paragraphe(_ligne_du_signataire(adaptation)))
    return Document(
        titre=remplir(modele.titre),
        entete=tuple((adaptation.entete if adaptation else ()) or entete),
        blocs=(*blocs, *suite),
        pied=_pied(modele, adaptation, remplir),
        logo=adaptation.logo if adaptation else None,
    )


def _exiger_les_champs(modele: Modele, donnees: Mapping[str, Any]) -> None:
    declares = {champ.code for champ in modele.champs}
    if inconnus := set(donnees) - declares:
        raise ChampManquant(modele, inconnus)
    absents = {
        champ.code
        for champ in modele.champs
        if champ.code not in donnees or (champ.obligatoire and donnees[champ.code] in ("", None, [], ()))
    }
    if absents:
        raise ChampManquant(modele, absents)


def _valeur(champ: Champ, valeur: Any) -> Any:
    if champ.genre == "liste":
        return tuple(espaces(str(element)) for element in valeur or ())
    if champ.genre == "tableau":
        return tuple(tuple(_clair(cellule) for cellule in ligne) for ligne in valeur or ())
    return _clair(champ.en_clair(valeur))


def _clair(valeur: Any) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return OUI_NON[valeur]
    if isinstance(valeur, date):
        return date_longue(valeur)
    return espaces(str(valeur))


def _remplisseur(valeurs: Mapping[str, Any]) -> Callable[[str], str]:
    def remplir(texte: str) -> str:
        """Values are put in once: braces typed by somebody are never read as a placeholder."""
        return TROU.sub(lambda trou: str(valeurs[trou.group(1)] or VIDE), espaces(texte))

    return remplir


def _bloc(
    brut: BlocDeModele,
    modele: Modele,
    valeurs: Mapping[str, Any],
    remplir: Callable[[str], str],
    adaptation: Adaptation | None,
    signatures: Sequence[Signature],
) -> list[Bloc]:
    contenu = brut.contenu
    match brut.genre:
        case "titre":
            return [Titre(remplir(contenu))]
        case "paragraphe":
            return [Paragraphe(remplir(contenu))]
        case "mention":
            return [Mention(remplir(contenu))]
        case "liste":
            return [Liste(_elements(contenu, valeurs, remplir))]
        case "visa":
            return [Visa(tuple(f"Vu {texte}" for texte in _elements(contenu, valeurs, remplir)))]
        case "tableau":
            return [
                Tableau(remplir(contenu["legende"]), tuple(contenu["colonnes"]), valeurs[contenu["champ"]])
            ]
        case "champs":
            # A field that may stay empty, and is, says nothing: the paper is signed as it stands.
            lignes = tuple((modele.champ(c).libelle, valeurs[c]) for c in contenu["codes"] if valeurs[c])
            return [Tableau(remplir(contenu["legende"]), ("Rubrique", "Réponse"), lignes)] if lignes else []
        case "signatures":
            return [Signatures(remplir(contenu), tuple(signatures))] if signatures else []
        case _:
            ajoute = adaptation.paragraphes.get(contenu["code"], "") if adaptation else ""
            return [Paragraphe(espaces(ligne.strip())) for ligne in ajoute.splitlines() if ligne.strip()]


def _elements(contenu: Any, valeurs: Mapping[str, Any], remplir: Callable[[str], str]) -> tuple[str, ...]:
    if isinstance(contenu, Mapping):
        return tuple(valeurs[contenu["champ"]])
    return tuple(remplir(texte) for texte in contenu)


def _ligne_du_signataire(adaptation: Adaptation) -> str:
    return ", ".join(filter(None, (adaptation.signataire, adaptation.qualite)))


def _pied(modele: Modele, adaptation: Adaptation | None, remplir: Callable[[str], str]) -> tuple[str, ...]:
    version = f"Modèle {modele.code}, version {modele.version} du {date_longue(modele.depuis)}"
    if adaptation:
        version += f" ; adaptation locale n° {adaptation.numero} du {date_longue(adaptation.depuis)}"
    bases = " ; ".join(remplir(base) for base in modele.base_legale)
    return (f"Base légale : {bases}.".replace(" :", "\u00a0:"), espaces(f"{version}."))
