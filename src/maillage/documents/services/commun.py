"""What every command on a convention does: find it, ask the rule, guard the text, journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maillage.acteurs.api import NomOrganisme, Organisme
from maillage.documents.familles import Lue
from maillage.documents.modeles import Champ, Modele
from maillage.documents.motifs import HORS_CHARGE
from maillage.documents.rules.conventions import Mode, Renouvellement
from maillage.documents.rules.genres import Genre
from maillage.documents.selectors.conventions import convention_visible, peut_tenir
from maillage.documents.sources import source
from maillage.droit.api import Force, Motif, Verdict
from maillage.interface.montants import A_ECRIRE, MontantIllisible, lire_montant
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

SANS = Renouvellement()


@dataclass(frozen=True, slots=True)
class PartieSaisie:
    """A party as typed: a body of the directory, or a name written out."""

    organisme: UUID | None = None
    denomination: str = ""
    signataire: str = ""
    qualite: str = ""

    @property
    def nommee(self) -> bool:
        return self.organisme is not None or bool(self.denomination.strip())


@dataclass(frozen=True, slots=True)
class Contenu:
    """Everything a form gives of a convention."""

    debut: date
    fin: date
    champs: Mapping[str, Any]
    parties: Mapping[str, PartieSaisie]
    renouvellement: Renouvellement = SANS


def exiger(verdict: Verdict, objet: UUID | None = None, *, statut: int = 422) -> None:
    """Go on only if the rule agrees."""
    if not verdict.ok:
        raise Refus(verdict, statut=statut, objet=objet)


def tenue(convention: UUID) -> Lue:
    """The convention, locked, if the actor sees it and keeps it; 404 hidden, 403 seen but not kept."""
    lue = convention_visible(convention, verrou=True)
    if not peut_tenir(lue):
        raise Refus(Verdict.refus([HORS_CHARGE]), statut=403, objet=convention)
    return lue


def noter_au_journal(evenement: str, lue: Lue, **details: Any) -> None:
    """The entry of an act on a convention: its pseudonym, its kind, never a name."""
    journaliser(
        evenement,
        objet=lue.ligne.public_id,
        cercle=lue.cercle,
        details={"genre": lue.ligne.genre, **details},
    )


def compter(evenement: str, lue: Lue) -> None:
    """Count the act in its month, by kind of convention: neither a party nor a followed person."""
    noter(
        evenement,
        le=lue.jour,
        instance=lue.conseil.pk,
        departement=lue.conseil.departement_code,
        genre=lue.ligne.genre,
    )


def refuser_le_secret(genre: Genre, textes: Iterable[str]) -> None:
    """The guard of free texts, on the server; the room that holds the file knows what is secret."""
    if genre.nominative:
        garder = source(genre.code).garder
        exiger(Verdict.selon(motif for texte in textes if texte for motif in garder(texte)))


def champs_valides(modele: Modele, champs: Mapping[str, Any]) -> dict[str, Any]:
    """The typed fields of the template, all of them and no other."""
    inconnus = set(champs) - {champ.code for champ in modele.saisis()}
    motifs = [_motif_de_champ(f"« {code} » n’est pas un champ de ce modèle.") for code in sorted(inconnus)]
    gardes: dict[str, Any] = {}
    for champ in modele.saisis():
        valeur = champs.get(champ.code, "")
        valeur = valeur.isoformat() if isinstance(valeur, date) else str(valeur or "").strip()
        fautes = _fautes(champ, valeur)
        motifs += fautes
        en_euros = champ.genre == "montant" and valeur and not fautes
        gardes[champ.code] = str(lire_montant(valeur)) if en_euros else valeur
    exiger(Verdict.selon(motifs))
    return gardes


def _fautes(champ: Champ, valeur: str) -> Sequence[Motif]:
    if not valeur:
        return [_motif_de_champ(f"Il manque : {champ.libelle.lower()}.")] if champ.obligatoire else []
    if champ.choix and valeur not in champ.choix:
        return [_motif_de_champ(f"Réponse inconnue : {champ.libelle.lower()}.")]
    if champ.genre == "nombre" and not valeur.replace(",", ".", 1).replace(".", "", 1).isdecimal():
        return [_motif_de_champ(f"Écrivez en chiffres : {champ.libelle.lower()}.")]
    if champ.genre == "montant":
        try:
            lire_montant(valeur)
        except MontantIllisible:
            return [_motif_de_champ(f"{champ.libelle} : {A_ECRIRE[0].lower()}{A_ECRIRE[1:]}")]
    return []


def _motif_de_champ(texte: str) -> Motif:
    return Motif("champ_a_corriger", texte, "Règle d’usage : un document n’a pas de trou", Force.USAGE)


def parties_en_lignes(genre: Genre, parties: Mapping[str, PartieSaisie]) -> dict[str, dict[str, Any]]:
    """The columns of each party's row, by role. A name typed that is in the directory leads to it."""
    if set(parties) - {partie.role for partie in genre.parties if not partie.personne}:
        raise Introuvable()
    return {
        partie.role: _ligne_de_partie(parties.get(partie.role, PartieSaisie())) for partie in genre.parties
    }


def _ligne_de_partie(saisie: PartieSaisie) -> dict[str, Any]:
    organisme = _organisme(saisie)
    return {
        "organisme": organisme,
        "denomination": "" if organisme else " ".join(saisie.denomination.split()),
        "signataire": saisie.signataire.strip(),
        "qualite": saisie.qualite.strip(),
    }


def _organisme(saisie: PartieSaisie) -> Organisme | None:
    if saisie.organisme is not None:
        trouve = Organisme.objects.filter(public_id=saisie.organisme, actif=True).first()
        if trouve is None:
            raise Introuvable(saisie.organisme)
        return trouve
    nom, jour = " ".join(saisie.denomination.split()), aujourd_hui()
    if not nom:
        return None
    memes = NomOrganisme.objects.filter(nom__iexact=nom, depuis__lte=jour, organisme__actif=True)
    lignes = list(memes.exclude(jusqua__lte=jour).select_related("organisme")[:2])
    return lignes[0].organisme if len(lignes) == 1 else None


def mode_permis(genre: Genre, voulu: Renouvellement) -> None:
    """The renewal is one of those of the kind, and a tacit one says how long and how often."""
    motifs = []
    if voulu.mode not in genre.renouvellements:
        motifs.append(_motif_de_champ("Cette sorte de convention ne se renouvelle pas ainsi."))
    if voulu.mode is Mode.TACITE and not (voulu.duree_mois and voulu.fois):
        motifs.append(_motif_de_champ("Un renouvellement tacite dit sa durée et combien de fois il a lieu."))
    exiger(Verdict.selon(motifs))
