"""Which councils and formations an account sees, and which it keeps."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.acteurs.api import Compte, compte_du_lecteur, portees_exercees
from maillage.instances.lieu import situer
from maillage.instances.models import Conseil, Formation, Habilitation, Siege
from maillage.instances.perms import FONCTIONS_DU_CONSEIL
from maillage.socle.contexte import acteur_courant
from maillage.socle.refus import Introuvable
from maillage.socle.temps import maintenant

Portees = frozenset[tuple[str, str]]


def portees(compte: Compte, codes: frozenset[str]) -> Portees:
    """Where an account exercises one of these functions now: (kind of territory, code)."""
    return portees_exercees(compte, codes)


def _codes(ou: Portees, genre: str) -> list[str]:
    return [code for portee, code in ou if portee == genre]


def du_ressort(ou: Portees, instant: datetime) -> Q:
    """Councils a territory contains or takes part in: reading. A member commune sees its CISPD."""
    if any(genre == "national" for genre, _ in ou):
        return Q(pk__isnull=False)
    communes = _codes(ou, "commune")
    membres = Q(communes__commune_code__in=communes, communes__depuis__lte=instant.date()) & (
        Q(communes__jusqua__isnull=True) | Q(communes__jusqua__gt=instant.date())
    )
    return (
        Q(commune_code__in=communes)
        | membres
        | Q(epci_code__in=_codes(ou, "epci"))
        | Q(departement_code__in=_codes(ou, "departement"))
        | Q(public_id__in=_codes(ou, "instance"))
    )


def tenus_par(ou: Portees) -> Q:
    """Councils of these very territories: keeping. The coordinator of a commune does not keep the CISPD."""
    return (
        Q(commune_code__in=_codes(ou, "commune"))
        | Q(epci_code__in=_codes(ou, "epci"))
        | Q(public_id__in=_codes(ou, "instance"))
    )


def couvre(ou: Portees, *, commune: str = "", epci: str = "", instance: str = "") -> bool:
    """The same test as ``tenus_par`` for a council that may not be recorded yet."""
    demandes = {("commune", commune), ("epci", epci), ("instance", instance)}
    return any(code and (genre, code) in ou for genre, code in demandes)


def conseils_visibles_par(compte: Compte) -> QuerySet[Conseil]:
    """Councils of the account's territory, and those where it is habilitated or its organism sits."""
    instant = maintenant()
    par_mandat = Habilitation.objects.en_vigueur(instant).filter(compte=compte)
    par_siege = Siege.objects.en_vigueur(instant).filter(organisme=compte.organisme_id)
    condition = (
        du_ressort(portees(compte, FONCTIONS_DU_CONSEIL), instant)
        | Q(formations__cercle__in=par_mandat.values("cercle_id"))
        | Q(formations__in=par_siege.values("formation_id"))
    )
    return Conseil.objects.filter(pk__in=Conseil.objects.filter(condition).values("pk")).order_by("nom", "pk")


def conseils_de(compte: Compte) -> QuerySet[Conseil]:
    """The active councils the account sees."""
    return conseils_visibles_par(compte).filter(Q(dissous_le__isnull=True) | Q(dissous_le__gt=maintenant()))


def conseils_tenus_par(compte: Compte, codes: frozenset[str]) -> QuerySet[Conseil]:
    """Councils on which the account exercises one of these functions, active or not."""
    return Conseil.objects.filter(tenus_par(portees(compte, codes)))


def tient(compte: Compte, conseil: Conseil, codes: frozenset[str]) -> bool:
    """Whether the account exercises one of these functions on that very council."""
    return conseils_tenus_par(compte, codes).filter(pk=conseil.pk).exists()


def formations_visibles_par(compte: Compte) -> QuerySet[Formation]:
    """Formations of the councils of one's territory, else those where one sits or is habilitated."""
    instant = maintenant()
    conseils = Conseil.objects.filter(du_ressort(portees(compte, FONCTIONS_DU_CONSEIL), instant))
    par_mandat = Habilitation.objects.en_vigueur(instant).filter(compte=compte)
    par_siege = Siege.objects.en_vigueur(instant).filter(organisme=compte.organisme_id)
    return Formation.objects.filter(
        Q(conseil__in=conseils.values("pk"))
        | Q(cercle__in=par_mandat.values("cercle_id"))
        | Q(pk__in=par_siege.values("formation_id"))
    ).select_related("conseil", "cercle")


def acteur() -> Compte:
    """The account of the actor. Raises ``Introuvable`` when nobody acts."""
    compte = compte_du_lecteur(acteur_courant() or 0)
    if compte is None or not compte.actif:
        raise Introuvable()
    return compte


def conseil_visible(public_id: UUID, *, verrou: bool = False) -> Conseil:
    """The council, locked where asked, if the actor sees it. Absent and hidden are the same answer."""
    lignes = Conseil.objects.filter(pk__in=conseils_visibles_par(acteur()).values("pk"))
    if verrou:
        lignes = lignes.select_for_update()
    conseil = lignes.filter(public_id=public_id).first()
    if conseil is None:
        raise Introuvable(public_id)
    situer(conseil)
    return conseil


def formation_visible(public_id: UUID, *, verrou: bool = False) -> Formation:
    """The formation with its council, locked where asked, if the actor sees it."""
    visibles = formations_visibles_par(acteur()).values("pk")
    lignes = Formation.objects.filter(pk__in=visibles).select_related("conseil", "cercle")
    if verrou:
        lignes = lignes.select_for_update(of=("self",))
    formation = lignes.filter(public_id=public_id).first()
    if formation is None:
        raise Introuvable(public_id)
    situer(formation)
    return formation
