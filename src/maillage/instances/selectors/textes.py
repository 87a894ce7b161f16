"""Texts and charters: who may read them, what waits for a signature."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from maillage.acteurs.api import Compte
from maillage.instances.lieu import situer
from maillage.instances.models import (
    EtatTexte,
    Formation,
    GenreTexte,
    Habilitation,
    Siege,
    Signature,
    Texte,
)
from maillage.instances.selectors.acces import (
    fuseau_de_la_formation,
    habilites,
    heure_locale,
    mes_mandats,
)
from maillage.instances.selectors.conseils import acteur, formations_visibles_par
from maillage.socle.memoire import une_fois
from maillage.socle.refus import Introuvable
from maillage.socle.temps import maintenant


@dataclass(frozen=True, slots=True)
class MaCharte:
    """A groupe of the actor: its charter in force, and whether the actor has signed it."""

    formation: Formation
    texte: Texte | None
    signee_le: datetime | None
    fin_mandat: datetime | None

    @property
    def a_signer(self) -> bool:
        return self.texte is not None and self.signee_le is None


def mandat_en_cours(compte: Compte, formation: Formation) -> Habilitation | None:
    """The account's mandate that holds now in the groupe, signed or not."""
    return habilites(maintenant()).filter(compte=compte, cercle=formation.cercle_id).first()


def est_membre(compte: Compte, formation: Formation) -> bool:
    """Member of a nominative groupe: habilitated. Of another formation: one's organism sits."""
    if formation.cercle_id is not None:
        return mandat_en_cours(compte, formation) is not None
    return (
        compte.organisme_id is not None
        and formation.sieges.en_vigueur(maintenant())
        .filter(organisme=compte.organisme_id, organisme__actif=True)
        .exists()
    )


def texte_visible(public_id: UUID) -> Texte:
    """The text, if the actor sees its formation."""
    visibles = formations_visibles_par(acteur()).values("pk")
    texte = (
        Texte.objects.select_related("formation__conseil", "formation__cercle", "propose_par", "adopte_par")
        .filter(public_id=public_id, formation__in=visibles)
        .first()
    )
    if texte is None:
        raise Introuvable(public_id)
    situer(texte.formation)
    return texte


def textes_listes(formation: Formation) -> list[tuple[str, str, list[Texte]]]:
    """Texts of a nominative groupe by kind, the latest version first: code, label, versions."""
    if not formation.nominatif:
        return []
    lignes = list(formation.textes.select_related("propose_par").order_by("genre", "-version_texte"))
    return [
        (genre.value, str(genre.label), [texte for texte in lignes if texte.genre == genre])
        for genre in (GenreTexte.CHARTE, GenreTexte.REGLEMENT)
    ]


def siege_visible(public_id: UUID) -> Siege:
    """A seat in force of a formation the actor sees."""
    siege = (
        Siege.objects.en_vigueur(maintenant())
        .select_related("organisme", "formation__conseil", "formation__cercle")
        .prefetch_related("organisme__noms")
        .filter(public_id=public_id, formation__in=formations_visibles_par(acteur()).values("pk"))
        .first()
    )
    if siege is None:
        raise Introuvable(public_id)
    situer(siege.formation)
    return siege


def habilitation_visible(public_id: UUID) -> Habilitation:
    """A mandate in force or to come, of a formation the actor sees."""
    mandat = (
        Habilitation.objects.en_cours(maintenant())
        .select_related("compte", "siege__formation__conseil", "siege__formation__cercle")
        .filter(public_id=public_id, siege__formation__in=formations_visibles_par(acteur()).values("pk"))
        .first()
    )
    if mandat is None:
        raise Introuvable(public_id)
    situer(mandat.siege.formation)
    return mandat


def charte_a_signer(public_id: UUID) -> MaCharte:
    """The actor's charter of that public id, in force and not signed yet."""
    for mienne in mes_chartes():
        if mienne.texte is not None and mienne.texte.public_id == public_id and mienne.a_signer:
            situer(mienne.formation)
            return mienne
    raise Introuvable(public_id)


@une_fois
def mes_chartes() -> list[MaCharte]:
    """Every groupe where the actor is habilitated now, those to sign first."""
    compte = acteur()
    mandats = {mandat.cercle: mandat for mandat in mes_mandats()}
    formations = sorted(
        (mandat.formation for mandat in mandats.values()), key=lambda formation: (formation.nom, formation.pk)
    )
    signature = Signature.objects.filter(compte=compte, texte=OuterRef("pk")).values("le")
    chartes = {
        texte.formation_id: texte
        for texte in Texte.objects.filter(
            formation__in=formations, genre=GenreTexte.CHARTE, etat=EtatTexte.ADOPTE
        ).annotate(signee_le=Subquery(signature[:1]))
    }
    lignes = []
    for formation in formations:
        texte = chartes.get(formation.pk)
        lignes.append(
            MaCharte(
                formation=formation,
                texte=texte,
                signee_le=texte.signee_le if texte else None,
                fin_mandat=heure_locale(
                    mandats[formation.cercle_id or 0].fin, fuseau_de_la_formation(formation)
                ),
            )
        )
    return sorted(lignes, key=lambda ligne: not ligne.a_signer)


def attend_ma_signature(formation: Formation) -> bool:
    """Whether the actor is habilitated there and has not signed the charter in force."""
    mandat = mandat_en_cours(acteur(), formation)
    return mandat is not None and not mandat.signee
