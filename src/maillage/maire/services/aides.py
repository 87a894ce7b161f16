"""What helps a family after the hearing, and the end of its file.

Parental support, the département, a groupe, an abstention; every act is dated, in a quality, and stays.
"""

from datetime import date
from uuid import UUID

from maillage.acteurs.api import Organisme
from maillage.droit.api import Verdict
from maillage.maire.etats_familles import EtatAccompagnement, EtatFamille
from maillage.maire.models import (
    AccompagnementParental,
    BilanFamille,
    Registre,
    SaisineDepartement,
)
from maillage.maire.rules import familles as regles
from maillage.maire.selectors.familles import accompagnement_vivant, convocation_attendue, saisine_attendue
from maillage.maire.services.auditions import acte, membres_ici, noter_suite
from maillage.maire.services.familles import (
    Famille,
    compter,
    famille_a_modifier,
    poursuivre,
    qui_agit,
)
from maillage.maire.services.registres import conclure
from maillage.situations.api import (
    DonneesRepresentant,
    enregistrer_representant,
    exiger,
    faire_signalement,
    lire_identite,
)
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste
from maillage.territoires.api import departements


@commande
def proposer_accompagnement(*, dossier: UUID, version: int, organisme: UUID) -> AccompagnementParental:
    """The mayor proposes a parental support, given by that body of the directory (CASF, art. L. 141-2)."""
    lue = famille_a_modifier(dossier)
    _, refus = qui_agit(lue.ou)
    corps = Organisme.objects.filter(public_id=organisme, actif=True).first()
    if corps is None:
        raise Introuvable(dossier)
    exiger(
        regles.juger_proposition(
            lue.etat, en_cours=accompagnement_vivant(lue.dossier) is not None, autorite=refus, le=lue.jour
        ),
        lue.dossier,
    )
    propose = AccompagnementParental.objects.create(**acte(lue), organisme=corps)
    poursuivre(lue, version)
    _journal("accompagnement_propose", lue)
    return propose


@commande
def noter_reponse(
    *,
    dossier: UUID,
    version: int,
    oui: bool,
    debut: date | None = None,
    fin: date | None = None,
    referent: int | None = None,
) -> None:
    """What the parents answered. A yes names who accompanies them, from which day to which."""
    lue = famille_a_modifier(dossier)
    propose = _vivant(lue)
    exiger(
        regles.juger_consentement(
            lue.etat,
            etat=propose.etat,
            oui=oui,
            debut=debut,
            fin=fin,
            referent=referent is not None,
            le=lue.jour,
        ),
        lue.dossier,
    )
    valeurs: dict[str, object] = {"etat": EtatAccompagnement.REFUSE.value}
    if oui:
        assert referent is not None  # judged above
        membres_ici(lue, [referent])
        valeurs = {
            "etat": EtatAccompagnement.EN_COURS.value,
            "debut": debut,
            "fin": fin,
            "referent_id": referent,
        }
    _changer(propose, repondu_le=lue.jour, **valeurs)
    poursuivre(lue, version, etat=EtatFamille.ACCOMPAGNE.value if oui else lue.dossier.etat)
    compter("famille_suite", lue, genre="accompagnement", issue="accepte" if oui else "refuse")
    _journal("accompagnement_accepte" if oui else "accompagnement_refuse", lue)


@commande
def faire_le_point(
    *, dossier: UUID, version: int, resultat: str, fait_le: date, prochain_le: date
) -> BilanFamille:
    """A point made with the family, and the day of the next one."""
    lue = famille_a_modifier(dossier)
    exiger(
        regles.juger_bilan(
            lue.etat,
            connu=resultat in liste("bilans_famille", lue.jour),
            fait_le=fait_le,
            prochain_le=prochain_le,
            le=lue.jour,
        ),
        lue.dossier,
    )
    bilan = BilanFamille.objects.create(
        **acte(lue) | {"le": fait_le}, resultat=resultat, prochain_le=prochain_le
    )
    poursuivre(lue, version, revue_le=prochain_le)
    _journal("famille_point", lue, resultat=resultat)
    return bilan


@commande
def terminer_accompagnement(*, dossier: UUID, version: int, issue: str, fini_le: date) -> None:
    """A parental support is over: how, and on which day."""
    lue = famille_a_modifier(dossier)
    vivant = _vivant(lue)
    exiger(
        regles.juger_fin(
            etat=vivant.etat,
            connue=issue in liste("fins_accompagnement", lue.jour)
            and (vivant.debut is None or fini_le >= vivant.debut),
            majorite=issue == "majorite",
            mineur=lue.etat.mineur,
            fini_le=fini_le,
            le=lue.jour,
        ),
        lue.dossier,
    )
    _changer(vivant, etat=EtatAccompagnement.TERMINE.value, issue=issue, fini_le=fini_le)
    accompagne = lue.dossier.etat == EtatFamille.ACCOMPAGNE
    poursuivre(lue, version, etat=EtatFamille.ENTENDU.value if accompagne else lue.dossier.etat)
    _journal("accompagnement_termine", lue, issue=issue)


@commande
def saisir_departement(*, dossier: UUID, version: int, departement: str) -> SaisineDepartement:
    """The mayor asks the president of the département where the family lives for a social support."""
    lue = famille_a_modifier(dossier)
    _, refus = qui_agit(lue.ou)
    connu = departement in {lu.code for lu in departements()}
    exiger(
        regles.juger_departement(
            lue.etat,
            attendue=saisine_attendue(lue.dossier) is not None,
            autorite=refus,
            departement=connu,
            le=lue.jour,
        ),
        lue.dossier,
    )
    saisine = SaisineDepartement.objects.create(**acte(lue), departement=departement)
    poursuivre(lue, version, departement=departement)
    compter("famille_suite", lue, genre="departement")
    _journal("departement_saisi", lue)
    return saisine


