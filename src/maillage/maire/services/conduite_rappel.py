"""Consult the parquet, convene, hear, do the act, write its record: one command a step (fiche 37)."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import fuseau_du_cercle
from maillage.maire.etats_rappel import EtatRappel
from maillage.maire.lieux import autorite
from maillage.maire.models import (
    ActeDeRappel,
    Audition,
    CompteRendu,
    ConsultationDuParquet,
    Convocation,
    Delegation,
    Pouvoir,
)
from maillage.maire.rules import conduite_rappel as regles
from maillage.maire.rules.levee import restant
from maillage.maire.rules.rappel import Presence, rappel_a_l_ordre
from maillage.maire.selectors.levees import codes_leves
from maillage.maire.selectors.rappel import (
    audition_tenue_de,
    consultation_de,
    convocation_de,
    enonces_de,
    faits_de,
    parquet_de,
    plainte_de,
    porte_de,
    protocole_de,
)
from maillage.maire.services.commun_rappel import (
    Ouvert,
    exiger_le_passage,
    exiger_motifs,
    ouvrir,
    passer,
)
from maillage.situations.api import est_mineur, exiger
from maillage.socle.faits import noter
from maillage.socle.services import commande, modifier
from maillage.socle.temps import maintenant
from maillage.strategie.api import liste

#: What came of a convocation.
TENUE, REPORTEE, CARENCE = "tenue", "reportee", "carence"
ISSUES = {TENUE: EtatRappel.ENTENDU, REPORTEE: EtatRappel.REPORTE, CARENCE: EtatRappel.CARENCE}


def _exiger_la_porte(ici: Ouvert) -> None:
    """What the law says of the facts, asked again at every step."""
    exiger(porte_de(ici.rappel, ici.ou), ici.rappel)


def _mineur(ici: Ouvert, le: date) -> bool:
    return est_mineur(ici.identite.donnees.naissance, ici.rappel.tranche_age, le)


@commande
def consulter_le_parquet(*, rappel: UUID, version: int) -> ConsultationDuParquet:
    """Record that the parquet is asked today, under the protocol in force where there is one."""
    ici = ouvrir(rappel)
    exiger_le_passage(ici, EtatRappel.CONSULTE)
    _exiger_la_porte(ici)
    protocole = protocole_de(ici.ou)
    echeance = None
    if protocole is not None:
        echeance = regles.echeance_du_parquet(ici.ou.jour, protocole.delai_jours)
    faite = ConsultationDuParquet.objects.create(
        protocole=protocole.reference if protocole is not None else None,
        echeance=echeance,
        silence=protocole.silence if protocole is not None else "",
        **ici.piece,
    )
    passer(ici, EtatRappel.CONSULTE, version=version, evenement="parquet_consulte")
    return faite


@commande
def noter_la_reponse(*, rappel: UUID, version: int, reponse: str, reponse_le: date) -> None:
    """What the parquet answered, once."""
    ici = ouvrir(rappel)
    derniere = consultation_de(ici.rappel)
    motifs = []
    if derniere is None or derniere.reponse:
        texte = "Aucune consultation n’attend de réponse."
        motifs.append(Motif("sans_consultation", texte, regles.USAGE, Force.USAGE))
    elif reponse not in liste("reponses_parquet", ici.ou.jour):
        motifs.append(regles.VALEUR_INCONNUE)
    elif not derniere.le <= reponse_le <= ici.ou.jour:
        texte = "La réponse est datée entre l’envoi et aujourd’hui."
        motifs.append(Motif("reponse_mal_datee", texte, regles.USAGE, Force.USAGE))
    exiger_motifs(ici, motifs)
    assert derniere is not None
    modifier(
        ConsultationDuParquet.objects.filter(pk=derniere.pk, cercle=ici.ou.cercle),
        version=derniere.version,
        reponse=reponse,
        reponse_le=reponse_le,
        reponse_par_id=ici.ou.compte.pk,
    )
    passer(
        ici,
        EtatRappel(ici.rappel.etat),
        version=version,
        evenement="parquet_repondu",
        reponse=reponse,
    )


@commande
def convoquer(
    *, rappel: UUID, version: int, le: date, heure: time, lieu: str, impossibilite: str = ""
) -> Convocation:
    """Set the day, the hour and the place. ``impossibilite``: why no parent of a minor can be told."""
    ici = ouvrir(rappel)
    exiger_le_passage(ici, EtatRappel.CONVOQUE)
    pour = datetime.combine(le, heure, tzinfo=fuseau_du_cercle(ici.ou.cercle))
    jour = ici.ou.jour
    impossible = impossibilite in liste("impossibilites_representants", jour)
    motifs = [
        *porte_de(ici.rappel, ici.ou).motifs,
        *parquet_de(ici.rappel, ici.ou).motifs,
        *regles.motifs_de_convocation(
            dans_le_futur=pour > maintenant(),
            lieu_connu=lieu in liste("lieux_audition", jour) and (impossible or not impossibilite),
            enonce=bool(enonces_de(ici.rappel)),
            mineur=_mineur(ici, le),
            prevenus=bool(ici.identite.representants) or impossible,
        ),
    ]
    exiger_motifs(ici, motifs)
    faite = Convocation.objects.create(pour=pour, lieu=lieu, impossibilite=impossibilite, **ici.piece)
    passer(ici, EtatRappel.CONVOQUE, version=version, evenement="rappel_convoque")
    return faite


@commande
def noter_l_audition(
    *,
    rappel: UUID,
    version: int,
    issue: str,
    tenue_le: date,
    representants: bool = False,
    responsable_educatif: bool = False,
    impossibilite: str = "",
    raison: str = "",
) -> Audition:
    """What came of the convocation: held, postponed, or nobody came. A minor is not heard alone."""
    ici = ouvrir(rappel)
    exiger_le_passage(ici, ISSUES.get(issue, EtatRappel.ENTENDU))
    convocation = convocation_de(ici.rappel)
    assert convocation is not None  # no other way leads here
    jour = ici.ou.jour
    connus = (
        issue in ISSUES
        and (impossibilite in liste("impossibilites_representants", jour) or not impossibilite)
        and (raison in liste("raisons_report", jour)) == (issue == REPORTEE)
    )
    motifs = regles.motifs_d_audition(
        tenue_le=tenue_le, convoque_le=convocation.le, le=jour, codes_connus=connus
    )
    if issue == TENUE:
        presence = Presence(representants, bool(impossibilite), responsable_educatif)
        motifs += _porte_du_jour(ici, tenue_le, presence).motifs
    exiger_motifs(ici, motifs)
    tenue = issue == TENUE
    faite = Audition.objects.create(
        tenue_le=tenue_le,
        issue=issue,
        representants=tenue and representants,
        responsable_educatif=tenue and responsable_educatif,
        impossibilite=impossibilite if tenue else "",
        raison=raison if issue == REPORTEE else "",
        **ici.piece,
    )
    passer(ici, ISSUES[issue], version=version, evenement="rappel_audition", issue=issue)
    return faite


def _porte_du_jour(ici: Ouvert, le: date, presence: Presence) -> Verdict:
    verdict = regles.porte(
        faits_de(ici.rappel),
        naissance=ici.identite.donnees.naissance or ici.rappel.faits_le,
        commune=ici.ou.commune,
        plainte=plainte_de(ici.rappel),
        le=le,
        presence=presence,
    )
    return restant(verdict, codes_leves(ici.rappel.public_id, regles.REGLE))


def verdict_de_l_acte(ici: Ouvert, audition: Audition) -> Verdict:
    """The law, asked about this person, these facts, this elected member, who was there: today's answer."""
    qui = autorite(ici.ou, Pouvoir.RAPPEL)
    verdict = rappel_a_l_ordre(
        le=audition.tenue_le,
        naissance=ici.identite.donnees.naissance or ici.rappel.faits_le,
        qualification=faits_de(ici.rappel).qualification,
        lieu_commune=ici.rappel.lieu_commune,
        qualite=qui.qualite,
        commune=qui.commune,
        plainte_ou_procedure=plainte_de(ici.rappel),
        presence=Presence(
            audition.representants, bool(audition.impossibilite), audition.responsable_educatif
        ),
    )
    return restant(verdict, codes_leves(ici.rappel.public_id, regles.REGLE))


