/* Maillage : confort seulement. Sans ce fichier, tout fonctionne : le serveur dit la même chose après l'envoi. */
(function () {
  "use strict";

  /* Connexion perdue : rien ne part, la page reste avec ce qui est saisi. Un appel d'une ligne, avant l'envoi, le dit. */
  document.addEventListener("submit", function (evenement) {
    var formulaire = evenement.target, dehors = document.getElementById("hors-ligne");
    if (!formulaire.hasAttribute("data-envoi-unique") || formulaire.dataset.joint || !dehors || !window.fetch) return;
    evenement.preventDefault();
    if (formulaire.dataset.essai) return;
    formulaire.dataset.essai = "oui";
    var bouton = evenement.submitter, arret = new AbortController();
    var delai = window.setTimeout(function () { arret.abort(); }, 8000);
    var ancien = formulaire.querySelector("[data-hors-ligne]");
    if (ancien) ancien.remove();
    fetch(dehors.dataset.adresse, { method: "HEAD", cache: "no-store", credentials: "omit", signal: arret.signal }).then(function () {
      formulaire.dataset.joint = "oui";
      formulaire.requestSubmit(bouton);
    }, function () {
      formulaire.prepend(dehors.content.cloneNode(true));
      formulaire.querySelector("[data-hors-ligne]").focus();
    }).finally(function () { window.clearTimeout(delai); delete formulaire.dataset.essai; });
  });

  /* Un second clic n'envoie pas deux fois. Le serveur refuse aussi le doublon (jeton à usage unique). */
  document.addEventListener("submit", function (evenement) {
    var formulaire = evenement.target;
    if (evenement.defaultPrevented || !formulaire.hasAttribute("data-envoi-unique")) return;
    if (formulaire.dataset.envoye) { evenement.preventDefault(); return; }
    formulaire.dataset.envoye = "oui";
    var bouton = evenement.submitter;
    if (bouton) bouton.setAttribute("aria-busy", "true");
    window.setTimeout(function () { delete formulaire.dataset.envoye; if (bouton) bouton.removeAttribute("aria-busy"); }, 8000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form").forEach(function (f) { delete f.dataset.envoye; delete f.dataset.joint; });
    document.querySelectorAll("[aria-busy]").forEach(function (b) { b.removeAttribute("aria-busy"); });
  });

  /* Le résumé des erreurs reçoit le focus, y compris là où « autofocus » est ignoré. */
  var resume = document.querySelector("[data-erreurs]");
  if (resume && document.activeElement !== resume) resume.focus();

  /* Compteur de signes : le texte fixe « 280 signes au plus » devient « il reste 120 signes ». */
  document.querySelectorAll("[data-compteur]").forEach(function (ligne) {
    var champ = document.getElementById(ligne.dataset.compteur);
    if (!champ || !champ.dataset.limite) return;
    var limite = Number(champ.dataset.limite), attente;
    ligne.setAttribute("aria-live", "polite");
    function dire() {
      var reste = limite - champ.value.length, n = Math.abs(reste);
      var mot = n > 1 ? " signes" : " signe";
      ligne.textContent = champ.value.length === 0 ? limite + " signes au plus"
        : reste >= 0 ? "Il reste " + n + mot + " sur " + limite : n + mot + " de trop, pour " + limite + " au plus";
      ligne.classList.toggle("est-trop", reste < 0);
    }
    champ.addEventListener("input", function () { window.clearTimeout(attente); attente = window.setTimeout(dire, 350); });
    dire();
  });

  /* Garde de rédaction pendant la frappe : le serveur juge et rend le bloc, celui même qu'il montrerait après l'envoi. */
  document.querySelectorAll("[data-garde]").forEach(function (champ) {
    var boite = document.getElementById(champ.id + "_garde"), attente, dernier = champ.value;
    var jeton = champ.form && champ.form.querySelector("[name=csrfmiddlewaretoken]");
    if (!boite || !jeton || !window.fetch) return;
    function juger() {
      if (champ.value === dernier) return;
      dernier = champ.value;
      fetch(champ.dataset.garde, {
        method: "POST",
        headers: { "X-CSRFToken": jeton.value, "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ texte: dernier })
      }).then(function (r) { return r.ok && !r.redirected ? r.text() : null; })
        .then(function (html) { if (html !== null && champ.value === dernier) boite.innerHTML = html; })
        .catch(function () { /* hors ligne : le serveur jugera à l'envoi */ });
    }
    champ.addEventListener("input", function () { window.clearTimeout(attente); attente = window.setTimeout(juger, 600); });
  });

  /* Une session sans action finit. La page le dit avant ; seul un clic la prolonge, rien ne part tout seul. La fin passée, une
     page où rien n'est saisi laisse la place à la connexion ; une saisie reste, et le serveur la garde quand on l'envoie. */
  var fin = document.getElementById("fin-de-session");
  if (fin && window.fetch) (function () {
    var onglets = window.BroadcastChannel ? new BroadcastChannel("maillage-session") : null;
    var echeance = 0, minuterie, boite = null, saisi = false;
    function montrer(etat) {
      if (!boite) { document.body.append(fin.content.cloneNode(true)); boite = document.querySelector("[data-fin]"); boite.querySelector("button").addEventListener("click", rester); }
      boite.dataset.fin = etat;
      boite.querySelectorAll("[data-etat]").forEach(function (e) { e.hidden = e.dataset.etat !== etat; });
      boite.querySelector("time").textContent = new Date(echeance).toLocaleTimeString("fr", { hour: "2-digit", minute: "2-digit" });
    }
    function juger() {
      var reste = (echeance - Date.now()) / 1000, marge = Number(fin.dataset.marge), preavis = Number(fin.dataset.preavis);
      window.clearTimeout(minuterie);
      if (reste > preavis) { if (boite) { boite.remove(); boite = null; } }
      else if (reste > -marge) montrer("bientot");
      else if (saisi) { montrer("finie"); return; }
      else { window.location.replace(fin.dataset.connexion); return; }
      minuterie = window.setTimeout(juger, 1000 * Math.max(1, reste > preavis ? reste - preavis : reste + marge));
    }
    function repartir(secondes) {
      echeance = Date.now() + secondes * 1000;
      if (onglets) onglets.postMessage(echeance);
      juger();
    }
    function rester() {
      fetch(fin.dataset.adresse, { headers: { Accept: "application/json" }, cache: "no-store" }).then(function (r) {
        if (!r.ok || r.redirected) throw new Error();
        return r.json();
      }).then(function (lu) { repartir(lu.reste); }, function () { montrer("finie"); });
    }
    if (onglets) onglets.onmessage = function (evenement) { if (evenement.data > echeance) { echeance = evenement.data; juger(); } };
    document.addEventListener("input", function () { saisi = true; });
    document.addEventListener("visibilitychange", function () { if (!document.hidden) juger(); });
    repartir(Number(fin.dataset.reste));
  })();

  /* La rubrique ouverte se voit dans un menu plus long que l'écran. */
  var menu = document.querySelector(".m-nav"), ici = menu && menu.querySelector("[aria-current]");
  var bas = ici ? ici.getBoundingClientRect().bottom - menu.getBoundingClientRect().top : 0;
  if (ici && bas > menu.clientHeight) menu.scrollTop += bas - menu.clientHeight * .75;

  /* Impression demandée par un bouton. */
  document.querySelectorAll("[data-imprimer]").forEach(function (bouton) {
    bouton.hidden = false;
    bouton.addEventListener("click", function () { window.print(); });
  });
})();
