"""The life of a convention: signatures, amendments, refusal of a tacit renewal, early end."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max

from maillage.acteurs.api import Compte
from maillage.documents.familles import Lue, UnAvenant, UnePartie
from maillage.documents.models import Moyen
from maillage.documents.motifs import HORS_CHARGE, PAS_LA_VOTRE
from maillage.documents.rules import conventions as regles
from maillage.documents.selectors.conventions import convention_visible, peut_tenir
from maillage.documents.services.commun import (
    compter,
    exiger,
    noter_au_journal,
    refuser_le_secret,
    tenue,
)
from maillage.documents.services.paliers import tenir_les_paliers
from maillage.documents.services.preparation import juger_par_le_droit
from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import acteur
from maillage.socle.contexte import acteur_requis
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande, modifier


@commande
def signer(
    *, convention: UUID, role: str, moyen: str, le: date | None = None, avenant: UUID | None = None
) -> bool:
    """Record the signature of a party. Returns whether every required party has now signed.

    Here, an agent signs today for their own body; on paper, who keeps the convention dates what they saw.
    """
    lue = convention_visible(convention, verrou=True)
    partie = next((p for p in lue.parties if p.role == role), None)
    if partie is None or (lue.ligne.requises and role not in lue.requises):
        raise Introuvable(convention)
    jour = lue.jour if Moyen(moyen) is Moyen.ICI else (le or lue.jour)
    _exiger_le_droit_de_signer(lue, partie, Moyen(moyen))
    amende = _avenant(lue, avenant)
    deja = {s.avenant_id for s in partie.signatures.all()}
    faits_avenant = next((f for f in lue.faits.avenants if amende and f.numero == amende.numero), None)
    exiger(
        regles.juger_signature(
            lue.faits,
            lue.jour,
            signee_le=jour,
            deja=(amende.pk if amende else None) in deja,
            avenant=faits_avenant,
        ),
        convention,
    )
    if amende is not None and jour < amende.prepare_le:
        exiger(Verdict.refus([AVANT_L_AVENANT]), convention)
    lue.famille.signature.objects.create(
        partie=partie, avenant=amende, le=jour, moyen=Moyen(moyen), par_id=acteur_requis(), **lue.cle
    )
    complete = _constater(lue, amende)
    noter_au_journal(
        "convention_signee" if amende is None else "avenant_signe", lue, role=role, moyen=Moyen(moyen).value
    )
    return complete


AVANT_L_AVENANT = Motif(
    "avant_avenant",
    "La signature est antérieure à l’avenant.",
    "Règle d’usage : on signe ce qui est écrit",
    Force.USAGE,
)


def _exiger_le_droit_de_signer(lue: Lue, partie: UnePartie, moyen: Moyen) -> None:
    if moyen is Moyen.PAPIER:
        if not peut_tenir(lue):
            raise Refus(Verdict.refus([HORS_CHARGE]), statut=403, objet=lue.ligne.public_id)
    elif not peut_signer_ici(lue, partie, acteur()):
        raise Refus(Verdict.refus([PAS_LA_VOTRE]), statut=403, objet=lue.ligne.public_id)


def peut_signer_ici(lue: Lue, partie: UnePartie, compte: Compte) -> bool:
    """Whether that account signs for that party: its own body, never the followed person."""
    prevue = lue.genre.partie(partie.role)
    return bool(
        prevue
        and not prevue.personne
        and partie.organisme_id is not None
        and partie.organisme_id == compte.organisme_id
    )


def _avenant(lue: Lue, public_id: UUID | None) -> UnAvenant | None:
    if public_id is None:
        return None
    trouve = next((a for a in lue.avenants if a.public_id == public_id), None)
    if trouve is None:
        raise Introuvable(public_id)
    return trouve


def _constater(lue: Lue, avenant: UnAvenant | None) -> bool:
    """Date the last required signature; the convention it follows is then renewed."""
    signatures = lue.famille.signature.objects.filter(
        partie__convention=lue.ligne.pk, avenant=avenant
    ).values_list("partie__role", "le")
    signee = regles.jour_de_signature(lue.requises, signatures)
    if signee is None:
        return False
    if avenant is not None:
        lue.famille.avenant.objects.filter(pk=avenant.pk).update(signe_le=signee)
        tenir_les_paliers(lue.famille, lue.ligne.pk)
        compter("convention_amendee", lue)
        return True
    lue.famille.convention.objects.filter(pk=lue.ligne.pk).update(signee_le=signee)
    if lue.ligne.precedente_id is not None:
        lue.famille.convention.objects.filter(pk=lue.ligne.precedente_id).update(
            renouvelee_le=max(signee, lue.ligne.debut)
        )
        tenir_les_paliers(lue.famille, lue.ligne.precedente_id)
    tenir_les_paliers(lue.famille, lue.ligne.pk)
    compter("convention_signee", lue)
    return True


@commande
def preparer_avenant(
    *, convention: UUID, objet: str, prend_effet_le: date, nouvelle_fin: date | None = None
) -> UUID:
    """Write a numbered amendment, signed by the same parties. A new end is judged as a new convention."""
    lue = tenue(convention)
    genre = lue.genre
    exiger(
        regles.juger_avenant(
            lue.faits,
            lue.jour,
            prend_effet=prend_effet_le,
            nouvelle_fin=nouvelle_fin,
            duree_max_mois=genre.duree_max_mois,
        ),
        convention,
    )
    refuser_le_secret(genre, [objet])
    if nouvelle_fin is not None:
        juger_par_le_droit(lue, fin=nouvelle_fin)
    dernier: int | None = lue.famille.avenant.objects.filter(convention=lue.ligne.pk).aggregate(
        n=Max("numero")
    )["n"]
    cree: UnAvenant = lue.famille.avenant.objects.create(
        convention=lue.ligne,
        numero=(dernier or 0) + 1,
        objet=objet.strip(),
        prend_effet_le=prend_effet_le,
        nouvelle_fin=nouvelle_fin,
        prepare_le=lue.jour,
        **lue.cle,
    )
    noter_au_journal("avenant_prepare", lue, numero=cree.numero)
    return cree.public_id


@commande
def denoncer(*, convention: UUID, version: int) -> date:
    """Refuse the next tacit renewal, from today. Returns the day the convention will end."""
    lue = tenue(convention)
    exiger(regles.juger_denonciation(lue.faits, lue.jour), convention)
    modifier(lue.famille.convention.objects.filter(pk=lue.ligne.pk), version=version, denoncee_le=lue.jour)
    tenir_les_paliers(lue.famille, lue.ligne.pk)
    noter_au_journal("convention_denoncee", lue)
    return regles.terme(lue.faits, lue.jour)


@commande
def resilier(*, convention: UUID, version: int, effet: date, motif: str) -> None:
    """End it before its term, or drop a draft. ``effet``: the first day it no longer applies."""
    lue = tenue(convention)
    exiger(regles.juger_resiliation(lue.faits, lue.jour, effet=effet), convention)
    refuser_le_secret(lue.genre, [motif])
    modifier(
        lue.famille.convention.objects.filter(pk=lue.ligne.pk),
        version=version,
        resiliee_le=effet,
        motif_fin=motif.strip(),
    )
    tenir_les_paliers(lue.famille, lue.ligne.pk)
    if lue.ligne.proposee_le is not None:  # a draft dropped is not a convention that ends
        compter("convention_resiliee", lue)
    noter_au_journal("convention_resiliee", lue, effet=effet.isoformat())


def dernier_jour(lue: Lue) -> date:
    """The last day of force: the term, or the eve of an early end."""
    fin = regles.terme(lue.faits, lue.jour)
    resiliee = lue.ligne.resiliee_le
    return min(fin, resiliee - timedelta(days=1)) if resiliee is not None else fin