@commande
def noter_reponse_du_departement(*, dossier: UUID, version: int, reponse: str, reponse_le: date) -> None:
    """What the département answered, by a code, and when."""
    lue = famille_a_modifier(dossier)
    attendue = saisine_attendue(lue.dossier)
    if attendue is None:
        raise Introuvable(dossier)
    motifs = regles.juger_ouvert(lue.etat)
    if reponse not in liste("reponses_departement", lue.jour):
        motifs.append(regles.CHOIX_INCONNU)
    if not attendue.le <= reponse_le <= lue.jour:
        motifs.append(regles.JOUR_A_VENIR)
    exiger(Verdict.selon(motifs), lue.dossier)
    modifier(
        SaisineDepartement.objects.filter(pk=attendue.pk),
        version=attendue.version,
        reponse=reponse,
        reponse_le=reponse_le,
    )
    poursuivre(lue, version)
    compter("famille_departement", lue, genre=reponse, delai_jours=(reponse_le - attendue.le).days)
    _journal("departement_a_repondu", lue, reponse=reponse)


@commande
def passer_au_groupe(
    *, dossier: UUID, version: int, groupe: UUID, exposition: str, motif: str, origine: str
) -> None:
    """Hand the child's identity to a groupe the actor belongs to, as a signalement: nothing else passes."""
    lue = famille_a_modifier(dossier)
    exiger(
        regles.juger_suite(
            lue.etat, connue=True, types=False, precisee=True, debut=None, fin=None, datee=False
        ),
        lue.dossier,
    )
    vue = lire_identite(lue.dossier.identite_id)
    faire_signalement(
        cercle=groupe,
        personne=vue.donnees,
        representants=vue.representants,
        tranche=lue.dossier.tranche_age,
        exposition=exposition,
        motif=motif,
        origine=origine,
    )
    noter_suite(lue, "orientation")
    poursuivre(lue, version)


@commande
def s_abstenir(*, dossier: UUID, version: int, suivi: str) -> None:
    """Something exists before which the council abstains: the code says so, never what it is."""
    lue = famille_a_modifier(dossier)
    motifs = regles.juger_passage(lue.etat, EtatFamille.DIFFERE)
    if suivi not in liste("suivis_existants", lue.jour):
        motifs.append(regles.CHOIX_INCONNU)
    exiger(Verdict.selon(motifs), lue.dossier)
    attendue = convocation_attendue(lue.dossier)
    if attendue is not None:
        modifier(
            type(attendue).objects.filter(pk=attendue.pk),
            version=attendue.version,
            issue="annulee",
            issue_le=lue.jour,
        )
    noter_suite(lue, "differe", types=[suivi])
    poursuivre(lue, version, etat=EtatFamille.DIFFERE.value, suivi_existant=suivi)


@commande
def reprendre(*, dossier: UUID, version: int, raison: str) -> None:
    """Take the file up again. A reason that is the mayor's is given by the mayor, and kept."""
    lue = famille_a_modifier(dossier)
    raisons = liste("reprises_famille", lue.jour)
    _, refus = qui_agit(lue.ou)
    connue = raison in raisons
    exiger(
        regles.juger_reprise(
            lue.etat,
            connue=connue,
            elu_requis=connue and bool(raisons.item(raison).attributs["elu"]),
            autorite=refus,
        ),
        lue.dossier,
    )
    noter_suite(lue, "reprise", types=[raison])
    poursuivre(lue, version, etat=EtatFamille.SAISI.value, suivi_existant="")


@commande
def ajouter_parent(*, dossier: UUID, version: int, parent: DonneesRepresentant) -> None:
    """Another parent answers for the child: they get a letter of their own."""
    lue = famille_a_modifier(dossier)
    exiger(Verdict.selon(regles.juger_ouvert(lue.etat)), lue.dossier)
    enregistrer_representant(cercle=lue.ou.cercle, identite=lue.dossier.identite_id, donnees=parent)
    poursuivre(lue, version)
    _journal("famille_parent_ajoute", lue)


@commande
def clore_famille(*, dossier: UUID, version: int, issue: str) -> None:
    """Close the file: its names live three months more, its line stays."""
    lue = famille_a_modifier(dossier)
    vivant = accompagnement_vivant(lue.dossier)
    exiger(
        regles.juger_cloture(
            lue.etat,
            connue=issue in liste("issues_famille", lue.jour),
            accompagne=vivant is not None,
            attend_le_departement=saisine_attendue(lue.dossier) is not None,
        ),
        lue.dossier,
    )
    poursuivre(
        lue, version, clos=True, etat=EtatFamille.CLOS.value, issue=issue, clos_le=lue.jour, suivi_existant=""
    )
    conclure(lue.ou, Registre.FAMILLES, objet=dossier, issue=issue, le=lue.jour)
    compter("famille_close", lue, issue=issue, delai_jours=(lue.jour - lue.dossier.recu_le).days)
    _journal("famille_close", lue, issue=issue)


def _vivant(lue: Famille) -> AccompagnementParental:
    vivant = accompagnement_vivant(lue.dossier)
    if vivant is None:
        raise Introuvable(lue.dossier.public_id)
    return vivant


def _changer(ligne: AccompagnementParental, **valeurs: object) -> None:
    modifier(AccompagnementParental.objects.filter(pk=ligne.pk), version=ligne.version, **valeurs)


def _journal(evenement: str, lue: Famille, **details: str) -> None:
    journaliser(evenement, objet=lue.dossier.public_id, cercle=lue.ou.cercle, details=details)
