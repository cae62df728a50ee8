"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("has-script");
  const paragraphs = [...document.querySelectorAll(".p")];
  const search = document.getElementById("search");
  const least = document.getElementById("least");
  const shown = document.getElementById("shown");

  const chosen = () => [...document.querySelectorAll(".by-area:checked")].map((box) => box.value);

  function unmark() {
    for (const mark of document.querySelectorAll("mark.found")) mark.replaceWith(...mark.childNodes);
  }

  function mark(element, text) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      if (node.parentElement.closest(".why")) continue;
      let at = node.data.toLowerCase().indexOf(text);
      let rest = node;
      while (at >= 0) {
        const found = rest.splitText(at);
        rest = found.splitText(text.length);
        const element = document.createElement("mark");
        element.className = "found";
        found.replaceWith(element);
        element.append(found);
        at = rest.data.toLowerCase().indexOf(text);
      }
    }
  }

  function update() {
    const text = search ? search.value.trim().toLowerCase() : "";
    const lowest = least ? Number(least.value) : 0;
    const areas = chosen();
    let count = 0;
    unmark();
    for (const p of paragraphs) {
      const scores = JSON.parse(p.dataset.scores || "{}");
      const kept = Object.entries(scores).filter(([id, score]) => score >= lowest && (!areas.length || areas.includes(id)));
      const fits = lowest <= Number(least?.min ?? 0) || kept.length > 0;
      const has = !text || p.querySelector("p").textContent.toLowerCase().includes(text);
      p.classList.toggle("hidden", !(fits && has));
      if (fits && has) {
        count += 1;
        if (text) mark(p.querySelector("p"), text);
      }
    }
    if (shown) shown.textContent = text || lowest > Number(least?.min ?? 0) ? String(count) : "";
    if (least) document.getElementById("least-shown").textContent = Number(least.value).toFixed(2);
  }

  function go(step) {
    const doubtful = paragraphs.filter((p) => p.classList.contains("check") && p.offsetParent !== null);
    if (!doubtful.length) return;
    const current = doubtful.findIndex((p) => p === document.activeElement?.closest(".p"));
    const next = doubtful[(current + step + doubtful.length) % doubtful.length];
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "center" });
  }

  search?.addEventListener("input", update);
  least?.addEventListener("input", update);
  for (const box of document.querySelectorAll(".by-area")) box.addEventListener("change", update);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=search]")) return;
    if (event.key === "/") { event.preventDefault(); search?.focus(); }
    if (event.key === "n") go(1);
    if (event.key === "p") go(-1);
  });
  for (const head of document.querySelectorAll("th[data-sort]")) {
    head.addEventListener("click", () => {
      const body = head.closest("table").tBodies[0];
      const column = head.cellIndex;
      const rows = [...body.rows];
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      rows.sort((a, b) => value(a).localeCompare(value(b), undefined, { numeric: true }) * (up ? 1 : -1));
      body.append(...rows);
    });
  }
})();
