"""Places of community work (TIG) from the national platform's file: read, judged line by line, written once.

CSV in UTF-8, comma or semicolon, first line of names. Asked: ``identifiant`` (the platform's own, the key of
every later file), ``siret`` and ``organisme`` (the host), ``genre`` (a kind of body of the strategy's
register), ``intitule``, ``commune`` (INSEE), ``capacite``, ``depuis``. May be empty or absent: ``tuteur``,
``tuteur_forme`` and ``mineurs`` (oui, non), ``heures_min``, ``heures_max``, ``jusqua``, ``habilitee_jusqua``.
Days are written AAAA-MM-JJ. A place that is no longer in the file is left as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from maillage.acteurs.api import NomOrganisme, Organisme
from maillage.parcours.models import Offre
from maillage.socle.contexte import en_maintenance
from maillage.strategie.api import acteur
from maillage.territoires.api import FichierIllisible, Rapport, Refusee, communes_par_code

SOURCE: Final = "plateforme_tig"
DISPOSITIF: Final = "tig"
EXIGEES: Final = frozenset(
    {"identifiant", "siret", "organisme", "genre", "intitule", "commune", "capacite", "depuis"}
)
_SIRET: Final = re.compile(r"\d{14}")
_OUI_NON: Final = {"oui": True, "non": False}


class _Refus(ValueError):
    """A line that cannot be kept, with the reason."""


@dataclass(frozen=True, slots=True)
class LignePlace:
    """A place, as the file says it."""

    ligne: int
    identifiant: str
    siret: str
    organisme: str
    genre: str
    intitule: str
    commune: str
    capacite: int
    depuis: date
    jusqua: date | None
    tuteur: str
    tuteur_forme: bool
    mineurs: bool
    heures_min: int | None
    heures_max: int | None
    habilitee_jusqua: date | None


def importer_places(chemin: Path, *, essai: bool = False) -> Rapport:
    """Import the file; the same file twice changes nothing. Raises ``FichierIllisible``."""
    lues = list(_lignes(chemin))
    lignes = [ligne for ligne in lues if isinstance(ligne, LignePlace)]
    refus = [ligne for ligne in lues if isinstance(ligne, Refusee)]
    with en_maintenance():
        point = transaction.savepoint()
        rapport = _ecrire(lignes)
        if essai:
            transaction.savepoint_rollback(point)
        else:
            transaction.savepoint_commit(point)
    return replace(rapport, lues=len(lues), essai=essai).avec_refus(refus)


def _ecrire(lignes: list[LignePlace]) -> Rapport:
    communes = communes_par_code({ligne.commune for ligne in lignes})
    compte = Counter[str]()
    refusees = []
    for ligne in lignes:
        commune = communes.get(ligne.commune)
        if commune is None:
            refusees.append(
                Refusee(ligne.ligne, f"La commune « {ligne.commune} » n'est pas connue du référentiel.")
            )
            continue
        compte[_une(ligne, commune.departement_id)] += 1
    return Rapport(
        "places",
        creees=compte["creees"],
        modifiees=compte["modifiees"],
        inchangees=compte["inchangees"],
    ).avec_refus(refusees)


def _une(ligne: LignePlace, departement: str) -> str:
    valeurs = {
        "organisme_id": _organisme(ligne, departement).pk,
        "commune_code": ligne.commune,
        "departement_code": departement,
        "intitule": ligne.intitule,
        "capacite": ligne.capacite,
        "tuteur_nom": ligne.tuteur,
        **{
            nom: valeur
            for nom, valeur in asdict(ligne).items()
            if nom
            in {
                "tuteur_forme",
                "mineurs",
                "heures_min",
                "heures_max",
                "depuis",
                "jusqua",
                "habilitee_jusqua",
            }
        },
    }
    connue = Offre.objects.filter(source=SOURCE, identifiant_externe=ligne.identifiant).first()
    if connue is None:
        Offre.objects.create(
            dispositif_code=DISPOSITIF, source=SOURCE, identifiant_externe=ligne.identifiant, **valeurs
        )
        return "creees"
    if all(getattr(connue, nom) == valeur for nom, valeur in valeurs.items()):
        return "inchangees"
    Offre.objects.filter(pk=connue.pk).update(version=connue.version + 1, **valeurs)
    return "modifiees"


def _organisme(ligne: LignePlace, departement: str) -> Organisme:
    """The host, by its SIRET; entered in the directory the first time it is seen."""
    connu = Organisme.objects.filter(siret=ligne.siret).first()
    if connu is not None:
        return connu
    cree = Organisme.objects.create(
        genre=ligne.genre,
        sensible=acteur(ligne.genre).sensible,
        siret=ligne.siret,
        commune_code=ligne.commune,
        departement_code=departement,
    )
    NomOrganisme.objects.create(organisme=cree, nom=ligne.organisme, depuis=ligne.depuis)
    return cree


# --- Reading ---------------------------------------------------------------------------------------


def _lignes(chemin: Path) -> Iterator[LignePlace | Refusee]:
    try:
        texte = chemin.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FichierIllisible("Le fichier n'est pas en UTF-8 : enregistrez-le dans ce codage.") from None
    except OSError as erreur:
        raise FichierIllisible(f"Le fichier ne s'ouvre pas : {erreur.strerror}.") from None
    premiere = texte.partition("\n")[0]
    lecteur = csv.DictReader(io.StringIO(texte), delimiter=max(",;\t", key=premiere.count))
    absentes = EXIGEES - set(lecteur.fieldnames or ())
    if absentes:
        raise FichierIllisible(f"Colonnes attendues et absentes : {', '.join(sorted(absentes))}.")
    vus: set[str] = set()
    for champs in lecteur:
        try:
            ligne = _ligne(lecteur.line_num, champs)
            if ligne.identifiant in vus:
                raise _Refus(f"{ligne.identifiant} figure déjà plus haut dans le fichier.")
            vus.add(ligne.identifiant)
            yield ligne
        except _Refus as refus:
            yield Refusee(lecteur.line_num, str(refus))


def _ligne(numero: int, champs: Mapping[str, str | None]) -> LignePlace:
    genre = _texte(champs, "genre", 60)
    try:
        acteur(genre)
    except LookupError:
        raise _Refus(f"Le genre d'organisme « {genre[:40]} » n'est pas connu.") from None
    siret = _texte(champs, "siret", 20).replace(" ", "")
    if not _SIRET.fullmatch(siret):
        raise _Refus(f"Le Siret « {siret[:20]} » ne compte pas quatorze chiffres.")
    lue = LignePlace(
        ligne=numero,
        identifiant=_texte(champs, "identifiant", 60),
        siret=siret,
        organisme=_texte(champs, "organisme", 200),
        genre=genre,
        intitule=_texte(champs, "intitule", 160),
        commune=_texte(champs, "commune", 5).upper(),
        capacite=_nombre(champs, "capacite") or 0,
        depuis=_jour(champs, "depuis") or date.min,
        jusqua=_jour(champs, "jusqua"),
        tuteur=_texte(champs, "tuteur", 120, exige=False),
        tuteur_forme=_oui(champs, "tuteur_forme", defaut=False),
        mineurs=_oui(champs, "mineurs", defaut=False),
        heures_min=_nombre(champs, "heures_min"),
        heures_max=_nombre(champs, "heures_max"),
        habilitee_jusqua=_jour(champs, "habilitee_jusqua"),
    )
    _coherente(lue)
    return lue


def _coherente(lue: LignePlace) -> None:
    if not 1 <= lue.capacite <= 500:
        raise _Refus("La capacité est un nombre de 1 à 500.")
    if lue.depuis == date.min:
        raise _Refus("La date « depuis » manque.")
    if lue.jusqua is not None and lue.jusqua < lue.depuis:
        raise _Refus("La date « jusqua » précède « depuis ».")
    if lue.heures_min is not None and lue.heures_max is not None and lue.heures_max < lue.heures_min:
        raise _Refus("Le maximum d'heures est inférieur au minimum.")


def _texte(champs: Mapping[str, str | None], nom: str, longueur: int, *, exige: bool = True) -> str:
    texte = (champs.get(nom) or "").strip()
    if not texte and exige:
        raise _Refus(f"« {nom} » manque.")
    if len(texte) > longueur:
        raise _Refus(f"« {nom} » dépasse {longueur} caractères.")
    return texte


def _nombre(champs: Mapping[str, str | None], nom: str) -> int | None:
    texte = (champs.get(nom) or "").strip()
    if not texte:
        return None
    if not texte.isdecimal() or len(texte) > 4:
        raise _Refus(f"« {nom} » : « {texte[:20]} » n'est pas un nombre entier.")
    return int(texte)


def _jour(champs: Mapping[str, str | None], nom: str) -> date | None:
    texte = (champs.get(nom) or "").strip()
    if not texte:
        return None
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise _Refus(f"« {nom} » : « {texte[:20]} » n'est pas une date AAAA-MM-JJ.") from None


def _oui(champs: Mapping[str, str | None], nom: str, *, defaut: bool) -> bool:
    texte = (champs.get(nom) or "").strip().lower()
    if not texte:
        return defaut
    if texte not in _OUI_NON:
        raise _Refus(f"« {nom} » : écrivez oui ou non.")
    return _OUI_NON[texte]
