/* Small help for forms; each works without it: the count is checked on the server, a second
   submission is refused there. */
(function () {
  "use strict";
  function count(area) {
    var limit = Number(area.dataset.limit), note = document.getElementById(area.id + "-count");
    /* By code point and with line ends as one, as the server counts. */
    var left = limit - Array.from(area.value.replace(/\r\n/g, "\n")).length;
    note.textContent = left >= 0 ? "还可以写 " + left + " 字" : "超出 " + -left + " 字，请缩短";
    note.classList.toggle("govuk-error-message", left < 0);
    note.classList.toggle("govuk-hint", left >= 0);
  }
  document.addEventListener("DOMContentLoaded", function () {
    var summary = document.querySelector("[data-error-summary]");
    if (summary) { summary.focus(); }
    document.querySelectorAll("textarea[data-limit]").forEach(function (area) {
      area.addEventListener("input", function () { count(area); });
      count(area);
    });
    document.querySelectorAll("form").forEach(function (form) {
      form.addEventListener("submit", function () {
        var button = form.querySelector("[data-once]");
        if (button) { setTimeout(function () { button.disabled = true; }, 0); }
      });
    });
    window.addEventListener("pageshow", function () {
      document.querySelectorAll("[data-once]").forEach(function (button) { button.disabled = false; });
    });
  });
})();
