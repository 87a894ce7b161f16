"""The registers beside the groupes: the acts of two mayors, a family council, with those who read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.demo.territoire import Territoire, au_nom_de, description
from maillage.instances import api as instances
from maillage.instances.api import Formation


def batir_registres(territoire: Territoire, instant: datetime) -> None:
    """Opened by the mayor, who habilitates the coordination; then the others, who sign."""
    for brut in description()["registres"]:
        president = territoire.comptes[brut["president"]]
        conseil = territoire.conseils[brut["conseil"]].public_id
        with au_nom_de(president, instant):
            if brut["genre"] == "actes_maire":
                formation = instances.ouvrir_actes_du_maire(
                    conseil=conseil, commune=brut["commune"], fixe_le=instant.date()
                )
            else:
                formation = instances.creer_conseil_des_familles(
                    conseil=conseil,
                    genre=brut["genre"],
                    commune=brut["commune"],
                    delibere_le=brut["delibere_le"],
                    deliberation=brut["deliberation"],
                )
        territoire.registres[brut["code"]] = formation
        _membres(
            formation,
            president=president,
            coordination=territoire.comptes[brut["coordination"]],
            membres=[(territoire.comptes[code], role) for code, role in brut["membres"]],
            instant=instant,
        )


def _membres(
    formation: Formation,
    *,
    president: Compte,
    coordination: Compte,
    membres: Sequence[tuple[Compte, str]],
    instant: datetime,
) -> None:
    tous = [coordination, president, *(compte for compte, _ in membres)]
    with au_nom_de(coordination, instant):
        tenus: dict[int | None, UUID] = {
            siege.organisme_id: siege.public_id for siege in formation.sieges.all()
        }
        for compte in tous:
            if compte.organisme is not None and compte.organisme_id not in tenus:
                siege = instances.ajouter_siege(
                    formation=formation.public_id, organisme=compte.organisme.public_id
                )
                tenus[compte.organisme_id] = siege.public_id
    with au_nom_de(president, instant):
        instances.habiliter(
            siege=tenus[coordination.organisme_id], compte=coordination.public_id, role="coordonnateur"
        )
    with au_nom_de(coordination, instant):
        for compte, role in [(president, "maire"), *membres]:
            instances.habiliter(siege=tenus[compte.organisme_id], compte=compte.public_id, role=role)
    for compte in tous:
        with au_nom_de(compte, instant + timedelta(days=1)):
            charte = formation.textes.get(genre="charte", etat="adopte")
            instances.signer_charte(texte=charte.public_id)
