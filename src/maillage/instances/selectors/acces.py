"""Who reads what: the same conditions as ``socle.mes_cercles()``, for the screens that explain them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from maillage.acteurs.api import (
    GENRES_JUDICIAIRES,
    NOM_MASQUE,
    Compte,
    Place,
    compte_du_lecteur,
    nom_affiche,
)
from maillage.instances.models import (
    Cercle,
    Conseil,
    EtatTexte,
    Formation,
    GenreFormation,
    GenreTexte,
    Habilitation,
    Role,
    Signature,
    Texte,
    Volet,
)
from maillage.instances.models.formation import GENRES_DES_FAMILLES
from maillage.instances.perms import COORDINATION
from maillage.instances.selectors.conseils import tient
from maillage.instances.selectors.vigueur import (
    MandatLu,
    mandats_du_cercle,
    mandats_du_compte,
    siege_d_un_genre,
)
from maillage.socle.contexte import CERCLES, acteur_courant
from maillage.socle.memoire import connu, memorise, une_fois
from maillage.socle.permissions import Porteur
from maillage.territoires.api import fuseau, fuseau_de_commune

#: What the reader box says of those who never read a cercle, whatever their rank.
NON_LECTEURS = (
    "les membres de la formation plénière et de la formation restreinte, s’ils ne sont pas habilités ici",
    "les membres des autres groupes du conseil",
    "la personne qui administre l’application",
    "la préfecture, le département et l’État, qui ne reçoivent que des chiffres sans nom",
)
NON_LECTEUR_MAIRE = "le maire et les élus, qui ne sont pas habilités dans ce groupe"


@dataclass(frozen=True, slots=True)
class CercleVu:
    """A cercle the actor reads now, with what a screen needs to name it."""

    id: int
    public_id: UUID
    formation: str
    formation_id: UUID
    conseil: str
    conseil_id: UUID
    conseil_pk: int
    departement_code: str
    volet: str
    role: str
    genre: str = GenreFormation.GROUPE.value
    commune_code: str = ""

    @property
    def nom(self) -> str:
        return self.formation

    @property
    def volet_libelle(self) -> str:
        """Whom it follows, in words."""
        return Volet(self.volet).label if self.volet in Volet.values else ""


@dataclass(frozen=True, slots=True)
class Lecteur:
    """A named agent who reads; ``organisme`` is masked where the person asking may not read it."""

    nom: str
    fonction: str
    organisme: str
    vous: bool = False
    role: str = Role.MEMBRE.value
    fin: datetime | None = None

    @property
    def masque(self) -> bool:
        """Whether the organism's name is hidden from the person asking."""
        return self.organisme == NOM_MASQUE


@dataclass(frozen=True, slots=True)
class Lecteurs:
    """``lecteurs`` read now; ``en_attente`` would once the charter in force is signed."""

    lecteurs: tuple[Lecteur, ...]
    en_attente: tuple[Lecteur, ...]
    non_lecteurs: tuple[str, ...]

    def __iter__(self) -> Iterator[Lecteur]:
        return iter(self.lecteurs)

    def __len__(self) -> int:
        return len(self.lecteurs)


def mes_cercles() -> list[int]:
    """Ids of the cercles the actor reads now, as the wall itself gives them."""
    return list(_mes_cercles())


def _mes_cercles() -> tuple[int, ...]:
    lus: tuple[int, ...] | None = connu(CERCLES)
    if lus is not None:
        return lus
    with connection.cursor() as curseur:
        curseur.execute("SELECT socle.mes_cercles()")
        return tuple(sorted(curseur.fetchone()[0]))


def charte_signee() -> Exists:
    """True where the account of an habilitation has signed the charter in force of its formation."""
    return Exists(
        Signature.objects.filter(
            compte=OuterRef("compte_id"),
            texte__formation__cercle=OuterRef("cercle_id"),
            texte__genre=GenreTexte.CHARTE,
            texte__etat=EtatTexte.ADOPTE,
        )
    )


