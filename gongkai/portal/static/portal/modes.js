/* Keeps the reader's choice of size, contrast and elder mode on this device. Everything works
   without this file: what needs it stays hidden until it has run. */
(function () {
  "use strict";
  var root = document.documentElement, key = "gongkai-modes", names = ["mode", "size", "contrast"], chosen = {};
  try { chosen = JSON.parse(localStorage.getItem(key)) || {}; } catch (e) { chosen = {}; }

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
    try { localStorage.setItem(key, JSON.stringify(chosen)); } catch (e) { /* this page only */ }
    apply();
    mark();
  }
  apply();
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-enhance]").forEach(function (part) { part.hidden = false; });
    mark();
    document.addEventListener("click", function (event) {
      var button = event.target.closest ? event.target.closest("[data-set],[data-print]") : null;
      if (!button) { return; }
      if (button.hasAttribute("data-print")) { window.print(); } else { choose(button); }
    });
  });
})();
