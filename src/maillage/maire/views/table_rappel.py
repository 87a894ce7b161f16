"""What differs from one form of a rappel à l'ordre to the next: words, fields, command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as champs
from django.urls import reverse

from maillage.instances.api import ConseilCommune, cercles_des_familles, cercles_visibles, fuseau_du_cercle
from maillage.maire.forms import rappel as forms
from maillage.maire.lieux import Lieu
from maillage.maire.selectors.rappel import RappelVu
from maillage.maire.services import conduite_rappel as conduite
from maillage.maire.services import fin_rappel as fins
from maillage.maire.services import rappel as services
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste
from maillage.territoires.api import communes_par_code


def communes(ou: Lieu) -> list[tuple[str, str]]:
    """The commune of the register first, then the others of its council."""
    codes = ConseilCommune.objects.filter(conseil=ou.vu.conseil_pk).values_list("commune_code", flat=True)
    lues = communes_par_code({ou.commune, *codes})
    autres = sorted((lue.nom, code) for code, lue in lues.items() if code != ou.commune)
    ici = lues[ou.commune].nom if ou.commune in lues else ou.commune
    return [(ou.commune, ici), *((code, nom) for nom, code in autres)]


@dataclass(frozen=True, slots=True)
class Acte:
    """What differs from one form to the next."""

    titre: str
    bouton: str
    icone: str
    formulaire: Callable[[RappelVu, Mapping[str, Any] | None], champs.BaseForm]
    faire: Callable[[UUID, champs.BaseForm], object]
    note: str = ""


def _version(vu: RappelVu) -> dict[str, Any]:
    return {"version": vu.rappel.version}


def _sans_version(formulaire: champs.BaseForm) -> tuple[int, dict[str, Any]]:
    lues = dict(formulaire.cleaned_data)
    return lues.pop("version"), lues


def simple(service: Callable[..., object]) -> Callable[[UUID, champs.BaseForm], object]:
    """A form whose fields are the arguments of the command."""

    def faire(cle: UUID, formulaire: champs.BaseForm) -> object:
        version, lues = _sans_version(formulaire)
        service(rappel=cle, version=version, **lues)
        return None

    return faire


def confirmer(vu: RappelVu, donnees: Mapping[str, Any] | None) -> champs.BaseForm:
    return forms.Confirmer(donnees, initial=_version(vu))


def _enoncer(cle: UUID, formulaire: champs.BaseForm) -> None:
    assert isinstance(formulaire, forms.EnonceFormulaire)
    connu = formulaire.connu()
    assert connu is not None
    services.enoncer(rappel=cle, version=formulaire.cleaned_data["version"], connu=connu)


def _representant(cle: UUID, formulaire: champs.BaseForm) -> None:
    assert isinstance(formulaire, forms.AjouterRepresentant)
    ajoute = formulaire.representant()
    assert ajoute is not None
    services.ajouter_representant(rappel=cle, version=formulaire.cleaned_data["version"], representant=ajoute)


def _corriger(cle: UUID, formulaire: champs.BaseForm) -> str:
    assert isinstance(formulaire, forms.CorrigerRappel)
    nouveau = services.corriger(
        rappel=cle,
        version=formulaire.cleaned_data["version"],
        motif=formulaire.cleaned_data["motif"],
        personne=formulaire.personne(),
        saisine=formulaire.saisine(),
        representants=formulaire.representants(),
    )
    return reverse("rappels:rappel", args=[nouveau.public_id])


def _a_corriger(vu: RappelVu, donnees: Mapping[str, Any] | None) -> champs.BaseForm:
    personne, rappel = vu.identite.donnees, vu.rappel
    initial: dict[str, Any] = {
        nom: getattr(personne, nom) for nom in ("nom", "prenom", "naissance", "sexe", "telephone", "adresse")
    }
    initial |= {
        nom: getattr(rappel, nom)
        for nom in ("origine", "faits", "qualification", "faits_le", "lieu", "lieu_commune", "version")
    }
    for un in vu.identite.representants[:1]:
        initial |= {
            "representant_nom": un.nom,
            "representant_prenom": un.prenom,
            "representant_lien": un.lien,
            "representant_adresse": un.adresse,
        }
    return forms.CorrigerRappel(donnees, jour=vu.ou.jour, communes=communes(vu.ou), initial=initial)


def _convoquer(vu: RappelVu, donnees: Mapping[str, Any] | None) -> champs.BaseForm:
    return forms.Convoquer(
        donnees, jour=vu.ou.jour, mineur=vu.mineur, initial={**_version(vu), "lieu": "hotel_de_ville"}
    )


def _audition(vu: RappelVu, donnees: Mapping[str, Any] | None) -> champs.BaseForm:
    convocation = vu.convocation
    if convocation is None:
        raise Introuvable(vu.rappel.public_id)
    pour = convocation.pour.astimezone(fuseau_du_cercle(vu.ou.cercle)).date()
    return forms.NoterAudition(
        donnees,
        jour=vu.ou.jour,
        des_le=convocation.le,
        mineur=vu.mineur,
        initial={**_version(vu), "tenue_le": min(pour, vu.ou.jour)},
    )


def _suite(vu: RappelVu, donnees: Mapping[str, Any] | None) -> champs.BaseForm:
    possibles = fins.suites_possibles(vu.ou.jour)
    return forms.DonnerSuite(
        donnees,
        suites=[item for item in liste("suites_rappel", vu.ou.jour) if item.code in possibles],
        destinataires=[
            (str(lu.public_id), lu.formation) for lu in (*cercles_visibles(), *cercles_des_familles())
        ],
        initial=_version(vu),
    )


def ecarter(vu: RappelVu, donnees: Mapping[str, Any] | None) -> champs.BaseForm:
    motifs = (*vu.porte.motifs, *vu.parquet.motifs)
    levables = [motif for motif in motifs if motif.levee_possible]
    return forms.Ecarter(donnees, jour=vu.ou.jour, levables=levables, initial=_version(vu))


def _reponse(vu: RappelVu, donnees: Mapping[str, Any] | None) -> champs.BaseForm:
    if vu.consultation is None:
        raise Introuvable(vu.rappel.public_id)
    return forms.NoterReponse(
        donnees,
        jour=vu.ou.jour,
        des_le=vu.consultation.le,
        initial={**_version(vu), "reponse_le": vu.ou.jour},
    )


def _consigner(vu: RappelVu, donnees: Mapping[str, Any] | None) -> champs.BaseForm:
    initial = _version(vu)
    if vu.compte_rendu is not None:
        initial |= {
            "regles_rappelees": vu.compte_rendu.regles,
            "position": vu.compte_rendu.position,
            "engagements": vu.compte_rendu.engagements,
        }
    return forms.Consigner(donnees, jour=vu.ou.jour, correction=vu.compte_rendu is not None, initial=initial)


ACTES: Mapping[str, Acte] = {
    "enoncer": Acte(
        "Ce qui est connu d’une procédure",
        "Enregistrer l’énoncé",
        "info",
        lambda vu, donnees: forms.EnonceFormulaire(donnees, jour=vu.ou.jour, initial=_version(vu)),
        _enoncer,
        "Une plainte ou une procédure existe, ou rien n’est connu : rien de son contenu ne s’écrit ici.",
    ),
    "representant": Acte(
        "Ajouter un parent ou un représentant",
        "Ajouter",
        "personne",
        lambda vu, donnees: forms.AjouterRepresentant(donnees, jour=vu.ou.jour, initial=_version(vu)),
        _representant,
    ),
    "consulter": Acte(
        "Consulter le parquet",
        "Noter la consultation",
        "courrier",
        confirmer,
        simple(conduite.consulter_le_parquet),
        "La lettre se télécharge ensuite. Le délai et l’effet du silence sont ceux du protocole en vigueur.",
    ),
    "repondre": Acte(
        "Noter la réponse du parquet",
        "Enregistrer la réponse",
        "lu",
        _reponse,
        simple(conduite.noter_la_reponse),
    ),
    "convoquer": Acte(
        "Convoquer",
        "Convoquer",
        "calendrier",
        _convoquer,
        simple(conduite.convoquer),
        "La lettre se télécharge ensuite, en PDF ou en texte modifiable. "
        "Pour une personne mineure, une copie va à ses parents.",
    ),
    "audition": Acte(
        "Noter l’audition",
        "Enregistrer",
        "seance",
        _audition,
        simple(conduite.noter_l_audition),
        "Une personne mineure n’est pas reçue seule : l’audition est reportée, ou l’impossibilité notée.",
    ),
    "consigner": Acte(
        "Compte rendu du rappel à l’ordre",
        "Enregistrer le compte rendu",
        "document",
        _consigner,
        simple(conduite.consigner),
        "Des réponses de listes, sans récit. Un compte rendu se corrige par un autre ; les deux restent.",
    ),
    "suite": Acte(
        "Dire la suite",
        "Enregistrer la suite",
        "suite",
        _suite,
        simple(fins.donner_suite),
    ),
    "transmettre": Acte(
        "Transmettre au parquet",
        "Noter la transmission",
        "sortir",
        confirmer,
        simple(fins.transmettre_au_parquet),
        "Le dossier est clos : plus aucun acte du maire n’y est possible. La lettre s’imprime ensuite.",
    ),
    "clore": Acte(
        "Clore sans rappel à l’ordre",
        "Clore le dossier",
        "archive",
        lambda vu, donnees: forms.CloreSansActe(donnees, jour=vu.ou.jour, initial=_version(vu)),
        simple(fins.clore_sans_acte),
    ),
    "reprendre": Acte(
        "Reprendre le dossier",
        "Reprendre",
        "retour",
        confirmer,
        simple(services.reprendre),
        "Le parquet a énoncé qu’aucune procédure n’est en cours, ou le maire a écarté cette raison.",
    ),
    "corriger": Acte(
        "Rectifier par un nouveau dossier",
        "Rectifier",
        "modifier",
        _a_corriger,
        _corriger,
        "Rien n’est effacé : ce dossier garde son numéro et dit par quel autre il est remplacé.",
    ),
    "retirer": Acte(
        "Retirer ce dossier",
        "Retirer",
        "effacer",
        lambda vu, donnees: forms.RetirerRappel(donnees, jour=vu.ou.jour, initial=_version(vu)),
        simple(services.retirer),
        "Le numéro et la ligne du registre restent : on y lit que le dossier est rectifié.",
    ),
}
