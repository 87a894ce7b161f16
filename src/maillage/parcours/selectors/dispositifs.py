"""Schemes as the actor may read them: the national catalogue, and what its councils added."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from maillage.acteurs.api import Place, organisme_masque
from maillage.instances.api import Conseil
from maillage.parcours import catalogue
from maillage.parcours.catalogue import PREFIXE_LOCAL, Dispositif, DispositifInconnuError
from maillage.parcours.models import DispositifLocal
from maillage.parcours.selectors.offres import conseils_du_lecteur
from maillage.socle.refus import Introuvable
from maillage.socle.requetes import Requete

_CHAMPS: Final = tuple(DispositifLocal._meta.concrete_fields)
_ATTRIBUTS: Final = [champ.attname for champ in _CHAMPS]
_LOCAUX: Final = Requete(f"""
SELECT {", ".join(f"d.{champ.column}" for champ in _CHAMPS)} FROM parcours_dispositif_local d
WHERE d.conseil_id = %(conseil)s::bigint ORDER BY d.libelle, d.id
""")


def dispositif_masque(dispositif: Dispositif, fonctions: Iterable[str], place: Place | None = None) -> bool:
    """Whether this reader reads only the neutral words: the rule of sensitive bodies, for schemes.

    Who sits for a kind of body that runs the scheme knows it by office. ``place`` is None where no person
    stands beside it.
    """
    if place is not None and place.genre in dispositif.genres:
        return False
    return organisme_masque(sensible=dispositif.sensible, fonctions=frozenset(fonctions), place=place)


def libelle_affiche(dispositif: Dispositif, fonctions: Iterable[str], place: Place | None = None) -> str:
    """The name of a scheme, or its neutral words."""
    cache = dispositif_masque(dispositif, fonctions, place)
    return dispositif.libelle_neutre if cache else dispositif.libelle


def locaux_visibles() -> QuerySet[DispositifLocal]:
    """The local schemes of the councils the actor sees."""
    return DispositifLocal.objects.filter(conseil__in=conseils_du_lecteur().values("pk")).select_related(
        "conseil"
    )


def local_visible(public_id: UUID, *, verrou: bool = False) -> DispositifLocal:
    """One of them, locked where asked. Raises ``Introuvable``, hidden and absent alike."""
    lignes = locaux_visibles()
    if verrou:
        lignes = lignes.select_for_update(of=("self",))
    trouve = lignes.filter(public_id=public_id).first()
    if trouve is None:
        raise Introuvable(public_id)
    return trouve


def dispositifs_de(conseil: Conseil | int, le: date) -> tuple[Dispositif, ...]:
    """National schemes in force, then those of that council, in one query."""
    cle = conseil if isinstance(conseil, int) else conseil.pk
    lignes = (DispositifLocal.from_db("default", _ATTRIBUTS, lue) for lue in _LOCAUX.lignes(conseil=cle))
    locaux = (ligne.en_dispositif() for ligne in lignes)
    return (*catalogue.dispositifs(le), *(lu for lu in locaux if lu.ouvert(le)))


def dispositif_de_code(code: str, *, conseil: Conseil | int | None = None) -> Dispositif:
    """The scheme of that code, national or of that council, open or not. Raises ``DispositifInconnuError``.

    Without a council only a national code is known.
    """
    if not code.startswith(PREFIXE_LOCAL):
        return catalogue.dispositif(code)
    cle = conseil if isinstance(conseil, int) or conseil is None else conseil.pk
    local = DispositifLocal.objects.filter(code=code, conseil=cle).first() if cle is not None else None
    if local is None:
        raise DispositifInconnuError(code)
    return local.en_dispositif()


def dispositifs_par_code(codes: Iterable[str]) -> dict[str, Dispositif]:
    """Schemes by code, at most one query; unknown codes are left out."""
    demandes = set(codes)
    connus = {lu.code: lu for lu in catalogue.dispositifs() if lu.code in demandes}
    locaux = [code for code in demandes if code.startswith(PREFIXE_LOCAL)]
    if locaux:
        for ligne in DispositifLocal.objects.filter(code__in=locaux):
            connus[ligne.code] = ligne.en_dispositif()
    return connus


def catalogue_visible(le: date | None = None) -> tuple[Dispositif, ...]:
    """National schemes, then the local ones of every council the actor sees; open on ``le`` if given."""
    locaux = (ligne.en_dispositif() for ligne in locaux_visibles().order_by("libelle", "pk"))
    return (*catalogue.dispositifs(le), *(lu for lu in locaux if le is None or lu.ouvert(le)))
