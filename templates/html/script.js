"use strict";
// Tables sort on a click on their heading and filter as one types; without scripts they are whole.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const original = Array.from(body.rows);
  table.tHead.querySelectorAll("th").forEach((heading, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const now = heading.getAttribute("aria-sort");
      const next = now === "ascending" ? "descending" : now === "descending" ? null : "ascending";
      for (const other of table.tHead.querySelectorAll("th")) other.removeAttribute("aria-sort");
      if (next) heading.setAttribute("aria-sort", next);
      const sign = next === "descending" ? -1 : 1;
      const key = (row) => row.cells[index].dataset.key || "";
      const rows = next
        ? Array.from(original).sort((a, b) => sign * compare(key(a), key(b)))
        : original;
      body.replaceChildren(...rows);
    });
  });
  if (original.length > 7) {
    const filter = document.createElement("input");
    filter.type = "search";
    filter.className = "filter";
    filter.placeholder = "Filter these rows";
    filter.setAttribute("aria-label", "Filter these rows");
    filter.addEventListener("input", () => {
      const wanted = filter.value.trim().toLowerCase();
      for (const row of original) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
    table.parentElement.before(filter);
  }
}
// Paper cannot be unfolded: what is folded away is printed, and folded again afterwards.
const folded = Array.from(document.querySelectorAll("details:not([open])"));
window.addEventListener("beforeprint", () => folded.forEach((each) => { each.open = true; }));
window.addEventListener("afterprint", () => folded.forEach((each) => { each.open = false; }));
function compare(a, b) {
  if (a === b) return 0;
  if (a === "") return 1;
  if (b === "") return -1;
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
}
