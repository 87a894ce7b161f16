/* Clés d'accès (WebAuthn). Le formulaire porte la demande ; la réponse de la clé y est mise, puis il part. */
(function () {
  "use strict";

  function octets(texte) {
    var brut = window.atob(texte.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(brut, function (signe) { return signe.charCodeAt(0); });
  }
  function texte(tampon) {
    var brut = String.fromCharCode.apply(null, new Uint8Array(tampon));
    return window.btoa(brut).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function decrire(cles) {
    return (cles || []).map(function (cle) { return { type: cle.type, id: octets(cle.id) }; });
  }
  function demander(usage, demande) {
    demande.challenge = octets(demande.challenge);
    if (usage === "creation") {
      demande.user.id = octets(demande.user.id);
      demande.excludeCredentials = decrire(demande.excludeCredentials);
      return navigator.credentials.create({ publicKey: demande });
    }
    demande.allowCredentials = decrire(demande.allowCredentials);
    return navigator.credentials.get({ publicKey: demande });
  }
  function reponse(cle) {
    var dite = { clientDataJSON: texte(cle.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (nom) {
      if (cle.response[nom]) dite[nom] = texte(cle.response[nom]);
    });
    return JSON.stringify({ id: cle.id, rawId: texte(cle.rawId), type: cle.type, response: dite, clientExtensionResults: {} });
  }

  if (!window.PublicKeyCredential || !navigator.credentials) return;
  document.querySelectorAll("form[data-cle]").forEach(function (formulaire) {
    var avec = formulaire.querySelector("[data-cle-avec]"), refus = formulaire.querySelector("[data-cle-refus]");
    formulaire.querySelector("[data-cle-sans]").hidden = true;
    avec.hidden = false;
    formulaire.addEventListener("submit", function (evenement) {
      evenement.preventDefault();
      refus.hidden = true;
      var bouton = avec.querySelector("button");
      if (bouton.getAttribute("aria-busy")) return;
      bouton.setAttribute("aria-busy", "true");
      demander(formulaire.dataset.cle, JSON.parse(formulaire.dataset.demande)).then(function (cle) {
        formulaire.elements.reponse.value = reponse(cle);
        formulaire.submit();
      }, function () {
        bouton.removeAttribute("aria-busy");
        refus.hidden = false;
      });
    });
  });
})();