def habilites(instant: datetime) -> QuerySet[Habilitation]:
    """Mandates that hold at ``instant``, signed or not: account, cercle, seat and organism are in force."""
    return (
        Habilitation.objects.en_vigueur(instant)
        .filter(
            Q(cercle__ferme_le__isnull=True) | Q(cercle__ferme_le__gt=instant),
            Q(siege__jusqua__isnull=True) | Q(siege__jusqua__gt=instant),
            compte__actif=True,
            cercle__ouvert_le__lte=instant,
            siege__depuis__lte=instant,
            siege__formation__cercle=F("cercle"),
            siege__organisme__actif=True,
        )
        .annotate(charte_signee=charte_signee())
    )


@dataclass(frozen=True, slots=True)
class MonMandat:
    """A mandate in force. ``lit``: the charter in force is signed; ``a_signer``: it waits for the actor.

    ``genre`` and ``organisme`` are those of the body whose seat it is; ``formation`` comes with its council.
    """

    cercle: int
    role: str
    lit: bool
    a_signer: bool
    genre: str
    organisme: int
    formation: Formation
    #: The first instant after it.
    fin: datetime | None

    @property
    def coordonne(self) -> bool:
        return self.lit and self.role == Role.COORDONNATEUR


@une_fois
def mes_mandats() -> tuple[MonMandat, ...]:
    """The actor's own, under the very conditions of access, in one query; none for nobody."""
    acteur = acteur_courant()
    if acteur is None:
        return ()
    return tuple(_mandat(ligne) for ligne in mandats_du_compte(acteur))


def _mandat(ligne: Habilitation) -> MonMandat:
    formation, organisme = ligne.siege.formation, ligne.siege.organisme
    return MonMandat(
        ligne.cercle_id,
        ligne.role,
        ligne.signee,
        ligne.__dict__["adoptee"] and not ligne.signee,
        organisme.genre,
        organisme.pk,
        formation,
        ligne.fin,
    )


def cercles_visibles() -> list[CercleVu]:
    """The groupes' cercles the actor reads now, by council then by formation."""
    return list(_cercles_visibles((GenreFormation.GROUPE,)))


def cercles_d_accueil() -> list[CercleVu]:
    """The cercles where the actor reads the people its body receives: never shown beside those of groupes."""
    return list(_cercles_visibles((GenreFormation.PRESTATAIRE,)))


def cercles_des_actes() -> list[CercleVu]:
    """The registers of mayor's acts the actor reads."""
    return list(_cercles_visibles((GenreFormation.ACTES_MAIRE,)))


def cercles_des_familles() -> list[CercleVu]:
    """The family councils, and the cells that may precede them, the actor reads."""
    return list(_cercles_visibles(GENRES_DES_FAMILLES))


def cercles_des_droits() -> list[CercleVu]:
    """The registers of requests about personal data the actor reads."""
    return list(_cercles_visibles((GenreFormation.DROITS,)))


@une_fois
def _cercles_visibles(genres: tuple[str, ...]) -> tuple[CercleVu, ...]:
    cercles = set(mes_cercles())
    lus = [mandat for mandat in mes_mandats() if mandat.cercle in cercles] if cercles else []
    lus = [mandat for mandat in lus if mandat.formation.genre in genres]
    lus.sort(key=lambda mandat: (mandat.formation.conseil.nom, mandat.formation.nom, mandat.formation.pk))
    return tuple(_vu(mandat) for mandat in lus)


def _vu(mandat: MonMandat) -> CercleVu:
    formation = mandat.formation
    cercle = cast(Cercle, formation.cercle)
    return CercleVu(
        id=cercle.pk,
        public_id=cercle.public_id,
        formation=formation.nom,
        formation_id=formation.public_id,
        conseil=formation.conseil.nom,
        conseil_id=formation.conseil.public_id,
        conseil_pk=formation.conseil_id,
        departement_code=formation.conseil.departement_code,
        volet=cercle.volet,
        role=mandat.role,
        genre=formation.genre,
        commune_code=formation.commune_code,
    )


def cercle_vu(public_id: UUID) -> CercleVu | None:
    """The readable cercle of that public id; None whether absent or hidden."""
    return next((cercle for cercle in cercles_visibles() if cercle.public_id == public_id), None)


def role_dans(cercle_id: int) -> str | None:
    """The actor's role in a cercle, or None when the actor does not read it now."""
    if cercle_id not in mes_cercles():
        return None
    return next((mandat.role for mandat in mes_mandats() if mandat.cercle == cercle_id), None)


