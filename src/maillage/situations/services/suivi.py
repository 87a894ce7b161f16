"""What is written during a follow-up: letters, shared elements, objectives, contacts, bilan."""

from datetime import date
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict
from maillage.situations import identites, recits
from maillage.situations.cercles import ici
from maillage.situations.identites import DonneesIdentite, DonneesRepresentant
from maillage.situations.models import (
    Bilan,
    Contact,
    Element,
    Lettre,
    Objectif,
    Representant,
    Signalement,
    Situation,
)
from maillage.situations.rules import conservation
from maillage.situations.rules import suivi as regles
from maillage.situations.selectors import une, visibles
from maillage.situations.services.commun import (
    compter,
    exiger,
    noter_le_terme,
    refuser_le_secret,
    situation_a_modifier,
)
from maillage.situations.states import A_EXAMINER, EtatObjectif, EtatSituation
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier
from maillage.socle.temps import maintenant
from maillage.strategie.api import liste


@commande
def noter_remise_lettre(*, situation: UUID, destinataire: str, remise_le: date, moyen: str) -> Lettre:
    """Record that the individual letter was handed over. ``destinataire``: personne or representant."""
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    verdict = regles.juger_lettre(
        etat=lue.etat,
        role=acteur.membre.role,
        destinataire=destinataire,
        a_representant=visibles(Representant).filter(identite=lue.identite_id).exists(),
        le=remise_le,
        ouverte_le=lue.ouverte_le,
        aujourd_hui=acteur.jour,
    )
    exiger(verdict, lue)
    lettre = Lettre.objects.create(
        cercle_id=lue.cercle_id,
        situation=lue,
        destinataire=destinataire,
        remise_le=remise_le,
        moyen=moyen,
        par_id=acteur.compte,
    )
    compter("lettre", ou, genre=destinataire, delai_jours=(remise_le - lue.ouverte_le).days)
    journaliser("lettre_remise", objet=lue.public_id, cercle=lue.cercle_id, details={"a": destinataire})
    return lettre


@commande
def partager_element(*, situation: UUID, categorie: str, precision: str = "") -> Element:
    """Share an element. Its nature is the category's; the secret has no category and is never recorded."""
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    verdict = regles.juger_element(
        categorie=categorie,
        precision=precision,
        etat=lue.etat,
        volet=lue.volet,
        membre=acteur.membre,
        judiciaire_siege=acteur.judiciaire_siege,
        le=acteur.jour,
    )
    exiger(verdict, lue)
    item = liste("elements_partageables").item(categorie)
    if not item.attributs["valeurs"]:
        refuser_le_secret(precision, lue)
    element = recits.creer(
        Element,
        identite=lue.identite_id,
        texte=precision,
        cercle_id=lue.cercle_id,
        situation=lue,
        categorie=categorie,
        nature=item.attributs["nature"],
        partage_par_id=acteur.compte,
        organisme_id=acteur.organisme,
        partage_le=acteur.jour,
        saisi_le=maintenant(),
    )
    journaliser(
        "element_partage", objet=lue.public_id, cercle=lue.cercle_id, details={"categorie": categorie}
    )
    return element


@commande
def poser_objectif(*, situation: UUID, libelle: str, domaine: str, echeance: date) -> Objectif:
    """Record an objective agreed with the person."""
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    verdict = regles.juger_objectif(
        etat=lue.etat,
        role=acteur.membre.role,
        domaine=domaine,
        echeance=echeance,
        aujourd_hui=acteur.jour,
    )
    exiger(verdict, lue)
    refuser_le_secret(libelle, lue)
    objectif = recits.creer(
        Objectif,
        identite=lue.identite_id,
        texte=libelle,
        cercle_id=lue.cercle_id,
        situation=lue,
        domaine=domaine,
        pose_le=acteur.jour,
        pose_par_id=acteur.compte,
        saisi_le=maintenant(),
        echeance=echeance,
        etat_le=acteur.jour,
    )
    journaliser("objectif_pose", objet=lue.public_id, cercle=lue.cercle_id, details={"domaine": domaine})
    return objectif


@commande
def changer_etat_objectif(*, objectif: UUID, etat: str, version: int) -> None:
    """Say where an objective stands."""
    lu = une(Objectif, objectif, verrou=True)
    ou = situation_a_modifier(_situation_de(lu.situation_id))
    verdict = regles.juger_etat_objectif(
        de=lu.etat, vers=etat, etat=ou.situation.etat, role=ou.ici.membre.role
    )
    exiger(verdict, lu)
    modifier(
        Objectif.objects.filter(pk=lu.pk),
        version=version,
        etat=EtatObjectif(etat).value,
        etat_le=ou.ici.jour,
    )
    journaliser("objectif_etat", objet=ou.situation.public_id, cercle=lu.cercle_id, details={"etat": etat})


def _situation_de(cle: int) -> UUID:
    return visibles(Situation).only("public_id").get(pk=cle).public_id


