/* Applies the reader's choices of size, contrast, elder mode and pointer at once, and keeps them in
   the same cookies by which the server chooses /display.css where no script runs. Reading line and
   reading aloud need a script. Everything works without this file. */
(function () {
  "use strict";
  var root = document.documentElement, names = ["mode", "size", "contrast", "cursor"], chosen = {};

  document.cookie.split("; ").forEach(function (pair) {
    var parts = pair.split("=");
    if (parts[0].slice(0, 3) === "gk_" && names.indexOf(parts[0].slice(3)) >= 0) { chosen[parts[0].slice(3)] = parts[1]; }
  });
  function apply() {
    names.forEach(function (name) {
      if (chosen[name]) { root.setAttribute("data-" + name, chosen[name]); } else { root.removeAttribute("data-" + name); }
    });
  }
  function mark() {
    document.querySelectorAll("[data-set]").forEach(function (button) {
      var on = (chosen[button.dataset.set] || "") === button.dataset.value;
      button.setAttribute("aria-pressed", on ? "true" : "false");
    });
  }
  function choose(button) {
    var name = button.dataset.set, value = button.dataset.value;
    chosen[name] = chosen[name] === value ? "" : value;
    document.cookie = "gk_" + name + "=" + chosen[name] + "; Path=/; SameSite=Lax; Max-Age=" + (chosen[name] ? 31536000 : 0);
    apply();
    mark();
  }
  function ruler(button) {
    var line = document.querySelector(".ruler"), on = !line;
    button.setAttribute("aria-pressed", on ? "true" : "false");
    if (line) { line.remove(); return; }
    line = document.createElement("div");
    line.className = "ruler";
    line.setAttribute("aria-hidden", "true");
    document.body.appendChild(line);
    document.addEventListener("pointermove", function (event) { line.style.top = event.clientY + "px"; });
  }
  function aloud(button) {
    var voice = window.speechSynthesis, words;
    button.setAttribute("aria-pressed", voice.speaking ? "false" : "true");
    if (voice.speaking) { voice.cancel(); return; }
    words = new SpeechSynthesisUtterance(String(window.getSelection()) || document.querySelector("main").innerText);
    words.lang = "zh-CN";
    words.onend = words.onerror = function () { button.setAttribute("aria-pressed", "false"); };
    voice.speak(words);
  }
  apply();
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-enhance]").forEach(function (part) { part.hidden = false; });
    document.querySelectorAll("[data-aloud]").forEach(function (part) { part.hidden = !("speechSynthesis" in window); });
    mark();
    document.addEventListener("click", function (event) {
      var button = event.target.closest ? event.target.closest("[data-set],[data-print],[data-ruler],[data-aloud]") : null;
      if (!button) { return; }
      if (button.hasAttribute("data-print")) { window.print(); }
      else if (button.hasAttribute("data-ruler")) { ruler(button); }
      else if (button.hasAttribute("data-aloud")) { aloud(button); }
      else { choose(button); }
    });
    window.addEventListener("pagehide", function () { if (window.speechSynthesis) { window.speechSynthesis.cancel(); } });
    window.addEventListener("hashchange", function () {
      var notice = document.querySelector(".leave:target");
      if (notice) { notice.focus(); }
    });
    document.addEventListener("keydown", function (event) {
      var notice = document.querySelector(".leave:target");
      if (notice && event.key === "Escape") { notice.querySelector(".leave-stay").click(); }
    });
  });
})();
