"""What the pages of the room need to be visited."""

from collections.abc import Callable

import pytest
from django.test import Client

from maillage.acteurs.models import Compte
from maillage.socle.temps import maintenant


@pytest.fixture
def entrer(client: Client) -> Callable[[Compte], Client]:
    """Sign in as an account, with a proof of identity of the last minutes."""

    def _entrer(compte: Compte) -> Client:
        client.force_login(compte)
        session = client.session
        session["eleve_le"] = maintenant().isoformat()
        session.save()
        return client

    return _entrer
