"""A request from its receipt to its answer: record, identify, prolong, ask the groupes, answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Max

from maillage.droit.api import Verdict
from maillage.droits import exports
from maillage.droits.lieux import Lieu, formations_interrogeables, registre
from maillage.droits.models import DemandeDeDroit, Envoi, FichierDeReponse, Question
from maillage.droits.rules import demandes as regles
from maillage.droits.scellement import Recherche, fermer, fermer_les_questions
from maillage.droits.selectors import envois_de, reponses_de, une_demande, valeur_demandee
from maillage.droits.states import EtatDemande
from maillage.instances.api import Cercle
from maillage.situations.api import (
    DonneesIdentite,
    DonneesRepresentant,
    creer_identite,
    exiger,
    lire_identite,
    refuser_le_secret,
)
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste


@dataclass(frozen=True, slots=True)
class Recue:
    """What a person asked, by codes and a day."""

    droit: str
    qualite: str
    canal: str
    recue_le: date
    champ: str = ""
    valeur: str = ""


@commande
def enregistrer(
    *,
    registre_: UUID,
    personne: DonneesIdentite,
    demande: Recue,
    representants: Sequence[DonneesRepresentant] = (),
) -> DemandeDeDroit:
    """Record a request at the next number of the year; its clock runs from the day it was received."""
    ou = registre(registre_)
    jour = ou.jour
    connus = (
        demande.droit in liste("droits_personnes", jour)
        and demande.qualite in liste("qualites_demandeur", jour)
        and demande.canal in liste("canaux_droits", jour)
        and (not demande.champ or demande.champ in liste("champs_rectifiables", jour))
    )
    reception = regles.Reception(
        droit=demande.droit,
        listes_connues=connus,
        recue_le=demande.recue_le,
        naissance=personne.naissance,
        champ=demande.champ,
        valeur=demande.valeur,
    )
    exiger(regles.juger_reception(reception, le=jour), registre_)
    refuser_le_secret(demande.valeur, registre_)
    identite = creer_identite(cercle=ou.cercle, donnees=personne, representants=representants)
    echeance, ligne = regles.echeance(demande.recue_le), uuid4()
    creee = DemandeDeDroit.objects.create(
        public_id=ligne,
        cercle_id=ou.cercle,
        identite_id=identite,
        annee=jour.year,
        numero=_numero(ou),
        droit=demande.droit,
        qualite=demande.qualite,
        canal=demande.canal,
        champ=demande.champ,
        valeur_scellee=_valeur_fermee(demande.valeur.strip(), ligne, identite),
        recue_le=demande.recue_le,
        recue_par_id=ou.compte.pk,
        echeance=echeance,
        expire_le=regles.jamais_repondue(echeance),
    )
    journaliser("droit_demande", objet=creee.public_id, cercle=ou.cercle, details={"droit": demande.droit})
    _compter("droit_demande", creee, ou)
    return creee


def _valeur_fermee(valeur: str, ligne: UUID, identite: int) -> bytes | None:
    """Sealed under the key of the person; nothing for another right than a rectification."""
    if not valeur:
        return None
    return fermer(DemandeDeDroit, valeur.encode(), ligne=ligne, objet=lire_identite(identite).public_id)


def _numero(ou: Lieu) -> int:
    """Two recorded at once wait for each other on the cercle's row, which nobody deletes."""
    Cercle.objects.select_for_update(no_key=True).get(pk=ou.cercle)
    lignes = DemandeDeDroit.objects.filter(cercle=ou.cercle, annee=ou.jour.year)
    return (lignes.aggregate(dernier=Max("numero"))["dernier"] or 0) + 1


@commande
def verifier_identite(*, demande: UUID, version: int, verification: str, verifiee_le: date) -> None:
    """Say how the person was identified: a code and a day. No document is ever kept."""
    lue, ou = une_demande(demande, verrou=True)
    verdict = regles.juger_verification(
        etat=lue.etat,
        connue=verification in liste("verifications_identite", ou.jour),
        verifiee_le=verifiee_le,
        recue_le=lue.recue_le,
        le=ou.jour,
    )
    exiger(verdict, lue)
    _modifier(lue, version, etat=EtatDemande.INSTRUITE, verification=verification, verifiee_le=verifiee_le)
    journaliser("droit_identite", objet=demande, cercle=ou.cercle, details={"par": verification})


@commande
def prolonger(*, demande: UUID, version: int, motif: str) -> None:
    """Two months more, for one of the two reasons of the regulation; the person is told by a letter."""
    lue, ou = une_demande(demande, verrou=True)
    verdict = regles.juger_prolongation(
        etat=lue.etat,
        motif_connu=motif in liste("motifs_prolongation_droits", ou.jour),
        recue_le=lue.recue_le,
        deja=bool(lue.prolongation),
        le=ou.jour,
    )
    exiger(verdict, lue)
    echeance = regles.echeance(lue.recue_le, prolongee=True)
    _modifier(
        lue,
        version,
        prolongation=motif,
        prolongee_le=ou.jour,
        echeance=echeance,
        expire_le=regles.jamais_repondue(echeance),
    )
    journaliser("droit_prolonge", objet=demande, cercle=ou.cercle, details={"motif": motif})


