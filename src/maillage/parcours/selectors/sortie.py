"""An exit plan as its page shows it: steps by domain, days without support, names masked for whom it must."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from maillage.acteurs.api import NOM_MASQUE
from maillage.parcours.etats_sortie import LIBELLES, EtatEtape, EtatPlan
from maillage.parcours.models import EtapeDeSortie, FinDeplacee, PlanDeSortie
from maillage.parcours.rules.continuite import Continuite, Trou
from maillage.parcours.rules.sortie import EtapeLue, calculer, etat_du_domaine
from maillage.situations.api import Ici, Situation, genre_cache, organisme_cache, visibles
from maillage.socle.refus import Introuvable
from maillage.strategie.api import Item, liste

#: Said of the care domain to whoever must not know that there is one.
DOMAINE_NEUTRE = "Accompagnement"
SOINS = "soins"


def domaines() -> tuple[Item, ...]:
    """The five domains of fiche 10, in the order of the list."""
    return tuple(item for item in liste("domaines_objectif") if item.attributs["sortie"])


def domaine_cache(code: str, ici: Ici) -> bool:
    """Whether this reader must not know that there is a care side to the plan."""
    return code == SOINS and genre_cache("csapa", ici)


def libelle_du_domaine(code: str, ici: Ici) -> str:
    """The word of a domain; that of care is neutral for whoever must not know of a follow-up."""
    if domaine_cache(code, ici):
        return DOMAINE_NEUTRE
    return liste("domaines_objectif").item(code).libelle


def plans_de(situation: Situation) -> QuerySet[PlanDeSortie]:
    """The plans of a file, the latest first."""
    return visibles(PlanDeSortie).filter(situation=situation).order_by("-cree_le", "-pk")


def plan_ouvert_de(situation: Situation) -> PlanDeSortie | None:
    """The plan in preparation, None where there is none."""
    return plans_de(situation).filter(etat=EtatPlan.OUVERT).first()


def un_plan(situation: Situation, *, verrou: bool = False) -> PlanDeSortie:
    """The open plan of this file. Raises ``Introuvable``."""
    plans = plans_de(situation).filter(etat=EtatPlan.OUVERT)
    plan = (plans.select_for_update(of=("self",)) if verrou else plans).first()
    if plan is None:
        raise Introuvable(situation.public_id)
    return plan


def une_etape(plan: PlanDeSortie, cle: UUID) -> EtapeDeSortie:
    """A step of this very plan: another's address is answered as an absent one."""
    etape = visibles(EtapeDeSortie).filter(plan=plan, public_id=cle).select_related("organisme").first()
    if etape is None:
        raise Introuvable(cle)
    return etape


def fin_de(plan: PlanDeSortie) -> date:
    """The last day of the measure: as it was, else as planned."""
    return plan.fin_effective_le or plan.fin_prevue_le


def lue(etape: EtapeDeSortie) -> EtapeLue:
    """The step as the rules see it."""
    decouvert = bool(etape.raison) and bool(
        liste("raisons_sans_relais").item(etape.raison).attributs["decouvert"]
    )
    return EtapeLue(
        domaine=etape.domaine,
        etat=etape.etat,
        prevue_le=etape.prevue_le,
        effective_le=etape.effective_le,
        fin_le=etape.fin_le,
        raison=etape.raison,
        decouvert=decouvert,
    )


def continuite_de(plan: PlanDeSortie, etapes: Iterable[EtapeDeSortie]) -> Continuite:
    """The days without support of a plan."""
    return calculer(fin_de(plan), map(lue, etapes), [item.code for item in domaines()])


@dataclass(frozen=True, slots=True)
class EtapeVue:
    """A step as shown; ``masque``: who carries it is hidden from this reader."""

    etape: EtapeDeSortie
    qui: str
    masque: bool
    etat: str
    a_confirmer: bool

    @property
    def debut(self) -> date | None:
        return self.etape.effective_le or self.etape.prevue_le

    @property
    def modifiable(self) -> bool:
        return self.etape.etat == EtatEtape.PREVUE


