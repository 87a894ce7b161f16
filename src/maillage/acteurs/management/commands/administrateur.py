"""``maillage gerer administrateur``: the first account of an installation, and the way back in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from maillage.acteurs.services import comptes, mot_de_passe
from maillage.socle.refus import Introuvable, Refus


class Command(BaseCommand):
    help = (
        "Ouvre le compte de la première personne qui administre les comptes, et donne le lien "
        "par lequel elle choisit son mot de passe. Avec --secours, rend l’accès à une personne "
        "qui administre déjà les comptes : nouveau lien, second facteur à remettre en place, "
        "sessions fermées."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("courriel", help="adresse électronique professionnelle")
        parser.add_argument("--prenom", default="")
        parser.add_argument("--nom", default="")
        parser.add_argument("--secours", action="store_true", help="rend l’accès à un compte existant")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["secours"]:
                compte = comptes.secourir_administration(courriel=options["courriel"])
            elif not (options["prenom"] and options["nom"]):
                raise CommandError("Indiquez --prenom et --nom.")
            else:
                compte = comptes.amorcer_administration(
                    courriel=options["courriel"], prenom=options["prenom"], nom=options["nom"]
                )
        except Refus as refus:
            raise CommandError(" ".join(motif.texte for motif in refus.verdict.motifs)) from refus
        except Introuvable as absent:
            raise CommandError("Aucun compte ouvert à cette adresse n’administre les comptes.") from absent
        jeton = mot_de_passe.jeton_d_ouverture(compte)
        lien = reverse("acteurs:ouverture", kwargs={"public_id": compte.public_id, "jeton": jeton})
        self.stdout.write(f"Adresse à ouvrir sur le site, une seule fois et avant trois jours :\n{lien}")
