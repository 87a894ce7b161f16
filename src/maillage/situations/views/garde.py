"""The guard while typing: the box the server would show after sending, and nothing kept of the words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from maillage.situations import garde
from maillage.situations.perms import SIGNALER
from maillage.socle.permissions import exige

#: As long as the longest text a form accepts; beyond, the form will say so itself.
LU_AU_PLUS = 4_000


@exige(SIGNALER)
@sensitive_post_parameters("texte")
@require_POST
def juger(request: HttpRequest) -> HttpResponse:
    """A fragment of page, one advice a rule; empty when nothing is to be rewritten."""
    signaux = garde.examiner(request.POST.get("texte", "")[:LU_AU_PLUS])
    codes = dict.fromkeys(signal.code for signal in signaux)
    trouvailles = [
        {
            "extraits": list(dict.fromkeys(s.extrait for s in signaux if s.code == code)),
            "nature": garde.libelle(code),
            "conseil": next(s.conseil for s in signaux if s.code == code),
        }
        for code in codes
    ]
    return render(request, "situations/_garde.html", {"trouvailles": trouvailles})
