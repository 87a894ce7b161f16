"""Give, end and renew mandates: a named agent, a seat, a role, two instants."""

from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from maillage.acteurs.api import Compte
from maillage.instances.models import Formation, GenreFormation, Habilitation, Role, Siege
from maillage.instances.perms import COORDINATION, PRESIDENTS
from maillage.instances.regles_conseil import FINS, ProjetDeMandat, juger_habilitation
from maillage.instances.selectors.conseils import formation_visible
from maillage.instances.selectors.propres import elu_de
from maillage.instances.services.gestion import exiger, exiger_charge
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande
from maillage.socle.temps import maintenant


@commande
def habiliter(
    *,
    siege: UUID,
    compte: UUID,
    role: str = Role.MEMBRE.value,
    debut: datetime | None = None,
    fin: datetime | None = None,
) -> Habilitation:
    """Give a mandate ``[debut, fin)``, to the minute. It opens the cercle once the charter is signed."""
    lu, instant = _siege(siege), maintenant()
    par = exiger_charge(lu.formation.conseil, _qui_habilite(lu.formation))
    agent = _agent(compte)
    if agent is None or lu.formation.cercle_id is None:
        raise Introuvable(compte)
    debut = debut or instant
    _exiger_possible(lu, agent, role=Role(role).value, debut=debut, fin=fin, par=par, instant=instant)
    mandat = Habilitation.objects.create(
        compte=agent,
        cercle_id=lu.formation.cercle_id,
        siege=lu,
        role=role,
        periode=DateTimeTZRange(debut, fin),
        accordee_par=par,
        accordee_le=instant,
    )
    journaliser(
        "habilitation_accordee",
        objet=mandat.public_id,
        cercle=mandat.cercle_id,
        details={"compte": str(agent.public_id), "role": mandat.role},
    )
    return mandat


@commande
def mettre_fin(*, habilitation: UUID, motif: str) -> None:
    """End a mandate now. One that had not begun is cancelled."""
    mandat = _mandat(habilitation)
    exiger_charge(mandat.siege.formation.conseil, PRESIDENTS | COORDINATION)
    if motif not in FINS:
        raise Introuvable(habilitation)
    clore(mandat, instant=maintenant(), motif=motif)


@commande
def renouveler(*, habilitation: UUID, fin: datetime | None) -> Habilitation:
    """Follow a mandate by another, from its end or from now, with the same seat and role."""
    ancien, instant = _mandat(habilitation, passe=True), maintenant()
    par = exiger_charge(ancien.siege.formation.conseil, _qui_habilite(ancien.siege.formation))
    agent = _agent(ancien.compte.public_id) or ancien.compte
    debut = max(ancien.fin or instant, instant)
    if ancien.fin is None:
        clore(ancien, instant=instant, motif="renouvele")
    _exiger_possible(ancien.siege, agent, role=ancien.role, debut=debut, fin=fin, par=par, instant=instant)
    mandat = Habilitation.objects.create(
        compte=ancien.compte,
        cercle_id=ancien.cercle_id,
        siege=ancien.siege,
        role=ancien.role,
        periode=DateTimeTZRange(debut, fin),
        accordee_par=par,
        accordee_le=instant,
    )
    journaliser(
        "habilitation_renouvelee",
        objet=mandat.public_id,
        cercle=mandat.cercle_id,
        details={"compte": str(ancien.compte.public_id), "role": mandat.role},
    )
    return mandat


def clore(mandat: Habilitation, *, instant: datetime, motif: str) -> None:
    """Shorten the mandate to ``instant``; before its beginning, empty it."""
    debut = mandat.debut
    periode = (
        DateTimeTZRange(debut, instant) if debut is None or debut < instant else DateTimeTZRange(empty=True)
    )
    Habilitation.objects.filter(pk=mandat.pk).update(periode=periode, fin_motif=motif)
    journaliser(
        "habilitation_finie", objet=mandat.public_id, cercle=mandat.cercle_id, details={"motif": motif}
    )


def _qui_habilite(formation: Formation) -> frozenset[str]:
    """The controller alone designates who answers to persons (RGPD, art. 24, 38); else coordination too."""
    return PRESIDENTS if formation.genre == GenreFormation.DROITS else PRESIDENTS | COORDINATION


def _agent(public_id: UUID) -> Compte | None:
    """The account, locked: it does not pass to another body while a mandate is written in this one's name."""
    return Compte.objects.select_for_update(no_key=True).filter(public_id=public_id).first()


def _siege(public_id: UUID) -> Siege:
    siege = Siege.objects.select_related("organisme", "formation").filter(public_id=public_id).first()
    if siege is None:
        raise Introuvable(public_id)
    siege.formation = formation_visible(siege.formation.public_id, verrou=True)
    return siege


def _mandat(public_id: UUID, *, passe: bool = False) -> Habilitation:
    """A mandate not over yet (or any), of a formation the actor sees."""
    lignes = Habilitation.objects.all() if passe else Habilitation.objects.en_cours(maintenant())
    mandat = lignes.select_related("compte", "siege__organisme").filter(public_id=public_id).first()
    if mandat is None:
        raise Introuvable(public_id)
    mandat.siege = _siege(mandat.siege.public_id)
    return mandat


def _exiger_possible(
    siege: Siege,
    agent: Compte,
    *,
    role: str,
    debut: datetime,
    fin: datetime | None,
    par: Compte,
    instant: datetime,
) -> None:
    projet = ProjetDeMandat(
        role=role,
        debut=debut,
        fin=fin,
        compte_actif=agent.actif,
        pour_soi=agent.pk == par.pk,
        fonctions=agent.fonctions,
        meme_organisme=agent.organisme_id == siege.organisme_id,
        siege_en_vigueur=siege.en_vigueur(instant) and siege.formation.active(instant),
        genre_organisme=siege.organisme.genre,
        deja_habilite=Habilitation.objects.filter(
            compte=agent, cercle=siege.formation.cercle_id, periode__overlap=DateTimeTZRange(debut, fin)
        ).exists()
        if fin is None or debut < fin
        else False,
        elu_de_la_commune=elu_de(agent, siege.formation.commune_code)
        if siege.formation.genre == GenreFormation.ACTES_MAIRE
        else None,
        registre_des_droits=siege.formation.genre == GenreFormation.DROITS,
    )
    exiger(juger_habilitation(projet, instant=instant), siege.public_id)