@commande
def prononcer(*, rappel: UUID, version: int) -> ActeDeRappel:
    """Record the verbal act: by the elected member who did it, in their own account, nobody else."""
    ici = ouvrir(rappel)
    exiger_le_passage(ici, EtatRappel.PRONONCE)
    audition = audition_tenue_de(ici.rappel)
    assert audition is not None  # no other way leads here
    exiger(verdict_de_l_acte(ici, audition), ici.rappel)
    qui = autorite(ici.ou, Pouvoir.RAPPEL)
    delegation = Delegation.objects.get(public_id=qui.delegation) if qui.delegation else None
    acte = ActeDeRappel.objects.create(
        audition=audition,
        prononce_le=audition.tenue_le,
        qualite=qui.qualite.value,
        arrete=qui.arrete,
        delegation=delegation,
        **ici.piece,
    )
    compter(
        "rappel",
        ici,
        le=acte.prononce_le,
        genre=acte.qualite,
        delai=(acte.prononce_le - ici.rappel.faits_le).days,
    )
    passer(ici, EtatRappel.PRONONCE, version=version, evenement="rappel_prononce", qualite=acte.qualite)
    return acte


def compter(evenement: str, ici: Ouvert, *, le: date, genre: str, delai: int = 0) -> None:
    noter(
        evenement,
        le=le,
        instance=ici.ou.vu.conseil_pk,
        departement=ici.ou.vu.departement_code,
        volet=ici.ou.vu.volet,
        fil=ici.rappel.fil,
        genre=genre,
        motif=ici.rappel.faits,
        tranche_age=ici.rappel.tranche_age,
        origine=ici.rappel.origine,
        delai_jours=delai,
    )


