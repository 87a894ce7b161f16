"""DATABASE_URL: read carefully, refused in a sentence that never repeats it."""

import pytest

from maillage.socle.postgres import Serveur, exiger_serveur_externe, url_externe, verifier_version
from maillage.socle.postgres import externe as module_externe
from maillage.socle.postgres.erreurs import AdresseRefusee

pytestmark = pytest.mark.serveur


def test_no_address_means_the_embedded_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert url_externe() is None
    monkeypatch.setenv("DATABASE_URL", "  ")
    assert url_externe() is None


def test_an_address_is_read_with_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://m_web:m%40t@base.commune.test:6432/x?sslmode=verify-full")
    lue = url_externe()
    assert lue is not None
    assert (lue.hote, lue.port, lue.role, lue.base) == ("base.commune.test", 6432, "m_web", "x")
    assert lue.mot_de_passe == "m@t"
    assert lue.libpq()["sslmode"] == "verify-full"
    assert lue.django()["OPTIONS"] == {"sslmode": "verify-full", "prepare_threshold": 0}
    monkeypatch.setenv("DATABASE_URL", "host=base user=m_web")
    lue = url_externe()
    assert lue is not None
    assert (lue.port, lue.base) == (5432, "maillage")


@pytest.mark.parametrize(
    "adresse",
    [
        "mysql://m_web:secret@base/x",
        "sqlite:///secret.db",
        "postgresql://m_web:secret@base:port/x",
        "n’importe quoi secret",
        "postgresql:///x?user=m_web&password=secret",
        "postgresql://base/x?password=secret",
        "postgresql://m_web:secret@un:5432,deux:5433/x",
    ],
)
def test_an_address_we_cannot_use_is_refused_without_being_repeated(
    monkeypatch: pytest.MonkeyPatch, adresse: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", adresse)
    with pytest.raises(AdresseRefusee) as refus:
        url_externe()
    assert "secret" not in str(refus.value)
    assert str(refus.value).startswith("DATABASE_URL")


def test_a_server_of_an_unknown_version_is_refused(serveur: Serveur, monkeypatch: pytest.MonkeyPatch) -> None:
    parametres = serveur.parametres_connexion("m_web")
    exiger_serveur_externe(parametres)
    monkeypatch.setattr(module_externe, "VERSIONS", range(16, 18))
    with serveur.connexion_superutilisateur() as conn, pytest.raises(AdresseRefusee, match="de 16 à 17"):
        verifier_version(conn)


def test_a_server_that_does_not_answer_is_named_without_its_password(serveur: Serveur) -> None:
    parametres = serveur.parametres_connexion("m_web", "absente")
    with pytest.raises(AdresseRefusee, match="« absente » ne répond pas") as refus:
        exiger_serveur_externe(parametres)
    assert parametres.mot_de_passe not in str(refus.value)
