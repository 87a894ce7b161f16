"""Reads of the room: requests of the registers, questions to the cercles one holds, who may be meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from maillage.acteurs.api import comptes_exercant
from maillage.droits.lieux import Lieu, registres, tenu, tenus
from maillage.droits.models import (
    DemandeDeDroit,
    Envoi,
    FichierDeReponse,
    Limitation,
    Question,
    Reponse,
)
from maillage.droits.rules.demandes import PRESTATAIRE, TENANTS
from maillage.droits.scellement import Recherche, ouvrir, recherche_de
from maillage.droits.states import FINIES, LIBELLES
from maillage.instances.api import Conseil, Formation, acteur, conseils_tenus_par, tient
from maillage.instances.perms import PRESIDENTS
from maillage.parcours.api import AccueilVu, mes_accueils
from maillage.situations.api import (
    DonneesIdentite,
    IdentiteVue,
    PersonneComparee,
    a_rapprocher,
    identites_proches,
    lire_identite,
    lire_identites,
)
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste

#: A list longer than that is read by its oldest deadlines first.
LISTE_MAX = 200
#: The controller, and its DPO.
QUI_TIENT_LE_REGISTRE = PRESIDENTS | {"dpo"}


def une_demande(cle: UUID, *, verrou: bool = False) -> tuple[DemandeDeDroit, Lieu]:
    """The request and its register. Raises ``Introuvable``, hidden and absent alike."""
    lieux = {ou.cercle: ou for ou in registres()}
    lignes = DemandeDeDroit.objects.filter(public_id=cle, cercle__in=list(lieux))
    lue = (lignes.select_for_update(no_key=True) if verrou else lignes).first()
    if lue is None:
        raise Introuvable(cle)
    return lue, lieux[lue.cercle_id]


def envois_de(lue: DemandeDeDroit) -> list[Envoi]:
    """Whom it was put to, in order."""
    return list(Envoi.objects.filter(cercle=lue.cercle_id, demande=lue).order_by("pk"))


def reponses_de(lue: DemandeDeDroit) -> list[Reponse]:
    """What came back."""
    pistes = [envoi.piste for envoi in envois_de(lue)]
    return list(Reponse.objects.filter(cercle=lue.cercle_id, piste__in=pistes).order_by("pk"))


def fichier_de(lue: DemandeDeDroit) -> FichierDeReponse | None:
    """The file composed for an access, while it lives; its content is left unread."""
    return FichierDeReponse.objects.filter(cercle=lue.cercle_id, demande=lue).defer("contenu").first()


@dataclass(frozen=True, slots=True)
class EnvoiVu:
    """A groupe that was asked, and its answer if it came."""

    envoi: Envoi
    formation: str
    reponse: Reponse | None
    retard: bool

    @property
    def constat(self) -> str:
        return liste("constats_droits").item(self.reponse.constat).libelle if self.reponse else ""

    @property
    def motif(self) -> str:
        if self.reponse is None or not self.reponse.motif:
            return ""
        return liste("refus_droits").item(self.reponse.motif).libelle


@dataclass(frozen=True, slots=True)
class DemandeVue:
    """A request as its page shows it."""

    demande: DemandeDeDroit
    ou: Lieu
    identite: IdentiteVue
    envois: tuple[EnvoiVu, ...] = ()
    fichier: FichierDeReponse | None = None
    valeur: str = ""

    @property
    def droit(self) -> str:
        return liste("droits_personnes").item(self.demande.droit).libelle

    @property
    def article(self) -> str:
        return str(liste("droits_personnes").item(self.demande.droit).attributs["article"])

    @property
    def etat(self) -> str:
        return LIBELLES[self.demande.etat]

    @property
    def finie(self) -> bool:
        return self.demande.etat in FINIES

    @property
    def reste(self) -> int:
        """Days left to answer; negative once late."""
        return (self.demande.echeance - self.ou.jour).days

    @property
    def retard(self) -> bool:
        return not self.finie and self.reste < 0

    @property
    def forme(self) -> str:
        """How its state is drawn."""
        if self.finie:
            return "fait" if self.demande.etat == "repondue" else "vide"
        return "retard" if self.retard else "encours"

    @property
    def attendues(self) -> int:
        return sum(envoi.reponse is None for envoi in self.envois)

    def mot(self, code: str, champ: str) -> str:
        """The words of one of its codes, in that closed list; empty where it has none."""
        valeur = getattr(self.demande, champ)
        return liste(code).item(valeur).libelle if valeur else ""


def demandes_vues() -> list[DemandeVue]:
    """The requests of the registers read, open ones first, the nearest deadline first."""
    lieux = {ou.cercle: ou for ou in registres()}
    lignes = DemandeDeDroit.objects.filter(cercle__in=list(lieux))
    ouvertes = list(lignes.exclude(etat__in=FINIES).order_by("echeance", "pk")[:LISTE_MAX])
    finies = list(lignes.filter(etat__in=FINIES).order_by("-recue_le", "-pk")[:LISTE_MAX])
    lues = [*ouvertes, *finies]
    noms = lire_identites(lue.identite_id for lue in lues)
    return [DemandeVue(lue, lieux[lue.cercle_id], noms[lue.identite_id]) for lue in lues]


def demande_vue(cle: UUID) -> DemandeVue:
    lue, ou = une_demande(cle)
    identite = lire_identite(lue.identite_id)
    return DemandeVue(
        lue,
        ou,
        identite,
        envois=_envois_vus(lue, ou),
        fichier=fichier_de(lue),
        valeur=valeur_demandee(lue, identite),
    )


def valeur_demandee(lue: DemandeDeDroit, identite: IdentiteVue) -> str:
    """What a rectification would set; empty for another right."""
    if lue.valeur_scellee is None:
        return ""
    return ouvrir(DemandeDeDroit, lue.valeur_scellee, ligne=lue.public_id, objet=identite.public_id).decode()


def _envois_vus(lue: DemandeDeDroit, ou: Lieu) -> tuple[EnvoiVu, ...]:
    envois = envois_de(lue)
    reponses = {reponse.piste: reponse for reponse in reponses_de(lue)}
    noms = dict(
        Formation.objects.filter(public_id__in=[envoi.destinataire for envoi in envois]).values_list(
            "public_id", "nom"
        )
    )
    return tuple(
        EnvoiVu(
            envoi,
            noms.get(envoi.destinataire, ""),
            reponses.get(envoi.piste),
            envoi.piste not in reponses and envoi.avant_le < ou.jour,
        )
        for envoi in envois
    )


# --- The side of those who hold the files ----------------------------------------------------------


def questions(lieux: Sequence[Lieu] | None = None) -> QuerySet[Question]:
    """The questions put to the cercles the actor reads: those without an answer, then the last answered."""
    lus = tenus() if lieux is None else lieux
    lignes = Question.objects.filter(cercle__in=[ou.cercle for ou in lus])
    return lignes.order_by(F("repondue_le").desc(nulls_first=True), "avant_le", "pk")


def une_question(cle: UUID, *, verrou: bool = False) -> tuple[Question, Lieu]:
    """The question and the cercle it was put to. Raises ``Introuvable``, hidden and absent alike."""
    lignes = Question.objects.filter(public_id=cle, cercle__in=[ou.cercle for ou in tenus()])
    lue = (lignes.select_for_update(no_key=True) if verrou else lignes).first()
    if lue is None:
        raise Introuvable(cle)
    return lue, tenu(lue.cercle_id)


@dataclass(frozen=True, slots=True)
class QuestionVue:
    """A question as its page shows it; ``recherche`` is opened for the page of that question alone."""

    question: Question
    ou: Lieu
    recherche: Recherche | None = None

    @property
    def droit(self) -> str:
        return liste("droits_personnes").item(self.question.droit).libelle

    @property
    def retard(self) -> bool:
        return not self.question.constat and self.question.avant_le < self.ou.jour

    @property
    def forme(self) -> str:
        return "fait" if self.question.constat else "retard" if self.retard else "encours"

    @property
    def etat(self) -> str:
        if self.question.constat:
            return liste("constats_droits").item(self.question.constat).libelle
        return "En retard" if self.retard else "À répondre"


def questions_vues() -> list[QuestionVue]:
    lieux = tenus()
    par_cercle = {ou.cercle: ou for ou in lieux}
    return [QuestionVue(lue, par_cercle[lue.cercle_id]) for lue in questions(lieux)[:LISTE_MAX]]


def question_vue(cle: UUID) -> QuestionVue:
    lue, ou = une_question(cle)
    return QuestionVue(lue, ou, recherche_de(lue))


@dataclass(frozen=True, slots=True)
class Candidat:
    """An identity of the cercle that may be the person, with the reasons in words; never a score.

    ``accueil``: whom a body receives, where the cercle is that of a body.
    """

    identite: IdentiteVue
    raisons: tuple[str, ...]
    accueil: AccueilVu | None = None

    @property
    def libelle(self) -> str:
        return self.identite.nom_complet


def candidats(lue: Question, ou: Lieu) -> list[Candidat]:
    """Who, in this cercle alone, may be the person named by the question."""
    qui = recherche_de(lue)
    if ou.vu.genre == PRESTATAIRE:
        return _accueillis(qui, ou)
    proches = identites_proches(cercle=ou.cercle, nom=qui.nom, prenom=qui.prenom, naissance=qui.naissance)
    noms = lire_identites(cle for cle, _ in proches)
    return [Candidat(noms[cle], raisons) for cle, raisons in proches if cle in noms]


def _accueillis(qui: Recherche, ou: Lieu) -> list[Candidat]:
    """Among the people a body receives, as the gate handed them over."""
    recus = {vu.participation.pk: vu for vu in mes_accueils() if vu.lieu.id == ou.cercle}
    connues = (
        (cle, PersonneComparee(vu.accueil.nom, vu.accueil.prenom, vu.accueil.naissance))
        for cle, vu in recus.items()
    )
    cherchee = PersonneComparee(qui.nom, qui.prenom, qui.naissance)
    trouves = []
    for cle, raisons in a_rapprocher(cherchee, connues):
        accueil = recus[cle].accueil
        donnees = DonneesIdentite(accueil.nom, accueil.prenom, naissance=accueil.naissance)
        trouves.append(
            Candidat(IdentiteVue(0, recus[cle].participation.public_id, 1, donnees), raisons, recus[cle])
        )
    return trouves


# --- Files restricted or held back -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LimitationVue:
    """A file restricted or held back in a cercle the actor holds."""

    limitation: Limitation
    ou: Lieu

    @property
    def motif(self) -> str:
        return liste("motifs_limitation").item(self.limitation.motif).libelle

    @property
    def effet(self) -> str:
        if not self.limitation.gele:
            return "Retenu : ne s’efface pas"
        return "Limité, et ne s’efface pas" if self.limitation.retient else "Limité"

    @property
    def leve(self) -> bool:
        """Whether the actor may lift it."""
        return self.ou.vu.role in TENANTS.get(self.ou.vu.genre, ())


def limitations_vues(lieux: Sequence[Lieu]) -> list[LimitationVue]:
    """What is restricted or held back in these cercles, the oldest first. No name."""
    par_cercle = {ou.cercle: ou for ou in lieux}
    lignes = Limitation.objects.filter(cercle__in=list(par_cercle), levee_le__isnull=True)
    return [LimitationVue(lue, par_cercle[lue.cercle_id]) for lue in lignes.order_by("le", "pk")[:LISTE_MAX]]


def une_limitation(cle: UUID, *, verrou: bool = False) -> tuple[Limitation, Lieu]:
    """One of them, lifted or not. Raises ``Introuvable``, hidden and absent alike."""
    lignes = Limitation.objects.filter(public_id=cle, cercle__in=[ou.cercle for ou in tenus()])
    lue = (lignes.select_for_update(no_key=True) if verrou else lignes).first()
    if lue is None:
        raise Introuvable(cle)
    return lue, tenu(lue.cercle_id)


# --- What is due -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DroitDu:
    """One thing to do, verb first. No name: the day page is read in shared offices."""

    le: date
    titre: str
    pourquoi: str
    objet: UUID
    genre: str


def demandes_dues(lieux: Iterable[Lieu], horizon: date) -> list[DemandeDeDroit]:
    """Requests to answer up to that day, late ones included."""
    lignes = DemandeDeDroit.objects.filter(cercle__in=[ou.cercle for ou in lieux], echeance__lte=horizon)
    return list(lignes.exclude(etat__in=FINIES).order_by("echeance", "pk")[:LISTE_MAX])


def questions_dues(lieux: Iterable[Lieu], horizon: date) -> list[Question]:
    """Questions to answer up to that day, late ones included."""
    lignes = Question.objects.filter(cercle__in=[ou.cercle for ou in lieux], avant_le__lte=horizon)
    return list(lignes.filter(constat="").order_by("avant_le", "pk")[:LISTE_MAX])


# --- The DPO's registers ---------------------------------------------------------------------------


def conseils_du_registre() -> list[Conseil]:
    """The councils whose controller the actor is, or whose DPO."""
    return list(conseils_tenus_par(acteur(), QUI_TIENT_LE_REGISTRE).order_by("nom", "pk"))


def un_conseil(cle: UUID) -> Conseil:
    """One of them. Raises ``Introuvable``, hidden and absent alike."""
    lu = conseils_tenus_par(acteur(), QUI_TIENT_LE_REGISTRE).filter(public_id=cle).first()
    if lu is None:
        raise Introuvable(cle)
    return lu


def registre_ouvert(conseil: Conseil) -> bool:
    """Whether the actor reads this council's register of requests: the journal's counts open with it."""
    return any(ou.vu.conseil_pk == conseil.pk for ou in registres())


def delegues_de(conseil: Conseil) -> tuple[str, ...]:
    """Who exercises the function of DPO on this very council."""
    exercants = comptes_exercant("dpo")
    return tuple(
        f"{compte.nom_complet}, {compte.titre}"
        for compte in exercants
        if tient(compte, conseil, frozenset({"dpo"}))
    )
