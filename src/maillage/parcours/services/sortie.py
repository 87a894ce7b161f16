"""Prepare a way out: open the plan, name who takes over, say what has begun, move the end, close (fiche 10).

Every command locks the situation first, through the wall: an open file, a professional of its groupe.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maillage.acteurs.api import Organisme
from maillage.droit.api import Verdict
from maillage.parcours.etats_sortie import EtatEtape, EtatPlan
from maillage.parcours.models import EtapeDeSortie, FinDeplacee, PlanDeSortie
from maillage.parcours.rules import sortie as regles
from maillage.parcours.selectors.sortie import (
    continuite_de,
    domaines,
    fin_de,
    lue,
    plan_ouvert_de,
    un_plan,
    une_etape,
)
from maillage.situations.api import (
    Ouverte,
    compter,
    exiger,
    role_qui_ecrit,
    situation_a_modifier,
    situation_ouverte,
    suivi_judiciaire_enonce,
)
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste

#: Code of the scheme in the catalogue: what the anonymous facts count it under.
DISPOSITIF = "plan_de_sortie"


@dataclass(frozen=True, slots=True)
class _OuvertePourUnPlan:
    ou: Ouverte
    plan: PlanDeSortie

    @property
    def jour(self) -> date:
        return self.ou.ici.jour


def _a_ecrire(situation: UUID) -> Ouverte:
    """The open situation, locked, for a professional of its groupe."""
    ou = situation_a_modifier(situation)
    motifs = [*situation_ouverte(ou.situation.etat), *role_qui_ecrit(ou.ici.membre.role)]
    exiger(Verdict.selon(motifs), ou.situation)
    return ou


def _plan_a_ecrire(situation: UUID) -> _OuvertePourUnPlan:
    ou = _a_ecrire(situation)
    return _OuvertePourUnPlan(ou, un_plan(ou.situation, verrou=True))


def _etapes(plan: PlanDeSortie) -> list[EtapeDeSortie]:
    return list(EtapeDeSortie.objects.filter(plan=plan, cercle=plan.cercle_id))


def _noter(evenement: str, ici: _OuvertePourUnPlan, **details: str) -> None:
    situation = ici.ou.situation
    journaliser(evenement, objet=situation.public_id, cercle=situation.cercle_id, details=details)


@commande
def ouvrir_plan(*, situation: UUID, origine: str, fin_prevue_le: date) -> PlanDeSortie:
    """Open the plan of a file, before the end of the measure."""
    ou = _a_ecrire(situation)
    lu, acteur = ou.situation, ou.ici
    verdict = regles.juger_ouverture(
        membre_judiciaire=acteur.membre.judiciaire,
        judiciaire_siege=acteur.judiciaire_siege,
        deja_enonce=suivi_judiciaire_enonce(lu),
        plan_en_cours=plan_ouvert_de(lu) is not None,
        origine_connue=origine in liste("origines_sortie", acteur.jour),
        fin_prevue_le=fin_prevue_le,
        le=acteur.jour,
    )
    exiger(verdict, lu)
    plan = PlanDeSortie.objects.create(
        cercle_id=lu.cercle_id,
        situation=lu,
        origine=origine,
        fin_prevue_le=fin_prevue_le,
        cree_le=acteur.jour,
        cree_par_id=acteur.compte,
    )
    compter(
        "plan_de_sortie",
        ou,
        genre=DISPOSITIF,
        origine=origine,
        issue="ouvert",
        delai_jours=(fin_prevue_le - acteur.jour).days,
    )
    journaliser("plan_de_sortie_ouvert", objet=lu.public_id, cercle=lu.cercle_id)
    return plan


def _exiger_l_etape(
    ici: _OuvertePourUnPlan,
    *,
    domaine: str,
    acteur: str,
    organisme: UUID | None,
    prevue_le: date | None,
    fin_le: date | None,
) -> Organisme | None:
    """The body named, once the step may be noted."""
    acteurs = liste("acteurs_sortie", ici.jour)
    convient = acteur in acteurs and domaine in acteurs.item(acteur).attributs["domaines"]
    corps = None
    if organisme is not None and convient:
        genre = acteurs.item(acteur).attributs["acteur"]
        corps = Organisme.objects.filter(public_id=organisme, actif=True, genre=genre).first()
    verdict = regles.juger_etape(
        etat_plan=ici.plan.etat,
        acteur_du_domaine=convient,
        organisme_convient=organisme is None or not convient or corps is not None,
        prevue_le=prevue_le,
        fin_le=fin_le,
    )
    exiger(verdict, ici.ou.situation)
    return corps


@commande
def prevoir_etape(
    *,
    situation: UUID,
    domaine: str,
    acteur: str,
    organisme: UUID | None = None,
    prevue_le: date | None = None,
    fin_le: date | None = None,
) -> EtapeDeSortie:
    """Name who takes over in a domain, and from which day once it is known."""
    ici = _plan_a_ecrire(situation)
    corps = _exiger_l_etape(
        ici, domaine=domaine, acteur=acteur, organisme=organisme, prevue_le=prevue_le, fin_le=fin_le
    )
    # A reason why nobody took over no longer holds.
    for sans in EtapeDeSortie.objects.filter(
        plan=ici.plan, cercle=ici.plan.cercle_id, domaine=domaine, etat=EtatEtape.SANS_RELAIS
    ):
        _passer(sans, version=sans.version, etat=EtatEtape.ABANDONNEE)
    etape = EtapeDeSortie.objects.create(
        cercle_id=ici.plan.cercle_id,
        plan=ici.plan,
        domaine=domaine,
        acteur=acteur,
        organisme=corps,
        prevue_le=prevue_le,
        fin_le=fin_le,
        notee_le=ici.jour,
    )
    _noter("etape_de_sortie_prevue", ici, domaine=domaine)
    return etape


@commande
def modifier_etape(
    *,
    situation: UUID,
    etape: UUID,
    version: int,
    acteur: str,
    organisme: UUID | None = None,
    prevue_le: date | None = None,
    fin_le: date | None = None,
) -> None:
    """Change who takes over or when, while it is only planned."""
    ici = _plan_a_ecrire(situation)
    ligne = une_etape(ici.plan, etape)
    if ligne.etat != EtatEtape.PREVUE:
        motifs = regles.juger_passage(etat_plan=ici.plan.etat, de=ligne.etat, vers=EtatEtape.EFFECTIVE)
        exiger(Verdict.selon(motifs), ici.ou.situation)
    corps = _exiger_l_etape(
        ici, domaine=ligne.domaine, acteur=acteur, organisme=organisme, prevue_le=prevue_le, fin_le=fin_le
    )
    _passer(ligne, version=version, acteur=acteur, organisme=corps, prevue_le=prevue_le, fin_le=fin_le)
    _noter("etape_de_sortie_modifiee", ici, domaine=ligne.domaine)


def _passer(etape: EtapeDeSortie, *, version: int, **valeurs: object) -> None:
    modifier(
        EtapeDeSortie.objects.filter(pk=etape.pk, cercle=etape.cercle_id),
        version=version,
        **valeurs,
    )


@commande
def confirmer_etape(*, situation: UUID, etape: UUID, version: int, effective_le: date) -> None:
    """Say that a support has begun, on which day."""
    ici = _plan_a_ecrire(situation)
    ligne = une_etape(ici.plan, etape)
    verdict = regles.juger_confirmation(
        etat_plan=ici.plan.etat,
        de=ligne.etat,
        effective_le=effective_le,
        fin_le=ligne.fin_le,
        le=ici.jour,
    )
    exiger(verdict, ici.ou.situation)
    _passer(ligne, version=version, etat=EtatEtape.EFFECTIVE, effective_le=effective_le)
    _noter("etape_de_sortie_effective", ici, domaine=ligne.domaine)


@commande
def reprendre_etape(*, situation: UUID, etape: UUID, version: int) -> None:
    """Take back a confirmation made by mistake: the support is planned again."""
    _changer(situation, etape, version, EtatEtape.PREVUE, effective_le=None)


@commande
def abandonner_etape(*, situation: UUID, etape: UUID, version: int) -> None:
    """Say that a planned support, or a reason why there is none, no longer holds. It stays in the history."""
    _changer(situation, etape, version, EtatEtape.ABANDONNEE)


def _changer(situation: UUID, etape: UUID, version: int, vers: EtatEtape, **valeurs: object) -> None:
    ici = _plan_a_ecrire(situation)
    ligne = une_etape(ici.plan, etape)
    motifs = regles.juger_passage(etat_plan=ici.plan.etat, de=ligne.etat, vers=vers)
    exiger(Verdict.selon(motifs), ici.ou.situation)
    _passer(ligne, version=version, etat=vers, **valeurs)
    _noter(f"etape_de_sortie_{vers.value}", ici, domaine=ligne.domaine)


@commande
def noter_sans_relais(*, situation: UUID, domaine: str, raison: str) -> EtapeDeSortie:
    """Say, by a code, why a domain has no support."""
    ici = _plan_a_ecrire(situation)
    siennes = [lue(etape) for etape in _etapes(ici.plan) if etape.domaine == domaine]
    verdict = regles.juger_sans_relais(
        etat_plan=ici.plan.etat,
        raison_connue=raison in liste("raisons_sans_relais", ici.jour)
        and domaine in {item.code for item in domaines()},
        etapes=siennes,
    )
    exiger(verdict, ici.ou.situation)
    etape = EtapeDeSortie.objects.create(
        cercle_id=ici.plan.cercle_id,
        plan=ici.plan,
        domaine=domaine,
        raison=raison,
        etat=EtatEtape.SANS_RELAIS,
        notee_le=ici.jour,
    )
    _noter("etape_de_sortie_sans_relais", ici, domaine=domaine)
    return etape


@commande
def deplacer_fin(*, situation: UUID, version: int, vers: date, motif: str) -> FinDeplacee:
    """Move the planned end: the gaps are counted again, and what they were is kept."""
    ici = _plan_a_ecrire(situation)
    plan = ici.plan
    verdict = regles.juger_fin(
        etat_plan=plan.etat,
        actuelle=plan.fin_prevue_le,
        vers=vers,
        motif_connu=motif in liste("motifs_fin_deplacee", ici.jour),
        effective=False,
        le=ici.jour,
    )
    exiger(verdict, ici.ou.situation)
    return _deplacer(ici, version=version, vers=vers, motif=motif, fin_prevue_le=vers)


@commande
def constater_fin(*, situation: UUID, version: int, le: date) -> None:
    """Say on which day the measure ended; when it is not the planned one, the move is kept too."""
    ici = _plan_a_ecrire(situation)
    plan = ici.plan
    verdict = regles.juger_fin(
        etat_plan=plan.etat,
        actuelle=fin_de(plan),
        vers=le,
        motif_connu=True,
        effective=True,
        le=ici.jour,
    )
    exiger(verdict, ici.ou.situation)
    if le != fin_de(plan):
        _deplacer(ici, version=version, vers=le, motif="correction", fin_effective_le=le)
    else:
        _modifier_plan(ici, version=version, fin_effective_le=le)
    _noter("mesure_finie", ici)


def _deplacer(
    ici: _OuvertePourUnPlan, *, version: int, vers: date, motif: str, **valeurs: object
) -> FinDeplacee:
    plan, etapes = ici.plan, _etapes(ici.plan)
    de, avant = fin_de(plan), continuite_de(plan, etapes).pire
    _modifier_plan(ici, version=version, **valeurs)
    plan.refresh_from_db()
    apres = continuite_de(plan, etapes).pire
    _noter("fin_de_mesure_deplacee", ici)
    return FinDeplacee.objects.create(
        cercle_id=plan.cercle_id,
        plan=plan,
        de=de,
        vers=vers,
        motif=motif,
        le=ici.jour,
        par_id=ici.ou.ici.compte,
        pire_avant=0 if avant is None else avant.jours,
        pire_apres=0 if apres is None else apres.jours,
    )


def _modifier_plan(ici: _OuvertePourUnPlan, *, version: int, **valeurs: object) -> None:
    modifier(
        PlanDeSortie.objects.filter(pk=ici.plan.pk, cercle=ici.plan.cercle_id), version=version, **valeurs
    )


@commande
def clore_plan(*, situation: UUID, version: int) -> None:
    """Close the plan once the measure is over and each domain has its answer."""
    ici = _plan_a_ecrire(situation)
    plan, etapes = ici.plan, _etapes(ici.plan)
    verdict = regles.juger_cloture(
        etat_plan=plan.etat,
        domaines=[(item.code, item.libelle) for item in domaines()],
        etapes=[lue(etape) for etape in etapes],
        fin=fin_de(plan),
        le=ici.jour,
    )
    exiger(verdict, ici.ou.situation)
    pire = continuite_de(plan, etapes).pire
    _modifier_plan(ici, version=version, etat=EtatPlan.CLOS, clos_le=ici.jour)
    compter(
        "plan_de_sortie",
        ici.ou,
        genre=DISPOSITIF,
        origine=plan.origine,
        issue="sans_trou" if pire is None else "avec_trou",
        delai_jours=pire.jours if pire is not None else None,
    )
    _noter("plan_de_sortie_clos", ici)
