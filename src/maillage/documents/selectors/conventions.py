"""The register of conventions: those of one's councils, and those of one's cercles. Nothing else exists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from maillage.acteurs.api import Compte, nom_affiche
from maillage.documents.familles import NOMINATIVE, SANS_NOM, Lue, UnePartie
from maillage.documents.models import Convention, ConventionNominative
from maillage.documents.perms import TENUE
from maillage.documents.rules import conventions as regles
from maillage.documents.sources import ConventionAJuger, ObjetPresente, PartieRemplie, source
from maillage.instances.api import (
    Role,
    acteur,
    conseils_visibles_par,
    formation_du_cercle,
    mes_cercles,
    place_dans,
    role_dans,
    tient,
)
from maillage.instances.lieu import situer
from maillage.socle.refus import Introuvable

#: A register longer than that is filtered, not scrolled.
PLAFOND = 300
#: Roles of a cercle that prepare conventions: the coordination, the référent, a member.
PREPARENT = frozenset({Role.COORDONNATEUR.value, Role.REFERENT.value, Role.MEMBRE.value})


def sans_nom() -> QuerySet[Convention]:
    """Conventions between bodies, of the councils the actor sees."""
    return Convention.objects.filter(conseil__in=conseils_visibles_par(acteur()).values("pk")).select_related(
        "conseil"
    )


def nominatives() -> QuerySet[ConventionNominative]:
    """Conventions about someone, of the cercles the actor reads; the wall says the same."""
    return ConventionNominative.objects.filter(cercle__in=mes_cercles())


def convention_visible(public_id: UUID, *, verrou: bool = False) -> Lue:
    """One convention of either family, locked where it is about to change. Raises ``Introuvable``."""
    for famille, lignes in ((SANS_NOM, sans_nom()), (NOMINATIVE, nominatives())):
        if verrou:
            lignes = lignes.select_for_update(of=("self",))
        ligne = lignes.filter(public_id=public_id).first()
        if ligne is not None:
            lue = Lue(ligne, famille)
            situer(formation_du_cercle(lue.cercle) if lue.cercle is not None else lue.conseil)
            return lue
    raise Introuvable(public_id)


def peut_tenir(lue: Lue) -> bool:
    """Whether the actor prepares and ends it: who keeps the council, or a working member of the cercle."""
    if lue.cercle is not None:
        return role_dans(lue.cercle) in PREPARENT
    return tient(acteur(), lue.conseil, TENUE)


def roles_a_signer(convention: UUID) -> list[str]:
    """The roles whose signature is needed, in the order of the kind."""
    lue = convention_visible(convention)
    return [partie.role for partie in lue.genre.parties if partie.role in lue.requises]


def nom_de_partie(partie: UnePartie, lue: Lue, lecteur: Compte) -> str:
    """The body's name; beside a followed person, masked for who must not know it."""
    if partie.organisme is None:
        return partie.denomination
    if lue.cercle is None:
        return partie.organisme.nom_le(lue.jour)
    return nom_affiche(partie.organisme, lecteur, lue.jour, place=place_dans(lue.cercle, lecteur))


# --- One convention --------------------------------------------------------------------------------


def objet_de(lue: Lue) -> ObjetPresente | None:
    """The file a nominative convention is about, as the actor may read it."""
    if not isinstance(lue.ligne, ConventionNominative):
        return None
    ligne = lue.ligne
    return source(ligne.genre).presenter(ligne.cercle_id, [ligne.objet]).get(ligne.objet)


def a_juger(lue: Lue, *, fin: date | None = None, brouillon: bool = False) -> ConventionAJuger:
    """A nominative convention as its source judges it."""
    ligne = lue.ligne
    assert isinstance(ligne, ConventionNominative)
    return ConventionAJuger(
        cercle=ligne.cercle_id,
        objet=ligne.objet,
        genre=ligne.genre,
        debut=ligne.debut,
        fin=fin or regles.terme(lue.faits, lue.jour),
        champs=ligne.champs,
        parties=tuple(parties_remplies(lue.parties)),
        renouvellement=ligne.precedente_id is not None,
        brouillon=brouillon,
    )


def parties_remplies(parties: Iterable[UnePartie]) -> Iterable[PartieRemplie]:
    """The parties that are named, with a key that survives a change of name."""
    for partie in parties:
        if partie.organisme is not None:
            yield PartieRemplie(partie.role, str(partie.organisme.public_id), partie.organisme.nom_actuel)
        elif partie.denomination:
            yield PartieRemplie(
                partie.role, " ".join(partie.denomination.casefold().split()), partie.denomination
            )


def historique(cercle: int, genre_: str, objet: UUID, *, sauf: int | None) -> tuple[ConventionAJuger, ...]:
    """The other conventions of that kind for that person: sent to sign, and not dropped before they began."""
    pseudonymes = source(genre_).apparentes(cercle, objet)
    lignes = nominatives().filter(genre=genre_, objet__in=list(pseudonymes), proposee_le__isnull=False)
    autres = []
    for ligne in lignes.order_by("debut", "pk"):
        if ligne.pk == sauf:
            continue
        lue = Lue(ligne, NOMINATIVE)
        fin = regles.terme(lue.faits, lue.jour)
        if ligne.resiliee_le is not None:
            fin = min(fin, ligne.resiliee_le - timedelta(days=1))
            if fin < ligne.debut:
                continue
        autres.append(a_juger(lue, fin=fin))
    return tuple(autres)
