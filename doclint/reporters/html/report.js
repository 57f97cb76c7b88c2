// Filters, and the way from a highlight to its finding and back. Without it the links still lead there.
// Every listener sits on the document, so a report put into a page later works as well.
(function () {
  "use strict";
  var LEVELS = ["info", "warning", "error"];
  document.documentElement.classList.add("js");

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    var hit = event.target.closest(".hit");
    var back = event.target.closest("a.to-draft");
    var report = event.target.closest("[data-report]");
    if (!report || (!hit && !back)) return;
    if (hit && !hit.classList.contains("off")) {
      event.preventDefault();
      // Where findings overlap, a click more shows the next one.
      var left = shown(hit, cards(report)), current = report.querySelector(".card.current");
      var last = current ? left.indexOf(current.closest("[data-card]").dataset.card) : -1;
      var next = left[(last + 1) % left.length];
      go(report, cards(report)[next].querySelector(".card"), next);
    } else if (back) {
      var target = document.getElementById(back.getAttribute("href").slice(1));
      if (!target) return;
      event.preventDefault();
      go(report, target, back.dataset.card);
    }
  });

  document.addEventListener("change", function (event) {
    var report = event.target.closest("[data-report]");
    if (report && event.target.closest("[data-filter]")) filter(report);
  });

  function go(report, target, number) {
    report.querySelectorAll(".current").forEach(function (one) { one.classList.remove("current"); });
    cards(report)[number].querySelector(".card").classList.add("current");
    report.querySelectorAll(".hit").forEach(function (hit) {
      if (findings(hit).indexOf(number) >= 0) hit.classList.add("current");
    });
    target.focus({ preventScroll: true });
    show(target);
    history.pushState(null, "", "#" + target.id);
  }

  // The list scrolls in a box of its own beside the draft: the page must not move with it.
  function show(target) {
    var box = target.closest(".findings");
    if (box && box.scrollHeight > box.clientHeight && getComputedStyle(box).overflowY !== "visible") {
      box.scrollTop += target.getBoundingClientRect().top - box.getBoundingClientRect().top - 16;
    } else {
      target.scrollIntoView({ block: "center" });
    }
  }

  function filter(report) {
    var level = chosen(report, "level"), family = chosen(report, "family"), all = cards(report), count = 0;
    var numbers = Object.keys(all);
    numbers.forEach(function (number) {
      var one = all[number];
      one.hidden = !level(one.dataset.level) || !family(one.dataset.family);
      count += one.hidden ? 0 : 1;
    });
    report.querySelectorAll(".hit").forEach(function (hit) {
      var left = shown(hit, all);
      var worst = Math.max.apply(null, left.map(function (number) { return LEVELS.indexOf(all[number].dataset.level); }));
      hit.classList.remove("info", "warning", "error");
      hit.classList.toggle("off", !left.length);
      if (left.length) hit.classList.add(LEVELS[worst]);
      if (hit.hasAttribute("href")) hit.tabIndex = left.length ? 0 : -1;
    });
    report.querySelector("[data-shown]").textContent =
      count === numbers.length ? "" : "Đang hiện " + count + " trong " + numbers.length + " phát hiện.";
  }

  // A report with one level or one family has no boxes for it: all of it is shown.
  function chosen(report, kind) {
    var boxes = Array.prototype.slice.call(report.querySelectorAll("[data-filter='" + kind + "'] input"));
    return function (value) {
      return !boxes.length || boxes.some(function (box) { return box.checked && box.value === value; });
    };
  }

  function findings(hit) { return hit.dataset.findings.split(" "); }

  function shown(hit, all) {
    return findings(hit).filter(function (number) { return !all[number].hidden; });
  }

  // The items of the list by the numbers of their findings.
  function cards(report) {
    var all = {};
    report.querySelectorAll("li[data-card]").forEach(function (one) { all[one.dataset.card] = one; });
    return all;
  }
})();