@commande
def interroger(*, demande: UUID, formations: Sequence[UUID]) -> int:
    """Put the question to the holders of these formations: one new row in each cercle, and no link back.

    Returns how many were asked. The register never searches in a groupe: it asks who holds the files.
    """
    lue, ou = une_demande(demande, verrou=True)
    possibles = {formation.public_id: formation for formation in formations_interrogeables(ou, lue.droit)}
    deja = {envoi.destinataire for envoi in envois_de(lue)}
    identite = lire_identite(lue.identite_id)
    qui = identite.donnees
    recherche = Recherche(qui.nom, qui.prenom, qui.naissance, valeur_demandee(lue, identite))
    avant = regles.repondre_avant(ou.jour, lue.echeance)
    lignes = {cle: uuid4() for cle in formations}
    fermees = fermer_les_questions(recherche, list(lignes.values()))
    for cle, ligne in lignes.items():
        if cle not in possibles:
            raise Introuvable(cle)
        exiger(regles.juger_question(etat=lue.etat, deja=cle in deja), lue)
        piste, cercle = uuid4(), possibles[cle].cercle_id
        Envoi.objects.create(
            cercle_id=ou.cercle,
            demande=lue,
            piste=piste,
            destinataire=cle,
            envoye_le=ou.jour,
            avant_le=avant,
            par_id=ou.compte.pk,
        )
        remettre(
            Question._meta.db_table,
            public_id=ligne,
            version=1,
            cercle_id=cercle,
            cercle_origine_id=ou.cercle,
            piste=piste,
            reference=lue.reference,
            droit=lue.droit,
            champ=lue.champ,
            scelle=fermees[ligne],
            recue_le=lue.recue_le,
            avant_le=avant,
            expire_le=lue.expire_le,
            constat="",
        )
        journaliser("droit_question", objet=demande, cercle=ou.cercle, details={"formation": str(cle)})
    return len(lignes)


def remettre(table: str, **valeurs: Any) -> None:
    """Write a row of the other side: nothing is asked in return, the wall would refuse the reading."""
    with connection.cursor() as curseur:
        curseur.execute(
            f"INSERT INTO {table} ({', '.join(valeurs)}) VALUES ({', '.join(['%s'] * len(valeurs))})",
            list(valeurs.values()),
        )


@commande
def repondre(*, demande: UUID, version: int, decision: str, motif: str = "") -> None:
    """Close the request with its answer; an access granted composes the file to hand over."""
    lue, ou = une_demande(demande, verrou=True)
    envois, reponses = envois_de(lue), reponses_de(lue)
    refus = liste("refus_droits", ou.jour)
    opposables = refus.item(motif).attributs["droits"] if motif in refus else ()
    verdict = regles.juger_reponse(
        regles.Reponse(
            decision=decision,
            decision_connue=decision in liste("decisions_droits", ou.jour),
            motif=motif,
            motif_connu=not motif or motif in refus,
            opposables=opposables,
        ),
        etat=lue.etat,
        droit=lue.droit,
        interroges=len(envois),
        en_attente=len(envois) - len(reponses),
    )
    exiger(verdict, lue)
    _modifier(
        lue,
        version,
        etat=EtatDemande.REPONDUE,
        decision=decision,
        motif=motif,
        repondue_le=ou.jour,
        expire_le=regles.effacee_le(ou.jour),
    )
    if lue.droit == "acces" and decision != regles.REFUS:
        _composer_le_fichier(lue, ou)
    journaliser("droit_reponse", objet=demande, cercle=ou.cercle, details={"decision": decision})
    _compter("droit_reponse", lue, ou, issue=decision, delai=(ou.jour - lue.recue_le).days)
    if ou.jour > lue.echeance:
        _compter("droit_retard", lue, ou, delai=(ou.jour - lue.echeance).days)


def _composer_le_fichier(lue: DemandeDeDroit, ou: Lieu) -> None:
    contenu, ligne = exports.archive(lue, ou), uuid4()
    FichierDeReponse.objects.create(
        public_id=ligne,
        cercle_id=ou.cercle,
        demande=lue,
        contenu=fermer(FichierDeReponse, contenu, ligne=ligne),
        taille=len(contenu),
        compose_le=ou.jour,
        expire_le=regles.fichier_jusqu_au(ou.jour),
    )
    journaliser("droit_fichier", objet=lue.public_id, cercle=ou.cercle)


@commande
def retirer(*, demande: UUID, version: int) -> None:
    """The person gave up: nothing more is done, the request keeps its number."""
    lue, ou = une_demande(demande, verrou=True)
    exiger(Verdict.selon(regles.passage(lue.etat, EtatDemande.RETIREE)), lue)
    _modifier(lue, version, etat=EtatDemande.RETIREE, expire_le=regles.effacee_le(ou.jour))
    journaliser("droit_retire", objet=demande, cercle=ou.cercle)


def _modifier(lue: DemandeDeDroit, version: int, **valeurs: object) -> None:
    modifier(DemandeDeDroit.objects.filter(pk=lue.pk, cercle=lue.cercle_id), version=version, **valeurs)


def _compter(
    evenement: str, lue: DemandeDeDroit, ou: Lieu, *, issue: str = "", delai: int | None = None
) -> None:
    """The anonymous fact: which right, what answer, how many days. Nothing of the person."""
    noter(
        evenement,
        le=ou.jour,
        instance=ou.vu.conseil_pk,
        departement=ou.vu.departement_code,
        volet="droits",
        fil=lue.fil,
        genre=lue.droit,
        issue=issue,
        delai_jours=delai,
    )
