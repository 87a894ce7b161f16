"""Reading and sending the pages of the room as a browser would."""

import uuid

from django.urls import reverse


def lire(client, nom, *args, statut=200, **kwargs) -> str:
    reponse = client.get(reverse(f"instances:{nom}", args=args), kwargs)
    assert reponse.status_code == statut, reponse.content.decode()[:600]
    return reponse.content.decode()


def envoyer(client, page, /, *args, **donnees):
    jeton = donnees.pop("jeton", uuid.uuid4())
    adresse = reverse(f"instances:{page}", args=args) + donnees.pop("suite", "")
    return client.post(adresse, {"jeton": str(jeton), **donnees})
