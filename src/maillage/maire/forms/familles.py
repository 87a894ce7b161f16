"""What is typed of a family's file: codes, days, members ticked; one short text the guard reads."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms

from maillage.interface.formulaires import DateNaissanceField, DateProcheField, Formulaire, Option
from maillage.situations.api import DonneesIdentite, DonneesRepresentant, Remise
from maillage.situations.forms.champs import TexteGarde, avec_vide, options
from maillage.situations.rules.ages import choix_de_tranche
from maillage.strategie.api import Item, liste

Choix = Sequence[tuple[Any, Any]]
_SANS = {"autocomplete": "off"}
PARENTS = (1, 2)


def _court(libelle: str, **champs: Any) -> forms.CharField:
    return forms.CharField(label=libelle, widget=forms.TextInput(_SANS), **champs)


class SaisirFamille(Formulaire):
    """The child, one or two parents, and why. Two parents who live apart each get a letter."""

    disposition = (
        ("nom", "prenom"),
        "naissance",
        "tranche",
        "sexe",
        "adresse",
        "departement",
        *((f"parent{n}_nom", f"parent{n}_prenom", f"parent{n}_lien") for n in PARENTS),
        *((f"parent{n}_adresse",) for n in PARENTS),
        "origine",
        "motif",
    )
    nom = _court("Enfant : nom de naissance", max_length=80)
    prenom = _court("Prénom", max_length=80)
    sexe = forms.ChoiceField(
        label="Sexe", required=False, choices=[("", "Non précisé"), ("F", "Féminin"), ("M", "Masculin")]
    )
    adresse = _court("Adresse", max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        jour: date,
        departements: Choix,
        proches: Choix = (),
        origine: str = "",
        **kwargs: Any,
    ) -> None:
        """``origine``: the only one, where the file comes through a gate."""
        super().__init__(*args, **kwargs)
        self.fields["naissance"] = DateNaissanceField(required=False, aujourd_hui=lambda: jour)
        self.fields["tranche"] = forms.ChoiceField(
            label="Tranche d’âge, si la date est inconnue",
            required=False,
            choices=avec_vide(choix_de_tranche("jeune"), "Date connue"),
        )
        self.fields["departement"] = forms.ChoiceField(
            label="Département où vit la famille", choices=list(departements)
        )
        for n in PARENTS:
            self.fields[f"parent{n}_nom"] = _court(
                f"{'Premier' if n == 1 else 'Second'} parent : nom", max_length=80, required=n == 1
            )
            self.fields[f"parent{n}_prenom"] = _court("Prénom", max_length=80, required=False)
            self.fields[f"parent{n}_lien"] = forms.ChoiceField(
                label="Lien", required=n == 1, choices=avec_vide(liste("liens_representant").choix())
            )
            self.fields[f"parent{n}_adresse"] = _court(
                f"Adresse du {'premier' if n == 1 else 'second'} parent, si elle diffère",
                max_length=200,
                required=False,
            )
        self.fields["origine"] = forms.ChoiceField(
            label="Qui saisit le conseil", choices=_origines(jour, origine)
        )
        self.fields["motif"] = forms.ChoiceField(
            label="Motif", widget=forms.RadioSelect, choices=options(liste("motifs_famille", jour))
        )
        if proches:
            self.fields["rapprocher"] = forms.ChoiceField(
                label="Le conseil connaît déjà un enfant proche. Est-ce le même ?",
                widget=forms.RadioSelect,
                choices=[*proches, ("autre", Option("Non, c’est un autre enfant"))],
            )
            self.disposition = ("rapprocher", *self.disposition)

    def clean(self) -> dict[str, Any]:
        lues = super().clean() or {}
        if not (lues.get("naissance") or lues.get("tranche") or "naissance" in self.errors):
            self.add_error("tranche", "Indiquez la date de naissance, ou à défaut la tranche d’âge.")
        return lues

    def valeurs(self) -> dict[str, Any]:
        """What the command takes."""
        lues = self.cleaned_data
        personne = DonneesIdentite(
            **{cle: lues[cle] for cle in ("nom", "prenom", "sexe", "naissance", "adresse")}
        )
        parents = tuple(
            DonneesRepresentant(
                lues[f"parent{n}_nom"],
                lues[f"parent{n}_prenom"],
                lues[f"parent{n}_lien"] or "autre",
                adresse=lues[f"parent{n}_adresse"],
            )
            for n in PARENTS
            if lues[f"parent{n}_nom"]
        )
        rapprocher = lues.get("rapprocher", "autre")
        return {
            "personne": personne,
            "representants": parents,
            "tranche": lues["tranche"],
            **{cle: lues[cle] for cle in ("departement", "origine", "motif")},
            "rapprocher_de": None if rapprocher in {"", "autre"} else int(rapprocher),
        }


def _origines(jour: date, seule: str) -> list[tuple[str, str]]:
    connues = liste("origines_famille", jour).choix()
    return [paire for paire in connues if paire[0] == seule] if seule else avec_vide(connues)


def de_la_remise(remise: Remise, departement: str) -> dict[str, Any]:
    """What a signalement handed over fills in: who, and the parents; never why."""
    donnees = remise.identite.donnees
    valeurs: dict[str, Any] = {
        **{cle: getattr(donnees, cle) for cle in ("nom", "prenom", "sexe", "naissance", "adresse")},
        "tranche": "" if donnees.naissance else remise.tranche,
        "departement": departement,
    }
    for n, parent in zip(PARENTS, remise.identite.representants, strict=False):
        for cle in ("nom", "prenom", "lien", "adresse"):
            valeurs[f"parent{n}_{cle}"] = getattr(parent, cle)
    return valeurs


class Acte(Formulaire):
    """Base of the acts: the version read travels with the form."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def valeurs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Convoquer(Acte):
    """When, where, before whom, and how the letter is handed over."""

    disposition = (("jour", "heure"), "lieu", "moyen", "membres")
    heure = forms.TimeField(label="Heure", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    lieu = TexteGarde(label="Lieu", max_length=120, lignes=1)

    def __init__(self, *args: Any, des_le: date, fuseau: ZoneInfo, membres: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fuseau = fuseau
        self.fields["jour"] = DateProcheField(label="Jour de l’audition", des_le=des_le)
        self.fields["moyen"] = forms.ChoiceField(
            label="Remise de la lettre", widget=forms.RadioSelect, choices=options(liste("moyens_remise"))
        )
        self.fields["membres"] = forms.TypedMultipleChoiceField(
            label="Seront présents",
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            choices=list(membres),
            help_text="La lettre l’annonce à la famille.",
        )

    def valeurs(self) -> dict[str, Any]:
        lues = self.cleaned_data
        instant = datetime.combine(lues["jour"], lues["heure"], tzinfo=self.fuseau)
        return {
            "version": lues["version"],
            "audition_le": instant,
            **{cle: lues[cle] for cle in ("lieu", "moyen", "membres")},
        }


class Choisir(Acte):
    """One code of a closed list."""

    def __init__(self, *args: Any, nom: str, libelle: str, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[nom] = forms.ChoiceField(label=libelle, widget=forms.RadioSelect, choices=options(items))


class Entendre(Acte):
    """Who presided, which members and who of the family were there. Nothing of what was said."""

    def __init__(self, *args: Any, elus: Choix, membres: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preside_par"] = forms.TypedChoiceField(
            label="Présidée par", coerce=int, choices=[("", "Choisir"), *elus]
        )
        self.fields["membres"] = forms.TypedMultipleChoiceField(
            label="Membres présents", coerce=int, widget=forms.CheckboxSelectMultiple, choices=list(membres)
        )
        self.fields["famille"] = forms.MultipleChoiceField(
            label="Présents de la famille",
            widget=forms.CheckboxSelectMultiple,
            choices=options(liste("presences_famille")),
        )


class ProposerSuite(Acte):
    """A recommendation and its types, a protocol and its days, or nothing more."""

    disposition = ("genre", "types", "precision", ("debut", "fin"))
    precision = TexteGarde(
        label="Précision",
        max_length=300,
        required=False,
        help_text="Un lieu, un horaire, un contact. Rien de ce qui s’est dit.",
    )

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suites = [item for item in liste("suites_famille", jour) if item.attributs["proposee"]]
        self.fields["genre"] = forms.ChoiceField(
            label="Ce que le conseil propose", widget=forms.RadioSelect, choices=options(suites)
        )
        self.fields["types"] = forms.MultipleChoiceField(
            label="Recommandations",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=options(liste("recommandations_famille", jour)),
        )
        self.fields["debut"] = DateProcheField(label="Protocole : premier jour", required=False)
        self.fields["fin"] = DateProcheField(label="Protocole : dernier jour", required=False)


class ProposerAccompagnement(Acte):
    """Who would accompany the parents: a body of the directory."""

    def __init__(self, *args: Any, organismes: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisme"] = forms.TypedChoiceField(
            label="Organisme qui accompagne", coerce=UUID, choices=[("", "Choisir"), *organismes]
        )


class NoterReponse(Acte):
    """Yes, with its days and who accompanies; or no, which needs no reason."""

    disposition = ("reponse", ("debut", "fin"), "referent")
    reponse = forms.ChoiceField(
        label="Réponse des parents",
        widget=forms.RadioSelect,
        choices=[
            ("oui", Option("Ils acceptent", "Donnez les dates et qui accompagne.")),
            ("non", Option("Ils refusent", "C’est leur droit ; aucun motif n’est demandé.")),
        ],
    )

    def __init__(self, *args: Any, membres: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["debut"] = DateProcheField(label="Premier jour", required=False)
        self.fields["fin"] = DateProcheField(label="Dernier jour", required=False)
        self.fields["referent"] = forms.TypedChoiceField(
            label="Membre qui accompagne la famille",
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "Choisir"), *membres],
        )

    def valeurs(self) -> dict[str, Any]:
        lues = dict(self.cleaned_data)
        return {"oui": lues.pop("reponse") == "oui", **lues}


class FaireLePoint(Choisir):
    """A result by a code, and the two days."""

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(
            *args, nom="resultat", libelle="Où en est la famille", items=liste("bilans_famille"), **kwargs
        )
        self.fields["fait_le"] = DateProcheField(label="Point fait le", jusqu_au=jour, initial=jour)
        self.fields["prochain_le"] = DateProcheField(label="Prochain point le", des_le=jour)


class Dater(Choisir):
    """A code of a list and the day it holds from."""

    def __init__(self, *args: Any, champ: str, quand: str, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[champ] = DateProcheField(label=quand, jusqu_au=jour, initial=jour)


class SaisirDepartement(Acte):
    """Whose president is asked: that of where the family lives."""

    def __init__(self, *args: Any, departements: Choix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departement"] = forms.ChoiceField(
            label="Département où vit la famille", choices=list(departements)
        )


class PasserAuGroupe(Acte):
    """To which groupe of the actor's, and for what it is then signalled."""

    def __init__(self, *args: Any, groupes: Choix, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groupe"] = forms.ChoiceField(label="Groupe", choices=list(groupes))
        motifs = [
            item
            for item in liste("motifs_signalement", jour)
            if "jeune" in item.attributs["volets"] and not item.attributs.get("judiciaire")
        ]
        self.fields["motif"] = forms.ChoiceField(
            label="Motif du signalement", widget=forms.RadioSelect, choices=options(motifs)
        )


class AjouterParent(Acte):
    """Another parent, who gets a letter of their own."""

    disposition = (("nom", "prenom"), "lien", "adresse", "telephone")
    nom = _court("Nom", max_length=80)
    prenom = _court("Prénom", max_length=80, required=False)
    adresse = _court("Adresse", max_length=200, required=False)
    telephone = _court("Téléphone", max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lien"] = forms.ChoiceField(
            label="Lien avec l’enfant", choices=avec_vide(liste("liens_representant").choix())
        )

    def valeurs(self) -> dict[str, Any]:
        lues = dict(self.cleaned_data)
        return {"version": lues.pop("version"), "parent": DonneesRepresentant(**lues)}
