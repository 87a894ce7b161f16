"""The acts of a participation as form pages: the same for the groupe and for the body that receives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from maillage.parcours.catalogue import Dispositif
from maillage.parcours.forms import orientations as formulaires
from maillage.parcours.models import Participation
from maillage.parcours.rules.orientation import PAS_COMMENCEES
from maillage.parcours.services import participations as services
from maillage.parcours.services import suspensions
from maillage.parcours.states import EtatParticipation
from maillage.situations.forms.champs import options
from maillage.strategie.api import liste

Donnees = QueryDict | None


@dataclass(frozen=True, slots=True)
class Acte:
    """A page of one act: its words, its form, the service it calls. ``etats``: where it is offered."""

    code: str
    titre: str
    bouton: str
    etats: frozenset[EtatParticipation]
    formulaire: Callable[[Donnees, Participation, date, "Dispositif | None"], forms.Form]
    faire: Callable[[UUID, dict[str, Any]], Any]
    du_groupe: bool = False
    note: str = ""
    #: Whether it is offered only while the participation is suspended, or only while it is not.
    suspendue: bool | None = None

    def ouvert(self, participation: Participation) -> bool:
        attend = participation.suspendue_le is not None
        return participation.etat in self.etats and self.suspendue in (None, attend)


def _depuis(lue: Participation) -> date:
    return lue.commencee_le or lue.accusee_le or lue.transmise_le


def _dater(libelle: str) -> Callable[..., forms.Form]:
    def construire(donnees: Donnees, lue: Participation, jour: date, _: Dispositif | None) -> forms.Form:
        return formulaires.Dater(
            donnees, jour=jour, des_le=_depuis(lue), libelle=libelle, initial={"version": lue.version}
        )

    return construire


def _dater_depuis_l_accord(libelle: str) -> Callable[..., forms.Form]:
    def construire(donnees: Donnees, lue: Participation, jour: date, _: Dispositif | None) -> forms.Form:
        des_le = lue.suspendue_le or lue.orientation.reponse_le or lue.transmise_le
        return formulaires.Dater(
            donnees, jour=jour, des_le=des_le, libelle=libelle, initial={"version": lue.version}
        )

    return construire


def _conclure(champ: str, question: str, codes: str, libelle: str) -> Callable[..., forms.Form]:
    def construire(donnees: Donnees, lue: Participation, jour: date, scheme: Dispositif | None) -> forms.Form:
        items = list(liste(codes, jour))
        if champ == "resultat" and scheme is not None:
            items = [item for item in items if item.attributs["groupe"] in (*scheme.resultats, "tous")]
        return formulaires.Conclure(
            donnees,
            jour=jour,
            des_le=_depuis(lue),
            libelle=libelle,
            champ=champ,
            question=question,
            codes=options(items),
            initial={"version": lue.version},
        )

    return construire


def _presence(donnees: Donnees, lue: Participation, jour: date, _: Dispositif | None) -> forms.Form:
    return formulaires.NoterPresence(donnees, jour=jour, des_le=_depuis(lue))


def _phase(donnees: Donnees, lue: Participation, jour: date, scheme: Dispositif | None) -> forms.Form:
    prevues = scheme.phases if scheme is not None else ()
    faites = {phase.rang for phase in lue.phases.all()}
    return formulaires.Conclure(
        donnees,
        jour=jour,
        des_le=_depuis(lue),
        libelle="Commence le",
        champ="code",
        question="Phase qui commence",
        codes=[(p.code, p.libelle) for p in prevues if p.rang > max(faites, default=0)],
        initial={"version": lue.version},
    )


def _bilan(donnees: Donnees, lue: Participation, jour: date, _: Dispositif | None) -> forms.Form:
    initial = {
        "version": lue.version,
        "evaluation_le": lue.evaluation_le,
        "reunion_le": lue.reunion_le,
        "apres": lue.apres,
    }
    return formulaires.NoterBilan(donnees, jour=jour, initial=initial)


E = EtatParticipation
PAS_DE_RECIT = "Des dates et des réponses fermées : aucun récit, aucune appréciation."

_ACTES = (
    Acte(
        "accuser",
        "Accuser réception",
        "Accuser réception",
        frozenset({E.TRANSMISE}),
        _dater("Reçue le"),
        lambda cle, lues: services.accuser_reception(participation=cle, **lues),
    ),
    Acte(
        "decliner",
        "Décliner",
        "Décliner",
        frozenset({E.TRANSMISE, E.ACCUSEE}),
        _conclure("cause", "Pourquoi", "causes_refus_accueil", "Décliné le"),
        lambda cle, lues: services.decliner(participation=cle, **lues),
        note=PAS_DE_RECIT,
    ),
    Acte(
        "commencer",
        "Noter le premier jour",
        "Noter le début",
        frozenset({E.ACCUSEE}),
        _dater("Premier jour"),
        lambda cle, lues: services.commencer(participation=cle, **lues),
        suspendue=False,
    ),
    Acte(
        "retrait",
        "Noter que la personne retire son accord",
        "Noter le retrait",
        PAS_COMMENCEES,
        _dater_depuis_l_accord("Retiré le"),
        lambda cle, lues: suspensions.retirer_l_accord(participation=cle, **lues),
        du_groupe=True,
        note="Le lieu d’accueil lira qu’il ne doit pas commencer, sans la raison.",
        suspendue=False,
    ),
    Acte(
        "nouvel-accord",
        "Noter un nouvel accord",
        "Noter le nouvel accord",
        PAS_COMMENCEES,
        _dater_depuis_l_accord("Donné le"),
        lambda cle, lues: suspensions.noter_un_nouvel_accord(participation=cle, **lues),
        du_groupe=True,
        note="Le lieu d’accueil pourra de nouveau commencer.",
        suspendue=True,
    ),
    Acte(
        "phase",
        "Passer à une phase",
        "Commencer cette phase",
        frozenset({E.COMMENCEE}),
        _phase,
        lambda cle, lues: services.passer_phase(participation=cle, **lues),
        du_groupe=True,
    ),
    Acte(
        "presence",
        "Noter une présence",
        "Noter ce jour",
        frozenset({E.COMMENCEE}),
        _presence,
        lambda cle, lues: services.noter_presence(participation=cle, **lues),
        note=PAS_DE_RECIT,
    ),
    Acte(
        "terminer",
        "Terminer",
        "Terminer la participation",
        frozenset({E.COMMENCEE}),
        _conclure("resultat", "Ce qu’elle a permis", "resultats_participation", "Finie le"),
        lambda cle, lues: services.terminer(participation=cle, **lues),
        note=PAS_DE_RECIT,
    ),
    Acte(
        "abandonner",
        "Arrêter avant le terme",
        "Noter l’arrêt",
        frozenset({E.TRANSMISE, E.ACCUSEE, E.COMMENCEE}),
        _conclure("cause", "Pourquoi", "causes_abandon", "Arrêtée le"),
        lambda cle, lues: services.abandonner(participation=cle, **lues),
        note=PAS_DE_RECIT,
    ),
    Acte(
        "bilan",
        "Préparer la fin de mesure",
        "Enregistrer",
        frozenset({E.COMMENCEE, E.TERMINEE}),
        _bilan,
        lambda cle, lues: services.noter_bilan(participation=cle, **lues),
        du_groupe=True,
        note="La réunion réunit la personne, le tuteur et le service judiciaire (fiche 13).",
    ),
)
ACTES: Mapping[str, Acte] = {acte.code: acte for acte in _ACTES}


def actes_ouverts(
    participation: Participation, *, groupe: bool, dispositif: Dispositif | None = None
) -> tuple[Acte, ...]:
    """What may be noted now on that side; the rule judges again when it is sent."""
    ouverts = [acte for acte in _ACTES if acte.ouvert(participation) and (groupe or not acte.du_groupe)]
    sans = set()
    if dispositif is None or not dispositif.phases:
        sans.add("phase")
    if dispositif is None or dispositif.code != "tig":
        sans.add("bilan")
    return tuple(acte for acte in ouverts if acte.code not in sans)
