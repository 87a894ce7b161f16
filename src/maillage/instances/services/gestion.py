"""Who keeps a council: the function says what, its territory says where."""

from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.models import Conseil, Formation
from maillage.instances.perms import COORDINATION, PRESIDENTS
from maillage.instances.selectors.conseils import acteur, tient
from maillage.socle.refus import Refus

HORS_TERRITOIRE = Motif(
    code="hors_territoire",
    texte="Vous voyez ce conseil, mais votre fonction ne s’exerce pas sur lui. "
    "Seules les personnes qui en ont la charge peuvent le modifier.",
    base_legale="Code de la sécurité intérieure, art. L. 132-4 et L. 132-13",
    force=Force.DOCTRINE,
)


def exiger(verdict: Verdict, objet: UUID | None = None, *, statut: int = 422) -> None:
    """Go on only if the rule agrees."""
    if not verdict.ok:
        raise Refus(verdict, statut=statut, objet=objet)


def exiger_charge(conseil: Conseil, codes: frozenset[str]) -> Compte:
    """The acting account, if it exercises one of these functions on that very council; else 403."""
    compte = acteur()
    if not tient(compte, conseil, codes):
        raise Refus(Verdict.refus([HORS_TERRITOIRE]), statut=403, objet=conseil.public_id)
    return compte


def exiger_gestion(formation: Formation) -> Compte:
    """The acting account, if it coordinates the council of that formation; else 403."""
    return exiger_charge(formation.conseil, COORDINATION)


def exiger_presidence(conseil: Conseil) -> Compte:
    """The acting account, if it chairs the council or records its deliberations; else 403."""
    return exiger_charge(conseil, PRESIDENTS | COORDINATION)
