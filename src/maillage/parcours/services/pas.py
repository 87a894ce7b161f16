"""The next step of an orientation where its rule refuses it, setting that reason aside, and taking that back.

Only two rules may be lifted here: the entry of the scheme, before the transmission, and what bounds a day
(the hours of its phase, the day of its pay). A missing fact, a date or the law is corrected, never lifted.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from maillage.droit.api import Motif, Verdict
from maillage.parcours.models import Levee, Offre, Orientation, Participation, Presence
from maillage.parcours.rules.levee import juger_reprise
from maillage.parcours.rules.orientation import juger_heures_du_jour, juger_paie
from maillage.parcours.selectors.offres import offres_visibles
from maillage.parcours.services.levees import lever
from maillage.parcours.services.orientations import (
    ENTREE_PROPRE,
    REGLE,
    empreinte_de_l_entree,
    juger_l_entree,
)
from maillage.parcours.services.participations import REGLE_PRESENCE, dire_les_levees, empreinte_des_jours
from maillage.parcours.states import EtatOrientation, EtatParticipation, EtatPresence
from maillage.situations.api import Ici, Situation, exiger, situation_a_modifier, une, visibles
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier

HEURES = "heures_du_jour"


@dataclass(frozen=True, slots=True)
class PasRefuse:
    """What the rule of the next step answers now, liftings not counted, and what a lifting is recorded on.

    ``debut`` and ``offre``: the first day and the offer it was judged for, where it is the entry of a scheme.
    """

    objet: UUID
    regle: str
    verdict: Verdict
    empreinte: str
    debut: date | None = None
    offre: UUID | None = None


def pas_refuse(
    lue: Orientation,
    derniere: Participation | None,
    situation: Situation,
    acteur: Ici,
    debut: date | None = None,
    offre: UUID | None = None,
) -> PasRefuse | None:
    """The refusal that stands before the next step; None where nothing of its rule opposes it.

    ``debut`` and ``offre``: the first day planned and where; unknown, those of the last lifting still ahead.
    """
    if derniere is not None and derniere.etat == EtatParticipation.COMMENCEE:
        verdict = Verdict.selon(_d_une_journee(derniere, acteur.jour))
        pas = PasRefuse(derniere.public_id, REGLE_PRESENCE, verdict, empreinte_des_jours(derniere))
    elif _a_transmettre(lue, derniere) and lue.dispositif_code not in ENTREE_PROPRE:
        leve, avec = _dernier_jugement(lue, acteur.jour) if debut is None else (None, None)
        pour, ou = debut or leve or acteur.jour, _offre(lue, offre or avec)
        verdict = juger_l_entree(lue, situation, acteur, pour, ou)
        jugee = empreinte_de_l_entree(lue, situation, acteur, pour, ou)
        pas = PasRefuse(lue.public_id, REGLE, verdict, jugee, pour, ou.public_id if ou else None)
    else:
        return None
    return None if pas.verdict.ok else pas


def _a_transmettre(lue: Orientation, derniere: Participation | None) -> bool:
    if lue.etat == EtatOrientation.TRANSMISE:
        return derniere is not None and derniere.etat == EtatParticipation.DECLINEE
    return lue.etat in {EtatOrientation.PROPOSEE, EtatOrientation.ACCEPTEE}


def _dernier_jugement(lue: Orientation, jour: date) -> tuple[date | None, UUID | None]:
    """The first day and the offer when a reason was last set aside, while that day is not past."""
    lignes = visibles(Levee).filter(objet=lue.public_id, regle=REGLE, reprise_le__isnull=True)
    derniere = lignes.filter(juge_pour__gte=jour).order_by("-pk").first()
    return (derniere.juge_pour, derniere.juge_avec) if derniere is not None else (None, None)


def _offre(lue: Orientation, cle: UUID | None) -> Offre | None:
    """The offer of that scheme, as visible as any; none of another scheme, nor one that is gone."""
    if cle is None:
        return None
    return offres_visibles().filter(public_id=cle, dispositif_code=lue.dispositif_code).first()


def _d_une_journee(lue: Participation, jour: date) -> tuple[Motif, ...]:
    """What bounds a day of this participation: its hours, and a pay that would come late."""
    motifs = juger_heures_du_jour(limite=lue.heures_jour_max).motifs
    impayes = Presence.objects.filter(participation=lue, etat=EtatPresence.PRESENT, paye_le__isnull=True)
    ancien = impayes.filter(le__lt=jour).order_by("le").first() if lue.paie_du_jour else None
    if ancien is None:
        return motifs
    paie = juger_paie(presence=ancien.etat, le=ancien.le, paye_le=jour, deja=False, aujourd_hui=jour)
    return (*motifs, *paie.motifs)


@commande
def ecarter(
    *,
    orientation: UUID,
    code: str,
    raison: str,
    precision: str = "",
    debut: date | None = None,
    offre: UUID | None = None,
) -> Levee:
    """Set aside a reason of the next step. The rule is asked again here: the page only names the reason."""
    situation = une(Orientation, orientation).situation.public_id
    ou = situation_a_modifier(situation)
    lue = une(Orientation, orientation, verrou=True)
    derniere = visibles(Participation).filter(orientation=lue).order_by("-pk").first()
    pas = pas_refuse(lue, derniere, ou.situation, ou.ici, debut, offre)
    if pas is None:
        raise Introuvable(orientation)
    levee = lever(
        situation=situation,
        objet=pas.objet,
        regle=pas.regle,
        verdict=pas.verdict,
        code=code,
        raison=raison,
        precision=precision,
        empreinte=pas.empreinte,
        juge_pour=pas.debut,
        juge_avec=pas.offre,
    )
    if derniere is not None and pas.regle == REGLE_PRESENCE:
        dire_les_levees(derniere.pk)
    return levee


@commande
def reprendre(*, orientation: UUID, levee: UUID) -> None:
    """Take back a reason one set aside: it stays written, and opposes again."""
    lue = une(Orientation, orientation)
    ou = situation_a_modifier(lue.situation.public_id)
    ligne = une(Levee, levee, verrou=True)
    participations = visibles(Participation).filter(orientation=lue)
    objets = {lue.public_id, *participations.values_list("public_id", flat=True)}
    if ligne.objet not in objets or ligne.situation_id != ou.situation.pk:
        raise Introuvable(levee)
    verdict = juger_reprise(
        auteur=ligne.par_id == ou.ici.compte, deja=ligne.reprise_le is not None, repose=_repose(ligne, lue)
    )
    exiger(verdict, levee)
    modifier(Levee.objects.filter(pk=ligne.pk), version=ligne.version, reprise_le=ou.ici.jour)
    if ligne.regle == REGLE_PRESENCE:
        for cle in participations.filter(public_id=ligne.objet).values_list("pk", flat=True):
            dire_les_levees(cle)
    journaliser(
        "levee_reprise",
        objet=ou.situation.public_id,
        cercle=ligne.cercle_id,
        details={"sur": str(ligne.objet), "regle": ligne.regle, "code": ligne.code},
    )


def _repose(ligne: Levee, lue: Orientation) -> bool:
    """Whether a transmission, a long day or a late pay was allowed by this lifting."""
    if ligne.regle == REGLE:
        return visibles(Participation).filter(orientation=lue, transmise_le__gte=ligne.le).exists()
    jours = Presence.objects.filter(
        participation__public_id=ligne.objet, participation__cercle=ligne.cercle_id
    )
    if ligne.code == HEURES:
        return jours.filter(heures__gt=F("participation__heures_jour_max")).exists()
    return jours.filter(paye_le__gt=F("le")).exists()
