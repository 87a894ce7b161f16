"""What the pages of a path accept: dates, hours and answers of closed lists; no free text."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from maillage.interface.formulaires import DateProcheField, Formulaire, Option
from maillage.parcours.catalogue import Dispositif
from maillage.parcours.rules.pmsmp import Objet, Partie, Prescripteur
from maillage.parcours.rules.tig import Nature
from maillage.parcours.services.orientations import FaitsPmsmp, Transmission
from maillage.parcours.states import EtatPresence
from maillage.situations.forms.champs import DateDuJour, avec_vide, choix_du_champ, options
from maillage.strategie.api import liste

Choix = Sequence[tuple[str, str]]

OBJETS: Choix = (
    (Objet.DECOUVERTE, "Découvrir un métier ou un secteur"),
    (Objet.CONFIRMATION, "Confirmer un projet"),
    (Objet.RECRUTEMENT, "Préparer un recrutement"),
)
PRESCRIPTEURS: Choix = (
    (Prescripteur.MISSION_LOCALE, "Mission locale"),
    (Prescripteur.FRANCE_TRAVAIL, "France Travail"),
    (Prescripteur.CAP_EMPLOI, "Cap emploi"),
    (Prescripteur.SIAE, "Structure d’insertion"),
    (Prescripteur.AUTRE_HABILITE, "Autre organisme habilité"),
    (Prescripteur.NON_HABILITE, "Organisme sans habilitation"),
)
PARTIES: Choix = (
    (Partie.BENEFICIAIRE, "La personne"),
    (Partie.PRESCRIPTEUR, "Le prescripteur"),
    (Partie.STRUCTURE_ACCUEIL, "Le lieu d’accueil"),
    (Partie.STRUCTURE_ACCOMPAGNEMENT, "La structure qui accompagne"),
    (Partie.EMPLOYEUR, "L’employeur, si elle est salariée"),
)
NATURES: Choix = ((Nature.DELIT, "Un délit"), (Nature.CONTRAVENTION, "Une contravention"))


class Proposer(Formulaire):
    disposition = ("dispositif", "statut", "qpv")
    dispositif = forms.ChoiceField(label="Vers quoi", help_text="Le groupe lira ce choix.")
    statut = forms.ChoiceField(
        label="Sous quel statut", required=False, help_text="Pour le service militaire volontaire ou adapté."
    )
    qpv = forms.ChoiceField(
        label="La personne habite un quartier prioritaire",
        required=False,
        widget=forms.RadioSelect,
        choices=[("oui", "Oui"), ("non", "Non"), ("", "Non connu")],
        initial="",
        help_text="Pour les comptes sans nom du bilan annuel.",
    )

    def __init__(self, *args: Any, dispositifs: Iterable[Dispositif], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ouverts = list(dispositifs)
        familles: dict[str, list[tuple[str, str]]] = {}
        for lu in ouverts:
            familles.setdefault(lu.famille_libelle, []).append((lu.code, lu.libelle))
        choix_du_champ(self, "dispositif").choices = [("", "Choisir"), *familles.items()]
        statuts = dict(statut for lu in ouverts for statut in lu.statuts if lu.famille == "armees")
        if statuts:
            choix_du_champ(self, "statut").choices = avec_vide(statuts.items(), "Sans objet")
        else:
            del self.fields["statut"]


class Repondre(Formulaire):
    disposition = ("reponse", "le")
    reponse = forms.ChoiceField(
        label="Réponse de la personne",
        widget=forms.RadioSelect,
        choices=[
            ("oui", Option("Elle accepte", "L’orientation peut être transmise.")),
            ("non", Option("Elle refuse", "Rien n’est transmis ; elle peut changer d’avis plus tard.")),
        ],
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, des_le: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["le"] = DateDuJour(label="Réponse donnée le", jour=jour, des_le=des_le)


class Transmettre(Formulaire):
    """The offer or the body, the days; then what the convention says, judged and not kept."""

    offre = forms.ChoiceField(label="Lieu d’accueil")
    debut = DateProcheField(label="Début prévu", required=False)
    fin = DateProcheField(label="Fin prévue", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, dispositif: str, offres: Choix, organismes: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dispositif = dispositif
        choix: list[tuple[str, Any]] = [("", "Choisir")]
        if offres:
            choix.append(("Offres du registre", [(f"offre:{cle}", nom) for cle, nom in offres]))
        if organismes:
            choix.append(("Organismes de l’annuaire", [(f"organisme:{cle}", nom) for cle, nom in organismes]))
        choix_du_champ(self, "offre").choices = choix
        if dispositif == "pmsmp":
            self._convention()

    def _convention(self) -> None:
        self.fields["objet"] = forms.ChoiceField(
            label="Objet de la période", widget=forms.RadioSelect, choices=OBJETS
        )
        self.fields["prescripteur"] = forms.ChoiceField(label="Prescripteur", choices=PRESCRIPTEURS)
        self.fields["parties"] = forms.MultipleChoiceField(
            label="Signataires de la convention",
            widget=forms.CheckboxSelectMultiple,
            choices=PARTIES,
            required=False,
        )
        self.fields["tuteur"] = forms.BooleanField(label="Un tuteur est désigné", required=False)
        self.fields["salarie"] = forms.BooleanField(label="La personne est salariée", required=False)
        self.fields["renouvellement"] = forms.BooleanField(
            label="C’est un renouvellement pour le même objet", required=False
        )

    def transmission(self) -> Transmission:
        """What was filled in, for the service."""
        lues = self.cleaned_data
        genre, _, cle = str(lues["offre"]).partition(":")
        convention = self.dispositif == "pmsmp"
        return Transmission(
            offre=UUID(cle) if genre == "offre" else None,
            organisme=UUID(cle) if genre == "organisme" else None,
            debut=lues["debut"],
            fin=lues["fin"],
            objet=lues["objet"] if convention else "",
            renouvellement=lues["renouvellement"] if convention else False,
            pmsmp=FaitsPmsmp(lues["prescripteur"], lues["tuteur"], lues["salarie"], lues["parties"])
            if convention
            else None,
        )


class DecideLaSuite(Formulaire):
    disposition = ("suite", "le")
    suite = forms.ChoiceField(label="Ce que le groupe décide", widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "suite").choices = options(liste("suites_participation", jour))
        self.fields["le"] = DateDuJour(label="Décidé le", jour=jour)


# --- Acts of a participation -----------------------------------------------------------------------


class Dater(Formulaire):
    """A day, and the version read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, des_le: date, libelle: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["le"] = DateDuJour(label=libelle, jour=jour, des_le=des_le)


