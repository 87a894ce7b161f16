"""The mayor's acts as forms sent one after the other, from what opens a file to what ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from tests.pannes.client import Valeur
from tests.pannes.parcours import NOTRE_FUSEAU, Geste, lire_un
from tests.pannes.registres import MairieServie
from tests.pannes.service import Service

AGENT, MAIRE = "coordonnatrice", "maire"
Parcours = Callable[[Service, MairieServie], Iterator[Geste]]


def _jour(ecart: int = 0) -> date:
    return datetime.now(NOTRE_FUSEAU).date() + timedelta(days=ecart)


def _le(ecart: int = 0) -> str:
    return _jour(ecart).isoformat()


def _nee(prefixe: str, annee: int) -> dict[str, str]:
    return {f"{prefixe}_jour": "14", f"{prefixe}_mois": "5", f"{prefixe}_annee": str(annee)}


def _fiche(service: Service, table: str) -> str:
    return lire_un(service, f"SELECT public_id FROM maire_{table}")


def rappel(service: Service, ici: MairieServie) -> Iterator[Geste]:
    """A call to order of a minor, heard with a parent."""
    yield Geste(
        "saisir le maire",
        AGENT,
        f"/actes/rappels/nouveau/{ici.actes}/",
        "+identite +jeton +lignederegistre +rappel +representant !rappel_recu",
        {
            "origine": "bailleur",
            "faits": "incivilite_mineur",
            "qualification": "incivilite",
            "faits_le": _le(-6),
            "lieu": "abords_ecole",
            "lieu_commune": ici.commune,
            "nom": "Vauzelle",
            "prenom": "Élias",
            **_nee("naissance", _jour().year - 15),
            "representant_nom": "Vauzelle",
            "representant_lien": "mere",
        },
    )
    ici_ = f"/actes/rappels/{_fiche(service, 'rappel')}/"

    def geste(nom: str, page: str, ecrit: str, qui: str = AGENT, **champs: Valeur) -> Geste:
        return Geste(f"rappel : {nom}", qui, f"{ici_}{page}/", f"+jeton ~rappel {ecrit}", champs)

    yield geste(
        "énoncer",
        "enoncer",
        "+enoncedeprocedure !rappel_enonce",
        enonce="aucune",
        source="police_municipale",
    )
    yield geste("consulter", "consulter", "+consultationduparquet !parquet_consulte")
    yield geste("noter la réponse", "repondre", "~consultationduparquet !parquet_repondu", reponse="accord")
    yield geste(
        "convoquer",
        "convoquer",
        "+convocation !rappel_convoque",
        le=_le(1),
        heure="10:00",
        lieu="hotel_de_ville",
    )
    yield geste(
        "noter l’audition",
        "audition",
        "+audition !rappel_audition",
        issue="tenue",
        tenue_le=_le(),
        representants="on",
    )
    yield geste("faire le rappel", "prononcer", "+actederappel +fait !rappel_prononce", MAIRE)
    yield geste(
        "consigner",
        "consigner",
        "+compterendu +fait !rappel_consigne",
        regles_rappelees="bon_ordre",
        position="reconnait",
    )
    yield geste(
        "dire la suite", "suite", "+fait +suitederappel ~lignederegistre !rappel_suite", suite="aucune"
    )


def transaction(service: Service, ici: MairieServie) -> Iterator[Geste]:
    """A settlement from the PV to the report, paid twice."""
    yield Geste(
        "constater",
        AGENT,
        f"/actes/transactions/nouvelle/{ici.actes}/",
        "+fait +identite +jeton +lignederegistre +transaction !transaction_constatee",
        {
            "nom": "Okonjo",
            "prenom": "Nour",
            **_nee("naissance", 1990),
            "adresse": "3 rue de l’Exemple",
            "pv_numero": "PM-KILL-1",
            "pv_le": _le(-2),
            "faits_le": _le(-2),
            "service": "police_municipale",
            "contravention": "degradation_legere",
            "bien": "mobilier_urbain",
            "estimation": "240,50",
            "lieu": "parc",
            "lieu_commune": ici.commune,
            "action_publique": "non",
        },
    )
    ici_ = f"/actes/transactions/{_fiche(service, 'transaction')}/"

    def geste(nom: str, page: str, ecrit: str, qui: str = AGENT, **champs: Valeur) -> Geste:
        return Geste(f"transaction : {nom}", qui, f"{ici_}{page}/", f"+jeton ~transaction {ecrit}", champs)

    acte = "+actedetransaction"
    yield geste("consulter", "consulter", f"{acte} !transaction_consultation")
    yield geste("noter l’avis", "avis", f"{acte} !transaction_avis_favorable", reponse="oui")
    yield geste(
        "proposer",
        "proposer",
        "+fait*2 +propositiondetransaction !transaction_proposee",
        MAIRE,
        nature="reparation",
        montant="240,50",
        remise="recepisse",
        action_publique="non",
    )
    yield geste(
        "noter la réponse",
        "reponse",
        f"{acte} +fait !transaction_acceptation",
        reponse="oui",
        action_publique="non",
    )
    yield geste("envoyer", "envoi", f"{acte} !transaction_demande_homologation", action_publique="non")
    yield geste(
        "noter l’homologation",
        "homologation",
        f"{acte} +fait !transaction_homologation",
        reponse="oui",
        autorite="procureur",
        action_publique="non",
    )
    for somme, fin in (("100", "+fait"), ("140,50", "+fait*3 ~lignederegistre")):
        yield geste(
            f"noter un versement de {somme} euros",
            "execution",
            f"+executiondetransaction {fin} !transaction_execution",
            quantite=somme,
            encadrant="regisseur",
        )
    yield geste("rendre compte", "compte-rendu", f"{acte} +fait !transaction_compte_rendu")


def famille(service: Service, ici: MairieServie) -> Iterator[Geste]:
    """A family heard, supported, then left to itself."""
    yield Geste(
        "saisir le conseil des familles",
        AGENT,
        f"/familles/{ici.familles}/saisir/",
        "+dossierfamille +fait +identite +jeton +lignederegistre +representant !famille_saisie",
        {
            "nom": "Lormier",
            "prenom": "Noé",
            **_nee("naissance", _jour().year - 12),
            "parent1_nom": "Lormier",
            "parent1_lien": "mere",
            "departement": "31",
            "origine": "maire",
            "motif": "absenteisme",
        },
    )
    dossier = _fiche(service, "dossierfamille")
    president = str(ici.comptes[MAIRE])

    def geste(nom: str, page: str, ecrit: str, qui: str = AGENT, **champs: Valeur) -> Geste:
        adresse = f"/familles/dossier/{dossier}/{page}/"
        return Geste(f"famille : {nom}", qui, adresse, f"+jeton ~dossierfamille {ecrit}", champs)

    yield geste(
        "convoquer",
        "convoquer",
        "+convocationfamille !famille_convoquee",
        jour=_le(12),
        heure="18:00",
        lieu="Salle du conseil",
        moyen="courrier",
        membres=president,
    )
    service.avancer_le_jour(
        "UPDATE maire_convocationfamille SET audition_le = now() - interval '1 minute', le = le - 12"
    )
    yield geste(
        "entendre",
        "audition",
        "+auditionfamille +fait ~convocationfamille !famille_entendue",
        preside_par=president,
        membres=(president, str(ici.comptes[AGENT])),
        famille=("mere", "enfant"),
    )
    yield geste(
        "recommander",
        "suite",
        "+fait +suitefamille !famille_suite",
        genre="recommandation",
        types=("assiduite", "mediation"),
    )
    yield geste(
        "proposer un accompagnement",
        "accompagnement",
        "+accompagnementparental !accompagnement_propose",
        MAIRE,
        organisme=ici.accompagnant,
    )
    yield geste(
        "noter l’accord des parents",
        "reponse",
        "+fait ~accompagnementparental !accompagnement_accepte",
        reponse="oui",
        debut=_le(),
        fin=_le(60),
        referent=president,
    )
    yield geste(
        "faire le point", "point", "+bilanfamille !famille_point", resultat="progres", prochain_le=_le(30)
    )
    yield geste(
        "terminer l’accompagnement",
        "terminer",
        "~accompagnementparental !accompagnement_termine",
        issue="objectifs",
    )
    yield geste("clore", "clore", "+fait ~lignederegistre !famille_close", issue="aidee")


def sport(service: Service, ici: MairieServie) -> Iterator[Geste]:
    """An exclusion from a swimming pool, notified, appealed, over; and a reparation."""
    yield Geste(
        "ouvrir une mesure",
        AGENT,
        f"/actes/sport/nouveau/{ici.actes}/",
        "+fait +identite +jeton +lignederegistre +mesuresport +representant !mesure_sport_ouverte",
        {
            "origine": "gestionnaire",
            "faits": "degradation",
            "faits_le": _le(-5),
            "equipement_genre": "piscine",
            "equipement": "Piscine Jean-Bouin",
            "proprietaire": "commune",
            "nom": "Maravalle",
            "prenom": "Théo",
            **_nee("naissance", _jour().year - 15),
            "parent_nom": "Maravalle",
            "lien": "pere",
        },
    )
    mesure = _fiche(service, "mesuresport")

    def geste(nom: str, page: str, ecrit: str, qui: str = AGENT, **champs: Valeur) -> Geste:
        adresse = f"/actes/sport/{mesure}/etapes/{page}/"
        return Geste(f"sport : {nom}", qui, adresse, f"+jeton ~mesuresport {ecrit}", champs)

    yield geste(
        "inviter",
        "invitation",
        "+invitationsport !mesure_sport_invitee",
        composition=("maire", "service_sports", "club"),
    )
    yield geste(
        "noter les observations",
        "observations",
        "+observationssport !mesure_sport_observations",
        mode="ecrites",
    )
    yield geste(
        "convenir d’une réparation",
        "reparation",
        "+reparationsport !reparation_convenue",
        tache="remise_en_etat",
        heures="6",
    )
    yield geste(
        "finir la réparation",
        "fin-reparation",
        "+fait*2 ~reparationsport !reparation_finie",
        heures_faites="6",
    )
    yield geste(
        "décider",
        "decision",
        "+decisionsport +fait ~lignederegistre !mesure_sport_decidee",
        MAIRE,
        decision="exclusion",
        motifs="faits_etablis",
        base="Règlement du 12 mars 2024, art. 7",
        maximum_jours="90",
        debut=_le(),
        fin=_le(29),
    )
    yield geste("notifier", "notification", "+notificationsport !mesure_sport_notifiee")
    yield geste("enregistrer un recours", "recours", "+recourssport !mesure_sport_recours", genre="gracieux")
    yield geste(
        "conclure le recours", "issue", "~recourssport !mesure_sport_recours_conclu", issue="maintenue"
    )
    yield geste("clore", "cloture", "!mesure_sport_close")


def avis(service: Service, ici: MairieServie) -> Iterator[Geste]:
    """A notice due to the mayor, late, reminded, received."""
    yield Geste(
        "demander un avis",
        AGENT,
        f"/actes/avis/nouveau/{ici.actes}/",
        "+avisdu +fait +jeton +lignederegistre !avis_demande",
        {"genre": "suites_signalement", "cause_le": _le(-60), "demande_le": _le(-60), "reference": "24/123"},
    )
    ici_ = f"/actes/avis/{_fiche(service, 'avisdu')}/"
    yield Geste("avis : relancer", AGENT, f"{ici_}relance/", "+jeton +relanceavis ~avisdu !avis_relance")
    yield Geste(
        "avis : recevoir",
        AGENT,
        f"{ici_}recu/",
        "+fait +jeton ~avisdu ~lignederegistre !avis_recu",
        {"reponse": "poursuites", "recu_le": _le()},
    )


#: Each act, how many forms lead it to its end.
PARCOURS: Mapping[str, tuple[Parcours, int]] = {
    "rappel": (rappel, 9),
    "transaction": (transaction, 10),
    "famille": (famille, 9),
    "sport": (sport, 10),
    "avis": (avis, 3),
}