@commande
def noter_contact(*, situation: UUID, le: date, moyen: str, avec: str, duree_min: int, suite: str) -> Contact:
    """Record a contact without its content: how, with whom, how long (minutes), what next."""
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    verdict = regles.juger_contact(
        etat=lue.etat,
        role=acteur.membre.role,
        le=le,
        ouverte_le=lue.ouverte_le,
        aujourd_hui=acteur.jour,
        moyen=moyen,
        avec=avec,
        suite=suite,
    )
    exiger(verdict, lue)
    contact = Contact.objects.create(
        cercle_id=lue.cercle_id,
        situation=lue,
        le=le,
        moyen=moyen,
        avec=avec,
        duree_min=duree_min,
        suite=suite,
        par_id=acteur.compte,
        saisi_le=maintenant(),
    )
    compter("contact", ou, genre=moyen, delai_jours=(le - lue.ouverte_le).days)
    journaliser("contact_note", objet=lue.public_id, cercle=lue.cercle_id, details={"moyen": moyen})
    return contact


@commande
def ecrire_bilan(*, situation: UUID, texte: str) -> Bilan:
    """Record the référent's report of intervention, short and guarded (fiche 4)."""
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    exiger(regles.juger_bilan(etat=lue.etat, role=acteur.membre.role), lue)
    refuser_le_secret(texte, lue)
    bilan = recits.creer(
        Bilan,
        identite=lue.identite_id,
        texte=texte,
        cercle_id=lue.cercle_id,
        situation=lue,
        par_id=acteur.compte,
        le=acteur.jour,
    )
    compter("bilan", ou)
    journaliser("bilan_ecrit", objet=lue.public_id, cercle=lue.cercle_id)
    return bilan


@commande
def contresigner_bilan(*, bilan: UUID, version: int) -> None:
    """Countersign, as a social-work member who did not write it (fiche 4)."""
    lu = une(Bilan, bilan, verrou=True)
    ou = situation_a_modifier(_situation_de(lu.situation_id))
    verdict = regles.juger_contreseing(
        etat=ou.situation.etat,
        auteur=lu.par_id,
        signataire=ou.ici.compte,
        membre=ou.ici.membre,
        deja=lu.contresigne_par_id is not None,
    )
    exiger(verdict, lu)
    modifier(
        Bilan.objects.filter(pk=lu.pk),
        version=version,
        contresigne_par=ou.ici.compte,
        contresigne_le=ou.ici.jour,
    )
    journaliser("bilan_contresigne", objet=ou.situation.public_id, cercle=lu.cercle_id)


@commande
def corriger_identite(*, situation: UUID, version: int, personne: DonneesIdentite) -> None:
    """Rectify an identity (RGPD, art. 16). The end of conservation follows the corrected birth date."""
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    verdict = regles.juger_correction(
        etat=lue.etat,
        role=acteur.membre.role,
        volet=lue.volet,
        naissance=personne.naissance,
        aujourd_hui=acteur.jour,
    )
    exiger(verdict, lue)
    identites.corriger(identite=lue.identite_id, version=version, donnees=personne)
    reference = conservation.naissance_de_reference(personne.naissance, lue.tranche_age, lue.ouverte_le)
    destruction = conservation.echeances_situation(
        volet=lue.volet, le=acteur.jour, naissance=reference, cloture=None
    ).destruction
    if destruction != lue.expire_le:
        revue_le = min(lue.revue_le, destruction) if destruction else lue.revue_le
        modifier(
            Situation.objects.filter(pk=lue.pk),
            version=lue.version,
            expire_le=destruction,
            revue_le=revue_le,
        )
        lue.expire_le = destruction
        noter_le_terme(lue, instance=acteur.vu.conseil_pk, departement=acteur.vu.departement_code)
    journaliser("identite_corrigee", objet=lue.public_id, cercle=lue.cercle_id)


@commande
def ajouter_representant(*, situation: UUID, representant: DonneesRepresentant) -> None:
    """Record a legal representative: to be informed, and to be written to."""
    ou = situation_a_modifier(situation)
    lue = ou.situation
    exiger(regles.juger_bilan(etat=lue.etat, role=ou.ici.membre.role), lue)
    identites.ajouter_representant(cercle=lue.cercle_id, identite=lue.identite_id, donnees=representant)
    journaliser("representant_ajoute", objet=lue.public_id, cercle=lue.cercle_id)


DEJA_EXAMINE = Motif(
    "signalement_deja_examine",
    "Le groupe a déjà examiné ce signalement : l’identité se corrige sur la page de la situation.",
    "Règle d’usage : la date corrigée fixe aussi la fin de la conservation",
    Force.USAGE,
)


def exiger_a_examiner(lu: Signalement) -> None:
    """Refuse once the groupe has decided: the identity then belongs to a file, perhaps an archive."""
    exiger(Verdict.selon([] if lu.etat in A_EXAMINER else [DEJA_EXAMINE]), lu)


@commande
def corriger_naissance_signalee(*, signalement: UUID, version: int, naissance: date, estimee: bool) -> None:
    """Complete a birth date before the groupe decides: it fixes the end of conservation."""
    lu = une(Signalement, signalement, verrou=True)
    exiger_a_examiner(lu)
    acteur = ici(lu.cercle_id)
    vue = identites.lire(lu.identite_id)
    verdict = regles.juger_correction(
        etat=EtatSituation.OUVERTE,
        role=acteur.membre.role,
        volet=acteur.volet,
        naissance=naissance,
        aujourd_hui=acteur.jour,
    )
    exiger(verdict, lu)
    identites.corriger(
        identite=lu.identite_id,
        version=version,
        donnees=identites.avec_naissance(vue.donnees, naissance=naissance, estimee=estimee),
    )
    journaliser("identite_corrigee", objet=lu.public_id, cercle=lu.cercle_id)