@une_fois
def formation_du_cercle(cercle_id: int) -> Formation:
    """The formation whose members the cercle holds, with its council."""
    if memorise():
        mien = next((mandat.formation for mandat in mes_mandats() if mandat.cercle == cercle_id), None)
        if mien is not None:
            return mien
    return Formation.objects.select_related("conseil", "cercle").get(cercle=cercle_id)


def fuseau_du_cercle(cercle_id: int) -> ZoneInfo:
    """The time zone in which the cercle's days are counted."""
    return fuseau_de_la_formation(formation_du_cercle(cercle_id))


def fuseau_de_la_formation(formation: Formation) -> ZoneInfo:
    """The time zone in which the formation meets."""
    return fuseau_du_conseil(formation.conseil)


def heure_locale(instant: datetime | None, fuseau_: ZoneInfo) -> datetime | None:
    """The instant as the territory's clocks show it: naive, so that no template converts it again."""
    return instant.astimezone(fuseau_).replace(tzinfo=None) if instant is not None else None


def fuseau_du_conseil(conseil: Conseil) -> ZoneInfo:
    """The time zone of the council's territory."""
    if conseil.commune_code:
        return fuseau_de_commune(conseil.commune_code)
    return fuseau(conseil.departement_code)


def membre_judiciaire(cercle_id: int) -> bool:
    """Whether the parquet, the SPIP or the PJJ sits there now: only then may a measure be stated."""
    return siege_d_un_genre(cercle_id, GENRES_JUDICIAIRES)


def lecteurs(cercle_id: int, *, pour: int | None = None) -> Lecteurs:
    """Who reads the cercle now, as shown to the account ``pour`` (the actor by default)."""
    lignes = mandats_du_cercle(cercle_id)
    identifiant = pour if pour is not None else acteur_courant()
    qui = compte_du_lecteur(identifiant) if identifiant is not None else None
    place = _place(cercle_id, qui, lignes) if qui is not None else Place()
    return reunir(lignes, qui, place)


def reunir(lignes: Iterable[MandatLu], qui: Compte | None, place: Place) -> Lecteurs:
    """The readers of one cercle from its mandates in force, as ``qui`` reads them from that place."""
    presents = [(_lecteur(ligne, qui, place), ligne.signee) for ligne in lignes]
    maire = any(lecteur.role == Role.MAIRE for lecteur, _ in presents)
    return Lecteurs(
        lecteurs=tuple(lecteur for lecteur, signee in presents if signee),
        en_attente=tuple(lecteur for lecteur, signee in presents if not signee),
        non_lecteurs=NON_LECTEURS if maire else (NON_LECTEUR_MAIRE, *NON_LECTEURS),
    )


def place_dans(cercle_id: int, qui: Compte) -> Place:
    """Where an account stands in the cercle now, for the rule that masks names."""
    return _place(cercle_id, qui, mandats_du_cercle(cercle_id))


def _place(cercle_id: int, qui: Compte, lignes: Iterable[MandatLu]) -> Place:
    """A member by the mandate that opens the cercle; who coordinates the council stands as coordination."""
    for ligne in lignes:
        if ligne.compte_id == qui.pk and ligne.signee:
            return Place(role=ligne.role, genre=ligne.organisme.genre, organisme=ligne.organisme.pk)
    if tient(qui, formation_du_cercle(cercle_id).conseil, COORDINATION):
        return Place(role=Role.COORDONNATEUR.value)
    return Place()


def _lecteur(ligne: MandatLu, qui: Compte | None, place: Place) -> Lecteur:
    porteur = cast(Porteur, qui)
    organisme = nom_affiche(ligne.organisme, porteur, place=place) if qui is not None else ""
    role = ligne.role_en_clair
    precise = ligne.qualite or ligne.fonction
    fonction = precise or (f"{role}, {organisme}" if organisme else role)
    return Lecteur(
        nom=ligne.nom,
        # What a person does at a SPIP would tell as much as its name.
        fonction=role if organisme == NOM_MASQUE else fonction,
        organisme=organisme,
        vous=qui is not None and ligne.compte_id == qui.pk,
        role=ligne.role,
        fin=ligne.fin,
    )


def charte_en_vigueur(formation: Formation) -> Texte | None:
    """The charter in force, or None: then nobody reads anything."""
    return formation.textes.filter(genre=GenreTexte.CHARTE, etat=EtatTexte.ADOPTE).first()
