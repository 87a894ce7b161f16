"""A convention as a document: its template, what was typed, what the file gives, who signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from maillage.documents.blocs import Bloc, Document, Mention, Paragraphe, Signature, Signatures, Titre
from maillage.documents.composition import composer
from maillage.documents.familles import Lue, UnAvenant, UnePartie
from maillage.documents.modeles import Modele, modele
from maillage.documents.models import ConventionNominative, Moyen
from maillage.documents.rules.conventions import LIBELLES_MODE, Mode, Renouvellement
from maillage.documents.selectors.adaptations import en_vigueur, valeur
from maillage.documents.selectors.conventions import nom_de_partie
from maillage.documents.sources import source
from maillage.instances.api import acteur
from maillage.interface.typographie import accord, date_longue, espaces

MOTS_DU_MOYEN = {Moyen.PAPIER.value: "Signé sur papier", Moyen.ICI.value: "Signé dans Maillage"}


def document_de(lue: Lue) -> Document:
    """The document with its amendments, as it was sent to sign: same template, same letterhead."""
    ligne = lue.ligne
    choisi = modele(lue.genre.modele, version=ligne.modele_version)
    adaptation = en_vigueur(lue.conseil, choisi.code, ligne.proposee_le or lue.jour)
    return composer(
        choisi,
        _donnees(lue, choisi),
        adaptation=valeur(adaptation),
        signatures=[_place(lue, partie, None) for partie in parties_utiles(lue)],
        entete=(lue.conseil.nom,),
        suite=[bloc for avenant in lue.avenants for bloc in _avenant(lue, avenant)] + _fin(lue),
    )


def parties_utiles(lue: Lue) -> list[UnePartie]:
    """The parties that sign: those required, and whoever else is named."""
    return [p for p in lue.parties if p.role in lue.requises or p.organisme_id or p.denomination]


def _donnees(lue: Lue, choisi: Modele) -> dict[str, Any]:
    ligne, lecteur = lue.ligne, acteur()
    donnees: dict[str, Any] = {"debut": ligne.debut, "fin": ligne.fin, "renouvellement": _mode(lue)}
    donnees |= {partie.role: nom_de_partie(partie, lue, lecteur) for partie in lue.parties}
    if isinstance(ligne, ConventionNominative):
        donnees |= source(ligne.genre).donnees(ligne.cercle_id, ligne.objet)
    donnees |= {
        champ.code: _saisie(ligne.champs.get(champ.code, ""), champ.genre) for champ in choisi.saisis()
    }
    declares = {champ.code for champ in choisi.champs}
    return {code: valeur_ for code, valeur_ in donnees.items() if code in declares}


def _saisie(valeur_: Any, genre: str) -> Any:
    return date.fromisoformat(valeur_) if genre == "date" and valeur_ else valeur_


def _mode(lue: Lue) -> str:
    return phrase_du_mode(lue.faits.renouvellement)


def phrase_du_mode(regle: Renouvellement) -> str:
    """How it goes on, in one sentence."""
    if regle.mode is not Mode.TACITE:
        return LIBELLES_MODE[regle.mode]
    return (
        f"Tacite : {accord(regle.fois, 'fois,fois')}, pour {accord(regle.duree_mois, 'mois,mois')}, "
        f"sauf refus {accord(regle.preavis_jours, 'jour,jours')} avant le terme"
    )


def _place(lue: Lue, partie: UnePartie, avenant: UnAvenant | None) -> Signature:
    prevue = lue.genre.partie(partie.role)
    cle = avenant.pk if avenant else None
    faite = next((s for s in partie.signatures.all() if s.avenant_id == cle), None)
    mention = f"{MOTS_DU_MOYEN[faite.moyen]} le {date_longue(faite.le)}" if faite else ""
    qui = ", ".join(filter(None, (partie.signataire, partie.qualite)))
    return Signature(prevue.libelle if prevue else partie.role, qui, mention)


def _avenant(lue: Lue, avenant: UnAvenant) -> list[Bloc]:
    phrase = f"Il prend effet le {date_longue(avenant.prend_effet_le)}."
    if avenant.nouvelle_fin:
        phrase += f" La convention prend fin le {date_longue(avenant.nouvelle_fin)}."
    return [
        Titre(f"Avenant n°\u00a0{avenant.numero}"),
        Paragraphe(espaces(avenant.objet)),
        Paragraphe(espaces(phrase)),
        Signatures(
            "Les parties signent l’avenant.",
            tuple(_place(lue, partie, avenant) for partie in parties_utiles(lue)),
        ),
    ]


def _fin(lue: Lue) -> list[Bloc]:
    resiliee = lue.ligne.resiliee_le
    if resiliee is None:
        return []
    return [Mention(f"Cette convention ne s’applique plus à partir du {date_longue(resiliee)}.")]
