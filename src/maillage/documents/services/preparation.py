"""Prepare a convention, correct it, send it to sign, renew it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from maillage.documents.familles import NOMINATIVE, SANS_NOM, Famille, Lue
from maillage.documents.modeles import Modele, modele
from maillage.documents.motifs import HORS_CHARGE
from maillage.documents.perms import TENUE
from maillage.documents.rules import conventions as regles
from maillage.documents.rules.genres import Genre, GenreInconnu
from maillage.documents.rules.genres import genre as genre_de
from maillage.documents.selectors.conventions import (
    PREPARENT,
    a_juger,
    historique,
    parties_remplies,
)
from maillage.documents.services.commun import (
    Contenu,
    champs_valides,
    exiger,
    mode_permis,
    noter_au_journal,
    parties_en_lignes,
    refuser_le_secret,
    tenue,
)
from maillage.documents.services.copie import contenu_de, lieu_de
from maillage.documents.services.paliers import tenir_les_paliers
from maillage.documents.sources import source
from maillage.droit.api import Verdict
from maillage.instances.api import (
    cercle_vu,
    conseil_visible,
    exiger_charge,
    fuseau_du_cercle,
    fuseau_du_conseil,
)
from maillage.socle.contexte import acteur_requis
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande, modifier
from maillage.socle.temps import aujourd_hui

#: First key of the advisory locks that number conventions, one sequence a council or a cercle.
VERROU_DES_NUMEROS = 0x4D41_434E


@commande
def preparer(*, genre: str, ou: UUID, contenu: Contenu, objet: UUID | None = None) -> UUID:
    """Prepare a convention. ``ou``: the council that keeps it, or the cercle of the person it is about."""
    return _creer(_genre(genre), ou, contenu, objet, precedente=None)


def _genre(code: str) -> Genre:
    try:
        return genre_de(code)
    except GenreInconnu:
        raise Introuvable(code) from None


def _creer(genre: Genre, ou: UUID, contenu: Contenu, objet: UUID | None, *, precedente: Lue | None) -> UUID:
    lieu, jour = _lieu(genre, ou, objet)
    famille = NOMINATIVE if genre.nominative else SANS_NOM
    du_jour = modele(genre.modele, jour)
    valeurs = _valeurs(genre, contenu, du_jour)
    ligne = famille.convention.objects.create(
        **lieu,
        genre=genre.code,
        numero=_numero(famille, lieu),
        modele_version=du_jour.version,
        preparee_le=jour,
        preparee_par_id=acteur_requis(),
        precedente=precedente.ligne if precedente else None,
        **valeurs,
    )
    lue = Lue(ligne, famille)
    for role, colonnes in parties_en_lignes(genre, contenu.parties).items():
        famille.partie.objects.create(convention=ligne, role=role, **colonnes, **lue.cle)
    juger_par_le_droit(lue, brouillon=True)
    tenir_les_paliers(famille, ligne.pk)
    noter_au_journal("convention_preparee", lue)
    public: UUID = ligne.public_id
    return public


def _lieu(genre: Genre, ou: UUID, objet: UUID | None) -> tuple[dict[str, Any], date]:
    """Where the convention lives and the day there; refused to who does not keep that place."""
    if not genre.nominative:
        conseil = conseil_visible(ou)
        exiger_charge(conseil, TENUE)
        return {"conseil": conseil}, aujourd_hui(fuseau_du_conseil(conseil))
    vu = cercle_vu(ou)
    if vu is None:
        raise Introuvable(ou)
    if vu.role not in PREPARENT:
        raise Refus(Verdict.refus([HORS_CHARGE]), statut=403, objet=ou)
    if objet is None or objet not in {public for public, _ in source(genre.code).objets(vu.id)}:
        raise Introuvable(objet)
    return {"cercle_id": vu.id, "objet": objet}, aujourd_hui(fuseau_du_cercle(vu.id))


def _numero(famille: Famille, lieu: dict[str, Any]) -> int:
    cle = {nom: valeur for nom, valeur in lieu.items() if nom != "objet"}
    rang = cle["cercle_id"] if famille.nominative else cle["conseil"].pk
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [VERROU_DES_NUMEROS + famille.nominative, rang % 2**31]
        )
    dernier: int | None = famille.convention.objects.filter(**cle).aggregate(n=Max("numero"))["n"]
    return (dernier or 0) + 1


def _valeurs(genre: Genre, contenu: Contenu, du_jour: Modele) -> dict[str, Any]:
    """The columns the form gives, once each rule has agreed.

    The guard reads the sentences; a tutor and an address are named on purpose.
    """
    champs = champs_valides(du_jour, contenu.champs)
    exiger(regles.juger_duree(contenu.debut, contenu.fin, genre.duree_max_mois))
    mode_permis(genre, contenu.renouvellement)
    refuser_le_secret(genre, [champs[champ.code] for champ in du_jour.saisis() if champ.genre == "long"])
    voulu = contenu.renouvellement
    tacite = voulu.mode is regles.Mode.TACITE
    return {
        "champs": champs,
        "debut": contenu.debut,
        "fin": contenu.fin,
        "mode": voulu.mode.value,
        "duree_mois": voulu.duree_mois if tacite else 0,
        "fois": voulu.fois if tacite else 0,
        "preavis_jours": voulu.preavis_jours if tacite else 0,
    }


def juger_par_le_droit(lue: Lue, *, fin: date | None = None, brouillon: bool = False) -> None:
    """The law of the scheme, from the room that knows it: every convention of the person counts."""
    if lue.cercle is None:
        return
    projet = a_juger(lue, fin=fin, brouillon=brouillon)
    passe = historique(projet.cercle, projet.genre, projet.objet, sauf=lue.ligne.pk)
    exiger(source(projet.genre).juger(projet, passe, lue.jour), lue.ligne.public_id)


@commande
def corriger(*, convention: UUID, version: int, contenu: Contenu) -> None:
    """Change a convention that nobody has been asked to sign."""
    lue = tenue(convention)
    ligne, genre = lue.ligne, lue.genre
    exiger(regles.juger_modification(lue.faits, lue.jour, signatures=0), convention)
    du_jour = modele(genre.modele, lue.jour)
    valeurs = _valeurs(genre, contenu, du_jour)
    modifier(
        lue.famille.convention.objects.filter(pk=ligne.pk),
        version=version,
        modele_version=du_jour.version,
        **valeurs,
    )
    for role, colonnes in parties_en_lignes(genre, contenu.parties).items():
        lue.famille.partie.objects.filter(convention=ligne.pk, role=role).update(**colonnes)
    ligne.refresh_from_db()
    juger_par_le_droit(Lue(ligne, lue.famille), brouillon=True)
    tenir_les_paliers(lue.famille, ligne.pk)
    noter_au_journal("convention_corrigee", lue)


@commande
def envoyer_a_la_signature(*, convention: UUID, version: int) -> None:
    """Fix the text and say who must sign. From here, it changes by an amendment only."""
    lue = tenue(convention)
    genre, ligne = lue.genre, lue.ligne
    nommees = {partie.role for partie in parties_remplies(lue.parties)}
    requises = genre.requises | nommees | _requises_par_le_dossier(lue)
    sans_signataire = [
        partie.libelle.lower()
        for partie in genre.parties
        if partie.role in requises and not partie.personne and partie.role not in nommees
    ]
    exiger(regles.juger_envoi(lue.faits, lue.jour, sans_signataire=sans_signataire), convention)
    juger_par_le_droit(lue)
    modifier(
        lue.famille.convention.objects.filter(pk=ligne.pk),
        version=version,
        proposee_le=lue.jour,
        requises=sorted(requises),
    )
    tenir_les_paliers(lue.famille, ligne.pk)
    noter_au_journal("convention_envoyee", lue, parties=sorted(requises))


def _requises_par_le_dossier(lue: Lue) -> frozenset[str]:
    if lue.cercle is None:
        return frozenset()
    projet = a_juger(lue)
    return source(projet.genre).requises(projet.cercle, projet.objet, projet.champs)


@commande
def renouveler(*, convention: UUID, version: int, debut: date, fin: date) -> UUID:
    """Prepare the convention that follows: same parties, same text, new days; everything is signed again."""
    lue = tenue(convention)
    ligne = lue.ligne
    suite = lue.famille.convention.objects.filter(precedente=ligne.pk, resiliee_le__isnull=True).exists()
    exiger(
        regles.juger_renouvellement(
            lue.faits, lue.jour, deja=suite, renouvelable=regles.Mode(ligne.mode) is not regles.Mode.AUCUN
        ),
        convention,
    )
    modifier(lue.famille.convention.objects.filter(pk=ligne.pk), version=version)
    ou, objet = lieu_de(lue)
    return _creer(lue.genre, ou, contenu_de(lue, debut=debut, fin=fin), objet, precedente=lue)
