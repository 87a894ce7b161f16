"""Who sits, who should, who holds a mandate: agents and organisms only, never a followed person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maillage.acteurs.api import Compte, nom_affiche, nom_organisme
from maillage.instances.models import Formation, Habilitation, Role, Siege
from maillage.instances.regles_conseil import THEMES_DE_GROUPE, THEMES_NOMINATIFS
from maillage.instances.selectors.acces import fuseau_de_la_formation, habilites, heure_locale, place_dans
from maillage.instances.selectors.conseils import acteur
from maillage.socle.temps import maintenant
from maillage.strategie.api import acteur as partenaire
from maillage.strategie.api import genres, libelle_genre, sieges_suggeres


@dataclass(frozen=True, slots=True)
class SiegeTenu:
    """A seat of the formation. ``sensible``: its very name would reveal a follow-up."""

    public_id: UUID
    organisme: str
    organisme_id: UUID
    genre: str
    genre_libelle: str
    qualite: str
    sensible: bool
    actif: bool
    depuis: datetime


@dataclass(frozen=True, slots=True)
class SiegeManquant:
    """A partner that should sit and does not, with the fiches and the text that name it."""

    genre: str
    libelle: str
    fiches: tuple[int, ...]
    de_droit: bool
    source: str
    a_verifier: bool
    sensible: bool


@dataclass(frozen=True, slots=True)
class Mandat:
    """An agent's mandate as the page shows it. Instants are naive, in the time of the territory."""

    public_id: UUID
    nom: str
    organisme: str
    role: str
    debut: datetime | None
    fin: datetime | None
    lit: bool
    signee: bool
    a_venir: bool


def themes() -> list[tuple[str, str, bool]]:
    """Themes a groupe may have: code, label, whether persons may be named there."""
    return [(code, libelle_genre(code), code in THEMES_NOMINATIFS) for code in THEMES_DE_GROUPE]


def sieges_tenus(formation: Formation, jour: date) -> list[SiegeTenu]:
    """Seats in force, by name of the day."""
    lignes = (
        Siege.objects.en_vigueur(maintenant())
        .filter(formation=formation)
        .select_related("organisme")
        .prefetch_related("organisme__noms")
    )
    tenus = [
        SiegeTenu(
            public_id=ligne.public_id,
            organisme=nom_organisme(ligne.organisme, jour),
            organisme_id=ligne.organisme.public_id,
            genre=ligne.organisme.genre,
            genre_libelle=partenaire(ligne.organisme.genre).libelle,
            qualite=ligne.qualite,
            sensible=ligne.organisme.sensible,
            actif=ligne.organisme.actif,
            depuis=ligne.depuis,
        )
        for ligne in lignes
    ]
    return sorted(tenus, key=lambda siege: siege.organisme.casefold())


def sieges_manquants(formation: Formation, jour: date, tenus: Collection[str]) -> list[SiegeManquant]:
    """Partners that should sit there and do not; ``tenus``: kinds of organism already seated."""
    if formation.theme not in genres():
        return []
    return [
        SiegeManquant(
            genre=siege.acteur.code,
            libelle=siege.acteur.nom(jour),
            fiches=siege.fiches,
            de_droit=siege.de_droit,
            source=siege.source or "",
            a_verifier=siege.a_verifier,
            sensible=siege.acteur.sensible,
        )
        for siege in sieges_suggeres(formation.theme, jour)
        if siege.acteur.code not in tenus
    ]


def mandats(formation: Formation, jour: date) -> list[Mandat]:
    """Mandates in force or to come. ``lit`` comes from the very conditions of access."""
    if formation.cercle_id is None:
        return []
    instant, fuseau, lecteur = maintenant(), fuseau_de_la_formation(formation), acteur()
    place = place_dans(formation.cercle_id, lecteur)
    valides = {ligne.pk: ligne.signee for ligne in habilites(instant).filter(cercle=formation.cercle_id)}
    lignes = (
        Habilitation.objects.en_cours(instant)
        .filter(cercle=formation.cercle_id)
        .select_related("compte", "siege__organisme")
        .prefetch_related("siege__organisme__noms")
        .order_by("compte__nom", "compte__prenom", "periode")
    )
    return [
        Mandat(
            public_id=ligne.public_id,
            nom=ligne.compte.nom_complet,
            organisme=nom_affiche(ligne.siege.organisme, lecteur, jour, place=place),
            role=Role(ligne.role).label,
            debut=heure_locale(ligne.debut, fuseau),
            fin=heure_locale(ligne.fin, fuseau),
            lit=valides.get(ligne.pk, False),
            signee=valides.get(ligne.pk, False),
            a_venir=ligne.debut is not None and ligne.debut > instant,
        )
        for ligne in lignes
    ]


def comptes_habilitables(formation: Formation) -> list[tuple[Compte, Siege]]:
    """Open accounts of the organisms that sit, without a mandate in force, each with its seat."""
    instant = maintenant()
    sieges = {
        siege.organisme_id: siege
        for siege in Siege.objects.en_vigueur(instant)
        .filter(formation=formation, organisme__actif=True)
        .select_related("organisme")
        .prefetch_related("organisme__noms")
    }
    deja = Habilitation.objects.en_cours(instant).filter(cercle=formation.cercle_id).values("compte_id")
    comptes = (
        Compte.objects.filter(actif=True, organisme__in=sieges)
        .exclude(pk__in=deja)
        .order_by("nom", "prenom", "pk")
    )
    return [(compte, sieges[compte.organisme_id]) for compte in comptes if compte.organisme_id]