@commande
def consigner(
    *,
    rappel: UUID,
    version: int,
    regles_rappelees: Sequence[str],
    position: str,
    engagements: Sequence[str] = (),
    motif: str = "",
) -> CompteRendu:
    """Write the record of the act. A second one corrects the first, with its ``motif``; both are kept."""
    ici = ouvrir(rappel)
    deja = CompteRendu.objects.filter(dossier=ici.rappel).exists()
    corrige = deja and ici.rappel.etat in (EtatRappel.CONSIGNE, EtatRappel.CLOS)
    if not corrige:
        exiger_le_passage(ici, EtatRappel.CONSIGNE)
    jour = ici.ou.jour
    connus = (
        bool(regles_rappelees)
        and all(code in liste("regles_rappelees", jour) for code in regles_rappelees)
        and all(code in liste("engagements_rappel", jour) for code in engagements)
        and position in liste("positions_rappel", jour)
        and (motif in liste("motifs_rectification", jour)) == corrige
    )
    if not connus:
        exiger_motifs(ici, [regles.VALEUR_INCONNUE])
    ecrit = CompteRendu.objects.create(
        regles=list(regles_rappelees),
        position=position,
        engagements=list(engagements),
        motif=motif if corrige else "",
        **ici.piece,
    )
    if not corrige:
        acte = ActeDeRappel.objects.get(dossier=ici.rappel)
        compter("rappel_position", ici, le=acte.prononce_le, genre=position)
    vers = EtatRappel(ici.rappel.etat) if corrige else EtatRappel.CONSIGNE
    passer(ici, vers, version=version, evenement="rappel_consigne")
    return ecrit
