"""What the two pages opened most repeat in number: the lines of the list, the steps of a file.

Written here rather than in their templates (see ``interface.ecriture``); every text is escaped.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from maillage.interface.adresses import adresse
from maillage.interface.ecriture import jalon, texte
from maillage.interface.templatetags.maillage import icone
from maillage.interface.typographie import date_longue
from maillage.situations.dossier import Dossier, Evenement


def rangees(lignes: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows of the list, from what ``presentation.ligne`` says of each."""
    return SafeString("".join(map(_rangee, lignes)))


def _rangee(ligne: Mapping[str, Any]) -> str:
    pastille = ligne["pastille"]
    sous = ""
    if ligne["sous"]:
        numero = f'<span class="m-insec">n° {texte(ligne["numero"])}</span>'
        sous = f'<span class="m-sous">{texte(ligne["sous"])} · {numero}</span>'
    quand = f'<span class="m-sous">{texte(ligne["prochaine"])}</span>' if ligne["prochaine"] else ""
    return (
        f'<tr role="row"><th scope="row" role="rowheader"><a href="{texte(ligne["url"])}">'
        f"{texte(ligne['titre'])}</a>{sous}</th>\n"
        f'<td role="cell" data-t="Exposition"><span>{texte(ligne["exposition"])}</span></td>\n'
        f'<td role="cell" data-t="Référent"><span>{_referent(ligne)}</span></td>\n'
        f'<td role="cell" data-t="Prochaine date"><span><span class="m-etat{pastille.classe}">'
        f"{icone(pastille.icone)} <span>{texte(pastille.mot)}</span></span>{quand}</span></td>\n"
        f'<td role="cell" data-t="Conservation"><span>{texte(ligne["conservation"])}</span></td></tr>\n'
    )


def _referent(ligne: Mapping[str, Any]) -> str:
    if ligne["masque"]:
        return f'<span class="m-conf m-conf-masque">{icone("masque")} Organisme masqué</span>'
    if ligne["sans_referent"]:
        return f'<span class="m-etat m-etat-bientot">{icone("referent")} <span>À désigner</span></span>'
    structure = f'<span class="m-sous">{texte(ligne["structure"])}</span>' if ligne["structure"] else ""
    return f"{texte(ligne['referent'])}{structure}"


def frise(lu: Dossier) -> SafeString:
    """The steps of the timeline; its author may take back a contact just written."""
    return SafeString("".join(_jalon(fait, lu.situation.public_id) for fait in lu.frise))


def _jalon(fait: Evenement, situation: UUID) -> SafeString:
    suite = texte(fait.texte)
    if fait.retrait and fait.contact:
        retirer = adresse("situations:retirer_contact", situation, fait.contact)
        suite += render_to_string(
            "situations/_retirer.html", {"retirer": retirer, "jusqua": fait.retrait, "quoi": "contact"}
        )
    return jalon(
        le=fait.le,
        quand=date_longue(fait.le),
        titre=fait.titre,
        genre="" if fait.genre == "ordinaire" else fait.genre,
        suite=SafeString(suite),
    )