class Conclure(Dater):
    """A day and a code of a closed list."""

    def __init__(
        self, *args: Any, champ: str, question: str, codes: Iterable[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields[champ] = forms.ChoiceField(label=question, widget=forms.RadioSelect, choices=list(codes))
        self.order_fields([champ, "le"])


class NoterPresence(Formulaire):
    disposition = (("le", "heures"), "etat")
    etat = forms.ChoiceField(
        label="Ce jour-là",
        widget=forms.RadioSelect,
        choices=[
            (EtatPresence.PRESENT, "Présent"),
            (EtatPresence.EXCUSE, "Excusé"),
            (EtatPresence.ABSENT, "Absent"),
        ],
        initial=EtatPresence.PRESENT,
    )
    heures = forms.DecimalField(
        label="Heures faites",
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=1,
        initial=0,
        help_text="Zéro pour une absence. Jamais la raison.",
    )

    def __init__(self, *args: Any, jour: date, des_le: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["le"] = DateDuJour(label="Jour", jour=jour, des_le=des_le)


class NoterBilan(Formulaire):
    disposition = (("evaluation_le", "reunion_le"), "apres")
    evaluation_le = DateProcheField(label="Fiche du tuteur remise le", required=False)
    reunion_le = DateProcheField(
        label="Réunion de fin de mesure le", required=False, help_text="Elle peut être à venir."
    )
    apres = forms.ChoiceField(label="Suite prévue", required=False, help_text="Préparée avec la personne.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "apres").choices = avec_vide(
            liste("suites_participation", jour).choix(), "Pas encore décidée"
        )


class OuvrirPrestataire(Formulaire):
    disposition = ("conseil", "organisme", "volet", "convenu_le")
    conseil = forms.ChoiceField(label="Conseil")
    organisme = forms.ChoiceField(label="Organisme qui accueille")
    volet = forms.ChoiceField(label="Qui il accueille")

    def __init__(
        self, *args: Any, jour: date, conseils: Choix, organismes: Choix, volets: Choix, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choix_du_champ(self, "conseil").choices = list(conseils)
        choix_du_champ(self, "organisme").choices = avec_vide(organismes)
        choix_du_champ(self, "volet").choices = list(volets)
        self.fields["convenu_le"] = DateDuJour(
            label="Engagement de confidentialité convenu le",
            jour=jour,
            help_text="Chaque agent le signera ensuite en son nom, avant de lire quoi que ce soit.",
        )