@dataclass(frozen=True, slots=True)
class DomaineVu:
    """A domain: where it stands, its steps, its days without support."""

    code: str
    libelle: str
    etat: str
    etapes: tuple[EtapeVue, ...]
    trous: tuple[Trou, ...]
    tuilage: int
    #: Its very name is hidden from this reader, who then writes nothing there.
    masque: bool

    @property
    def sans_etape(self) -> bool:
        return all(vue.etape.etat == EtatEtape.ABANDONNEE for vue in self.etapes)


@dataclass(frozen=True, slots=True)
class PlanVu:
    """Everything the page of a plan holds."""

    plan: PlanDeSortie
    origine: str
    fin: date
    domaines: tuple[DomaineVu, ...]
    continuite: Continuite
    deplacements: tuple[FinDeplacee, ...]

    @property
    def clos(self) -> bool:
        return self.plan.etat == EtatPlan.CLOS

    @property
    def etat(self) -> str:
        return LIBELLES[self.plan.etat]


def composer(plan: PlanDeSortie, ici: Ici) -> PlanVu:
    """The plan, its steps and its gaps, as this reader may see them."""
    etapes = list(
        visibles(EtapeDeSortie)
        .filter(plan=plan)
        .select_related("organisme")
        .prefetch_related("organisme__noms")
        .order_by("pk")
    )
    calcul = continuite_de(plan, etapes)
    return PlanVu(
        plan=plan,
        origine=liste("origines_sortie").item(plan.origine).libelle,
        fin=fin_de(plan),
        domaines=tuple(_domaine(item.code, etapes, calcul, ici) for item in domaines()),
        continuite=calcul,
        deplacements=tuple(
            visibles(FinDeplacee).filter(plan=plan).select_related("par").order_by("-le", "-pk")
        ),
    )


def _domaine(code: str, etapes: Sequence[EtapeDeSortie], calcul: Continuite, ici: Ici) -> DomaineVu:
    siennes = [etape for etape in etapes if etape.domaine == code]
    tuilage = sum(
        recouvrement.jours or 0
        for recouvrement in calcul.recouvrements
        if recouvrement.domaine == code and recouvrement.du <= calcul.dernier_jour
    )
    return DomaineVu(
        code=code,
        libelle=libelle_du_domaine(code, ici),
        etat=etat_du_domaine(map(lue, siennes), ici.jour),
        etapes=tuple(_etape(etape, ici) for etape in sorted(siennes, key=_ordre)),
        trous=calcul.trous_de(code),
        tuilage=tuilage,
        masque=domaine_cache(code, ici),
    )


def _ordre(etape: EtapeDeSortie) -> tuple[bool, date, int]:
    debut = etape.effective_le or etape.prevue_le
    return (etape.etat == EtatEtape.ABANDONNEE, debut or date.max, etape.pk)


def _etape(etape: EtapeDeSortie, ici: Ici) -> EtapeVue:
    masque = etape_cachee(etape, ici)
    return EtapeVue(
        etape=etape,
        qui=NOM_MASQUE if masque else qui_porte(etape, ici),
        masque=masque,
        etat=LIBELLES[etape.etat],
        a_confirmer=lue(etape).a_confirmer(ici.jour),
    )


def etape_cachee(etape: EtapeDeSortie, ici: Ici) -> bool:
    """Whether who carries the step, or why there is nobody, would tell this reader of a follow-up."""
    if domaine_cache(etape.domaine, ici):
        return organisme_cache(etape.organisme, ici) or etape.organisme is None
    if not etape.acteur:
        return False
    item = liste("acteurs_sortie").item(etape.acteur)
    if etape.organisme is not None and organisme_cache(etape.organisme, ici):
        return True
    # Who works for the very body named may know it; the kind of body is judged where it is not named.
    mien = etape.organisme_id is not None and etape.organisme_id == ici.organisme
    return not mien and genre_cache(item.attributs["acteur"], ici, sensible=bool(item.attributs["sensible"]))


def qui_porte(etape: EtapeDeSortie, ici: Ici) -> str:
    """The body, or the kind of body, or why there is none."""
    if etape.raison:
        return liste("raisons_sans_relais").item(etape.raison).libelle
    genre = liste("acteurs_sortie").item(etape.acteur).libelle
    if etape.organisme is None:
        return genre
    return f"{etape.organisme.nom_le(ici.jour)} ({genre})"
