"use strict";
// Tables sort on a click on their heading and filter as one types; without scripts they are whole.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const original = Array.from(body.rows);
  table.tHead.querySelectorAll("th").forEach((heading, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
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
  if (original.length > 10) {
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
// A figure tells beside itself how it came about; without scripts its link leads to the note.
const card = document.createElement("div");
card.className = "card";
card.popover = "auto";
card.setAttribute("role", "dialog");
card.setAttribute("aria-label", "How this figure is made");
document.body.append(card);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.follow");
  if (!link || !card.showPopover) return;
  event.preventDefault();
  const notes = [link.dataset.also, link.hash.slice(1)].filter(Boolean);
  card.replaceChildren(...notes.map((id) => {
    const copy = document.createElement("p");
    copy.append(...document.getElementById(id).cloneNode(true).childNodes);
    return copy;
  }));
  card.showPopover();
  const [place, room] = [link.getBoundingClientRect(), document.documentElement];
  const left = Math.min(place.left, room.clientWidth - card.offsetWidth - 8);
  const below = place.bottom + 6;
  const fits = below + card.offsetHeight < room.clientHeight;
  card.style.left = `${Math.max(8, left)}px`;
  card.style.top = `${Math.max(8, fits ? below : place.top - card.offsetHeight - 6)}px`;
});
window.addEventListener("scroll", () => { if (card.matches(":popover-open")) card.hidePopover(); }, { passive: true });
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
