"""Refer facts to the mayor, say what is known of a procedure, correct a file by another (fiche 37)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from maillage.droit.api import Verdict
from maillage.maire.etats_rappel import AVANT_L_ACTE, EtatRappel
from maillage.maire.lieux import Lieu, lieu
from maillage.maire.models import (
    ActeDeRappel,
    CompteRendu,
    EnonceDeProcedure,
    LigneDeRegistre,
    Pouvoir,
    Rappel,
    Registre,
)
from maillage.maire.rules import conduite_rappel as regles
from maillage.maire.rules.conservation import expire_le
from maillage.maire.rules.levee import restant
from maillage.maire.rules.rappel import Qualification
from maillage.maire.selectors.personnes import deja_connue
from maillage.maire.selectors.rappel import meme_fait, plainte_de, porte_de
from maillage.maire.services.commun_rappel import (
    Ouvert,
    conclure_la_ligne,
    exiger_d_ecrire,
    exiger_le_passage,
    exiger_motifs,
    ouvrir,
    passer,
)
from maillage.maire.services.levees import lever
from maillage.maire.services.registres import inscrire, rectifier
from maillage.situations.api import (
    DonneesIdentite,
    DonneesRepresentant,
    IdentiteVue,
    creer_identite,
    enregistrer_representant,
    exiger,
    lire_identite,
    tranche_d_age,
)
from maillage.socle.faits import compenser
from maillage.socle.journal import journaliser
from maillage.socle.services import commande
from maillage.strategie.api import liste


@dataclass(frozen=True, slots=True)
class Saisine:
    """What the mayor is told: codes of closed lists, a day, a commune."""

    origine: str
    faits: str
    qualification: str
    faits_le: date
    lieu: str
    lieu_commune: str


@dataclass(frozen=True, slots=True)
class Connu:
    """What somebody stated of a complaint or a procedure."""

    enonce: str
    source: str
    enonce_le: date


@dataclass(frozen=True, slots=True)
class Ecart:
    """Why the mayor sets aside a doctrine that opposes the referral itself."""

    raison: str
    precision: str = ""


@commande
def saisir(
    *,
    registre: UUID,
    personne: DonneesIdentite,
    saisine: Saisine,
    representants: Sequence[DonneesRepresentant] = (),
    connu: Connu | None = None,
    ecart: Ecart | None = None,
    rapprocher_de: UUID | None = None,
) -> Rappel:
    """Record a referral at the next number. ``ecart``: the mayor's, where a doctrine opposes it.

    ``rapprocher_de``: the identity of this very register that the agent recognised as the same person. It
    is not recorded twice, and what the register already says of it is what the law is asked about.
    """
    ou = lieu(registre)
    exiger_d_ecrire(ou, registre)
    connue = deja_connue(ou, personne, rapprocher_de) if rapprocher_de is not None else None
    return _enregistrer(ou, personne, saisine, representants, connu, ecart, connue)


def _enregistrer(
    ou: Lieu,
    personne: DonneesIdentite,
    saisine: Saisine,
    representants: Sequence[DonneesRepresentant],
    connu: Connu | None,
    ecart: Ecart | None,
    connue: IdentiteVue | None = None,
) -> Rappel:
    if connue is not None and connue.donnees.naissance is not None:
        personne = connue.donnees
    naissance = personne.naissance
    exiger(_juger(ou, personne, saisine), ou.vu.public_id)
    assert naissance is not None  # the rule has just asked for it
    verdict = regles.porte(
        regles.Faits(Qualification(saisine.qualification), saisine.faits_le, saisine.lieu_commune),
        naissance=naissance,
        commune=ou.commune,
        plainte=False,
        le=ou.jour,
    )
    ecartes = frozenset(m.code for m in verdict.motifs if m.levee_possible) if ecart else frozenset()
    exiger(restant(verdict, ecartes), ou.vu.public_id)
    cle = uuid4()
    ligne = inscrire(ou, Registre.RAPPELS, objet=cle, nature=saisine.faits, le=ou.jour)
    rappel = Rappel.objects.create(
        public_id=cle,
        cercle_id=ou.cercle,
        identite_id=_identite(ou, personne, representants, connue),
        annee=ligne.annee,
        numero=ligne.numero,
        tranche_age=tranche_d_age(naissance, ou.jour),
        origine=saisine.origine,
        recu_le=ou.jour,
        recu_par_id=ou.compte.pk,
        expire_le=expire_le(dernier_acte=ou.jour, clos=False),
        faits=saisine.faits,
        qualification=saisine.qualification,
        faits_le=saisine.faits_le,
        lieu=saisine.lieu,
        lieu_commune=saisine.lieu_commune,
    )
    if ecart is not None:
        for code in sorted(ecartes):
            lever(
                ou,
                objet=cle,
                identite=rappel.identite_id,
                regle=regles.REGLE,
                verdict=verdict,
                code=code,
                pouvoir=Pouvoir.RAPPEL,
                raison=ecart.raison,
                precision=ecart.precision,
            )
    journaliser("rappel_recu", objet=cle, cercle=ou.cercle, details={"faits": saisine.faits})
    if connu is not None:
        enoncer(rappel=cle, version=rappel.version, connu=connu)
        rappel.refresh_from_db()
    return rappel


def _identite(
    ou: Lieu,
    personne: DonneesIdentite,
    representants: Sequence[DonneesRepresentant],
    connue: IdentiteVue | None,
) -> int:
    """The key of the person: new, or the one this register knows, with the parents it did not know yet."""
    if connue is None:
        return creer_identite(cercle=ou.cercle, donnees=personne, representants=representants)
    deja = {(un.nom, un.prenom) for un in lire_identite(connue.cle).representants}
    for representant in representants:
        if (representant.nom, representant.prenom) not in deja:
            enregistrer_representant(cercle=ou.cercle, identite=connue.cle, donnees=representant)
    return connue.cle


def _juger(ou: Lieu, personne: DonneesIdentite, saisine: Saisine) -> Verdict:
    faits, jour = liste("faits_rappel", ou.jour), ou.jour
    deja = ""
    if personne.naissance is not None:
        deja = meme_fait(
            ou,
            nom=personne.nom,
            prenom=personne.prenom,
            naissance=personne.naissance,
            faits=saisine.faits,
            faits_le=saisine.faits_le,
        )
    return regles.juger_saisine(
        listes_connues=saisine.faits in faits
        and saisine.origine in liste("origines_rappel", jour)
        and saisine.lieu in liste("lieux_faits", jour),
        qualification_possible=saisine.faits in faits
        and saisine.qualification in faits.item(saisine.faits).attributs["qualifications"],
        naissance=personne.naissance,
        faits_le=saisine.faits_le,
        le=jour,
        deja=deja,
    )


@commande
def enoncer(*, rappel: UUID, version: int, connu: Connu) -> EnonceDeProcedure:
    """Say what is known of a complaint or a procedure, and from whom. One that exists stops the file."""
    ici = ouvrir(rappel)
    motifs = []
    if ici.rappel.etat not in AVANT_L_ACTE:
        motifs += regles.passage(ici.rappel.etat, EtatRappel.ARRETE)
    enonces = liste("enonces_procedure", ici.ou.jour)
    if connu.enonce not in enonces or connu.source not in liste("sources_enonce", ici.ou.jour):
        motifs.append(regles.VALEUR_INCONNUE)
    if connu.enonce_le > ici.ou.jour:
        motifs.append(regles.ENONCE_A_VENIR)
    exiger_motifs(ici, motifs)
    fait = EnonceDeProcedure.objects.create(
        enonce=connu.enonce, source=connu.source, enonce_le=connu.enonce_le, **ici.piece
    )
    etat = EtatRappel(ici.rappel.etat)
    vers = EtatRappel.ARRETE if enonces.item(connu.enonce).attributs["existe"] else etat
    passer(ici, vers, version=version, evenement="rappel_enonce", enonce=connu.enonce, source=connu.source)
    return fait


@commande
def ajouter_representant(*, rappel: UUID, version: int, representant: DonneesRepresentant) -> None:
    """A parent or a legal representative, who gets a copy of the convocation of a minor."""
    ici = ouvrir(rappel)
    if ici.rappel.etat not in AVANT_L_ACTE:
        exiger_le_passage(ici, EtatRappel.ARRETE)
    enregistrer_representant(cercle=ici.ou.cercle, identite=ici.rappel.identite_id, donnees=representant)
    passer(ici, EtatRappel(ici.rappel.etat), version=version, evenement="rappel_representant")


@commande
def reprendre(*, rappel: UUID, version: int) -> None:
    """Go on with a stopped file: the parquet said nothing is under way, or the mayor lifted the doctrine."""
    ici = ouvrir(rappel)
    exiger_le_passage(ici, EtatRappel.RECU)
    if plainte_de(ici.rappel):
        exiger(porte_de(ici.rappel, ici.ou), ici.rappel)
    passer(ici, EtatRappel.RECU, version=version, evenement="rappel_repris")


@commande
def corriger(
    *,
    rappel: UUID,
    version: int,
    motif: str,
    personne: DonneesIdentite,
    saisine: Saisine,
    representants: Sequence[DonneesRepresentant] = (),
) -> Rappel:
    """Put another file in the place of one that was wrong. Nothing of the first is erased."""
    ici = _a_rectifier(rappel, motif)
    _rectifier(ici, version)
    nouveau = _enregistrer(ici.ou, personne, saisine, representants, None, None)
    rectifier(ici.ou, Registre.RAPPELS, objet=rappel, par_objet=nouveau.public_id, motif=motif)
    return nouveau


@commande
def retirer(*, rappel: UUID, version: int, motif: str) -> None:
    """Say that a file should not be there. Its number and its line stay."""
    ici = _a_rectifier(rappel, motif)
    _rectifier(ici, version)
    rectifier(ici.ou, Registre.RAPPELS, objet=rappel, par_objet=None, motif=motif)


def _a_rectifier(rappel: UUID, motif: str) -> Ouvert:
    ici = ouvrir(rappel)
    exiger_le_passage(ici, EtatRappel.RECTIFIE)
    if motif not in liste("motifs_rectification", ici.ou.jour):
        exiger_motifs(ici, [regles.VALEUR_INCONNUE])
    return ici


def _rectifier(ici: Ouvert, version: int) -> None:
    _ne_plus_compter(ici)
    passer(ici, EtatRappel.RECTIFIE, version=version, evenement="rappel_rectifie")
    conclure_la_ligne(ici, EtatRappel.RECTIFIE)


def _ne_plus_compter(ici: Ouvert) -> None:
    """What is withdrawn in its year no longer counts; a year that is over keeps its figures."""
    comptes: list[tuple[str, date, str, int]] = []
    acte = ActeDeRappel.objects.filter(dossier=ici.rappel).first()
    if acte is not None:
        delai = (acte.prononce_le - ici.rappel.faits_le).days
        comptes.append(("rappel", acte.prononce_le, acte.qualite, delai))
        ecrit = CompteRendu.objects.filter(dossier=ici.rappel).order_by("pk").first()
        if ecrit is not None:
            comptes.append(("rappel_position", acte.prononce_le, ecrit.position, 0))
    ligne = LigneDeRegistre.objects.get(
        cercle=ici.ou.cercle, registre=Registre.RAPPELS, objet=ici.rappel.public_id
    )
    if ligne.issue_le is not None:
        comptes.append(("rappel_suite", ligne.issue_le, ligne.issue, 0))
    for evenement, le, genre, delai in comptes:
        compenser(
            evenement,
            fil=ici.rappel.fil,
            le=le,
            aujourd_hui=ici.ou.jour,
            genre=genre,
            delai_jours=delai,
        )
