"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const [nodes, limit] = [data.nodes, data.limit];
  const placeOf = new Map(nodes.map((node, place) => [node.id, place]));
  const waiters = nodes.map(() => []);
  const givers = nodes.map(() => []);
  for (const [giver, waiter] of data.edges) {
    waiters[giver].push(waiter);
    givers[waiter].push(giver);
  }
  const above = (place) => givers[place];
  const below = (place) => waiters[place];
  const kinds = [...new Set(nodes.map((node) => node.kind))].sort((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b));
  const state = {};
  let cy = null;

  // --- what there is ---------------------------------------------------------------------------

  function rankOf(kind) {
    const place = data.shown.indexOf(kind);
    return place < 0 ? data.shown.length : place;
  }
  function plainKind(kind) { return kind.replaceAll("_", " "); }
  function counted(count, word) {
    const plural = /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
    return `${count} ${count === 1 ? word : plural}`;
  }

  // Everything that lies on one side of a thing, with its distance, the nearest first.
  function reach(start, ties) {
    const found = new Map([[start, 0]]);
    for (const [place, distance] of found) {
      for (const next of ties(place)) if (!found.has(next)) found.set(next, distance + 1);
    }
    found.delete(start);
    return found;
  }
  function isAffected(node) {
    return Boolean(node.moved || node.id in data.injected || (node.effects || []).some((each) => each.days || each.money));
  }
  const onTheWay = new Set(Object.keys(data.injected));
  for (const node of nodes) {
    if (!isAffected(node)) continue;
    onTheWay.add(node.id);
    for (const effect of node.effects || []) for (const id of effect.through) onTheWay.add(id);
  }

  // --- what is shown ---------------------------------------------------------------------------

  function begin() {
    state.kinds = new Set(kinds.filter((kind) => data.shown.includes(kind)));
    state.opened = new Set();
    for (const id of onTheWay) if (placeOf.has(id)) state.kinds.add(nodes[placeOf.get(id)].kind);
    state.scope = onTheWay.size ? "affected" : data.chosen.length ? "around" : "all";
    state.selected = data.chosen.length === 1 ? placeOf.get(data.chosen[0]) : -1;
    if (state.scope === "around" && state.selected < 0) state.scope = "all";
  }

  function isWanted(place) {
    const node = nodes[place];
    return state.kinds.has(node.kind) || place === state.selected || node.id in data.injected
      || (state.opened.has(node.project) && node.kind === "activity");
  }

  // The places to draw, the most telling first where they are too many, and how many were wanted.
  function chosenPlaces() {
    let places = nodes.map((_, place) => place);
    if (state.scope === "affected") places = places.filter((place) => onTheWay.has(nodes[place].id) || place === state.selected);
    if (state.scope === "around" && state.selected >= 0) {
      const near = new Map([[state.selected, 0]]);
      for (const ties of [above, below]) for (const [place, far] of reach(state.selected, ties)) near.set(place, far);
      places = [...near.keys()].sort((a, b) => near.get(a) - near.get(b));
    } else {
      const weight = (place) => (place === state.selected ? -2 : onTheWay.has(nodes[place].id) ? -1 : rankOf(nodes[place].kind));
      const busy = (place) => waiters[place].length + givers[place].length;
      places.sort((a, b) => weight(a) - weight(b) || busy(b) - busy(a) || a - b);
    }
    const wanted = places.filter(isWanted);
    return [new Set(wanted.slice(0, limit)), wanted.length];
  }

  // The links among what is drawn; one that passes through hidden things is indirect, and is left
  // out where drawn things say the same.
  function tiesAmong(shown) {
    const found = new Map();
    for (const start of shown) {
      const ends = new Map();
      const seen = new Set([start]);
      let level = [[start, true]];
      while (level.length) {
        const next = [];
        for (const [place, first] of level) {
          for (const end of waiters[place]) {
            if (seen.has(end) && !(first && ends.has(end))) continue;
            seen.add(end);
            if (shown.has(end)) ends.set(end, ends.get(end) || first);
            else next.push([end, false]);
          }
        }
        level = next;
      }
      found.set(start, ends);
    }
    const ties = new Map([...shown].map((place) => [place, [...found.get(place).keys()]]));
    const beyond = new Map();
    const after = (place) => {
      if (!beyond.has(place)) beyond.set(place, reach(place, (each) => ties.get(each)));
      return beyond.get(place);
    };
    const result = [];
    for (const [start, ends] of found) {
      for (const [end, direct] of ends) {
        const said = !direct && [...ends.keys()].some((other) => other !== end && after(other).has(end) && !after(end).has(other));
        if (!said) result.push([start, end, direct]);
      }
    }
    return result;
  }

  // --- drawing ---------------------------------------------------------------------------------

  function shortened(text, length) { return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text; }
  function labelOf(node) {
    const effect = (node.effects || []).find((each) => each.money) || (node.effects || [])[0];
    const days = node.moved ? node.moved.days : effect ? effect.days : 0;
    const facts = [plainKind(node.kind)];
    if (node.id in data.injected) facts.push(`slips by ${data.injected[node.id]}`);
    else if (days) facts.push(`${days > 0 ? "+" : ""}${days} d`);
    if (effect && effect.money) facts.push(effect.money);
    else if (!days && node.expected) facts.push(node.expected);
    return `${shortened(node.name || node.id, 44)}\n${facts.join(" · ")}`;
  }
  function lookOf(node) {
    if (node.id in data.injected) return "cause";
    if ((node.effects || []).some((each) => each.adverse)) return "hit";
    if (isAffected(node)) return "moved";
    if (["project", "programme"].includes(node.kind)) return "project";
    return ["activity", "milestone", "dependency", "gate"].includes(node.kind) ? "point" : "business";
  }

  function palette() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const filled = (look, fill, line, width = 1.5) => ({
      selector: `node.${look}`, style: { "background-color": colour(fill), "border-color": colour(line), "border-width": width },
    });
    return [
      { selector: "node", style: {
        shape: "round-rectangle", width: 210, height: 62, label: "data(label)", "text-wrap": "wrap", "text-max-width": 202,
        "text-valign": "center", "text-halign": "center", "font-size": 13, "line-height": 1.2, color: colour("ink"),
        "font-family": "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif",
        "background-color": colour("card"), "border-color": colour("line"), "border-width": 1.5, "min-zoomed-font-size": 5,
      } },
      filled("point", "grey-bg", "grey", 1),
      filled("business", "green-bg", "green"),
      filled("moved", "amber-bg", "amber"),
      filled("hit", "red-bg", "red", 2.5),
      filled("cause", "cause-bg", "cause", 3),
      { selector: "node.project", style: { "background-color": colour("deep"), "border-color": colour("deep"), color: colour("card"), "font-weight": 600 } },
      { selector: "node[kind = 'milestone']", style: { shape: "cut-rectangle" } },
      { selector: "node[kind = 'customer']", style: { shape: "round-tag" } },
      { selector: "edge", style: {
        width: 1.5, "curve-style": "bezier", "line-color": colour("grey"), "target-arrow-color": colour("grey"),
        "target-arrow-shape": "triangle", "arrow-scale": 0.9, opacity: 0.6,
      } },
      { selector: "edge.indirect", style: { "line-style": "dashed", "line-dash-pattern": [5, 4] } },
      { selector: ".faded", style: { opacity: 0.16 } },
      { selector: "node.up", style: { "border-color": colour("up"), "border-width": 3 } },
      { selector: "node.down", style: { "border-color": colour("down"), "border-width": 3 } },
      { selector: "edge.up", style: { "line-color": colour("up"), "target-arrow-color": colour("up"), width: 2.5, opacity: 1 } },
      { selector: "edge.down", style: { "line-color": colour("down"), "target-arrow-color": colour("down"), width: 2.5, opacity: 1 } },
      { selector: "node.selected", style: { "border-color": colour("accent"), "border-width": 5, "border-style": "double" } },
    ];
  }

  function draw() {
    const [shown, wanted] = chosenPlaces();
    const elements = [...shown].sort((a, b) => a - b).map((place) => ({
      group: "nodes", classes: lookOf(nodes[place]),
      data: { id: nodes[place].id, place, kind: nodes[place].kind, label: labelOf(nodes[place]) },
    }));
    for (const [giver, waiter, direct] of tiesAmong(shown)) {
      elements.push({ group: "edges", classes: direct ? "" : "indirect", data: {
        id: `${nodes[giver].id} ${nodes[waiter].id}`, source: nodes[giver].id, target: nodes[waiter].id,
      } });
    }
    cy.elements().remove();
    cy.add(elements);
    arrange(shown.size);
    state.left = wanted - shown.size;
    mark();
    look();
  }

  // From left to right or from top to bottom, whichever can be read better in this window.
  function arrange(size) {
    const ranker = size > 120 ? "longest-path" : "network-simplex";
    const lay = (rankDir) => {
      const rankSep = rankDir === "LR" ? 48 : 40;
      cy.layout({ name: "dagre", rankDir, rankSep, nodeSep: 14, edgeSep: 6, ranker, fit: false, animate: false }).run();
      const box = cy.elements().boundingBox();
      return Math.min(cy.width() / box.w, cy.height() / box.h);
    };
    if (size < 2) lay("LR");
    else if (lay("TB") < lay("LR") * 1.1) return;
    else lay("TB");
  }

  // The whole picture where it can be read; else the selection, or where it begins, in readable size.
  function look() {
    cy.fit(undefined, 20);
    if (cy.zoom() > 1.1) { cy.zoom(1.1); cy.center(); }
    if (cy.zoom() >= 0.58) return;
    cy.zoom(0.75);
    const selected = state.selected >= 0 ? cy.getElementById(nodes[state.selected].id) : cy.collection();
    centre(selected.nonempty() ? selected : cy.nodes(".cause").nonempty() ? cy.nodes(".cause") : busiest());
  }
  // Put something into the middle, but leave no part of the window empty that the picture could fill.
  function centre(elements) {
    const [box, zoom] = [cy.elements().boundingBox(), cy.zoom()];
    const at = elements.boundingBox();
    const along = (from, to, middle, room) => {
      if ((to - from) * zoom <= room - 40) return room / 2 - ((from + to) / 2) * zoom;
      return Math.min(20 - from * zoom, Math.max(room - 20 - to * zoom, room / 2 - middle * zoom));
    };
    cy.pan({
      x: along(box.x1, box.x2, (at.x1 + at.x2) / 2, cy.width()),
      y: along(box.y1, box.y2, (at.y1 + at.y2) / 2, cy.height()),
    });
  }
  function busiest() {
    const projects = cy.nodes(".project");
    return (projects.nonempty() ? projects : cy.nodes()).max((node) => node.degree()).ele;
  }

  function mark() {
    cy.elements().removeClass("faded up down selected");
    const place = state.selected;
    const drawn = place >= 0 ? cy.getElementById(nodes[place].id) : cy.collection();
    if (place < 0 || drawn.empty()) { say(); return; }
    const sides = [["up", reach(place, above)], ["down", reach(place, below)]];
    cy.elements().addClass("faded");
    drawn.removeClass("faded").addClass("selected");
    for (const [side, found] of sides) {
      const there = cy.nodes().filter((node) => found.has(node.data("place")));
      there.removeClass("faded").addClass(side);
      const all = there.union(drawn);
      all.edgesWith(all).removeClass("faded").addClass(side);
    }
    say(...sides.map(([, found]) => found.size));
  }

  function say(up, down) {
    const words = [`${counted(cy.nodes().length, "thing")} of ${nodes.length} shown`];
    if (state.left > 0) words.push(`${state.left} left out: more than ${limit} cannot be read; find one and look around it`);
    if (up !== undefined) words.push(`${nodes[state.selected].name || nodes[state.selected].id} waits for ${up} and is awaited by ${down}`);
    by("said").textContent = `${words.join(". ")}.`;
  }

  // --- the selected thing ------------------------------------------------------------------------

  function made(tag, words, className) {
    const element = document.createElement(tag);
    if (words) element.textContent = words;
    if (className) element.className = className;
    return element;
  }
  function pressed(words, act) {
    const button = made("button", words);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }
  function tied(ties) { return [...new Set(ties.map((place) => nodes[place].id))].map((id) => entry(id)); }
  function entry(id, note) {
    const place = placeOf.get(id);
    const item = made("li");
    if (place === undefined) { item.textContent = id; return item; }
    const button = pressed(nodes[place].name || id, () => select(place));
    button.append(" ", made("small", note || plainKind(nodes[place].kind)));
    item.append(button);
    return item;
  }
  function listed(title, entries, tag = "ul") {
    const list = made(tag, "", "ties");
    list.append(...entries);
    return entries.length ? [made("h4", title), list] : [];
  }
  function facts(pairs) {
    const list = made("dl", "", "facts");
    for (const [term, value] of pairs) if (value) list.append(made("dt", term), made("dd", value));
    return list;
  }
  function blow(title, shift, says, money, adverse) {
    const box = made("div", "", adverse ? "blow red" : "blow");
    box.append(made("span", title));
    if (money) box.append(made("span", money, "big money"));
    const days = `${shift.days > 0 ? "+" : ""}${shift.days} ${Math.abs(shift.days) === 1 ? "day" : "days"}`;
    const line = made("p");
    line.append(made("strong", days, "days"), `: ${shift.old} → ${shift.new}`);
    box.append(line);
    if (says) box.append(made("p", says));
    return box;
  }
  // What slips first, down to the end: each thing that moves knows what has moved it.
  function chain(end) {
    const through = [...end];
    for (const seen = new Set(through); ;) {
      const before = nodes[placeOf.get(through[0])]?.moved?.via;
      if (!before || seen.has(before)) break;
      seen.add(before);
      through.unshift(before);
    }
    return through.length > 1 ? listed("Through", through.map((id) => entry(id)), "ol") : [];
  }
  function reached(place) {
    const kindsBelow = new Map();
    for (const each of reach(place, below).keys()) {
      const kind = nodes[each].kind;
      if (state.business.has(kind)) kindsBelow.set(kind, (kindsBelow.get(kind) || 0) + 1);
    }
    return [...kindsBelow].map(([kind, count]) => counted(count, plainKind(kind))).join(", ");
  }
  state.business = new Set(["project", "contract", "customer", "benefit", "objective", "service", "business_unit"]);

  function tell() {
    const about = by("about");
    const place = state.selected;
    if (place < 0) {
      const hurt = nodes.filter((node) => node.effects).sort((a, b) => a.effects[0].rank - b.effects[0].rank);
      about.replaceChildren(
        made("h3", "Nothing selected"),
        made("p", "Select a thing in the picture, in a list or by its name, to see its days and its money."),
        ...listed("Projects", hurt.length ? [] : nodes.filter((node) => node.kind === "project").slice(0, 20).map((node) => entry(node.id, node.expected))),
        ...listed("Who is hurt", hurt.slice(0, 12).map((node) => entry(node.id, node.effects[0].money || plainKind(node.kind)))),
      );
      return;
    }
    const node = nodes[place];
    const parts = [made("p", plainKind(node.kind), "kind"), made("h3", node.name || node.id), made("code", node.id)];
    if (node.id in data.injected) parts.push(made("p", `Supposed to slip by ${data.injected[node.id]}.`));
    for (const effect of node.effects || []) {
      parts.push(blow(effect.money ? "Money" : "Hit", effect, effect.says, effect.money, effect.adverse));
      if (!effect.money && effect.nomoney) parts.push(made("p", `Money unknown: ${effect.nomoney}.`, "unknown"));
      if (effect.terms.length) {
        const terms = made("ul");
        terms.append(...effect.terms.map((term) => made("li", term)));
        parts.push(made("h4", "How it is computed"), terms);
      }
      if (effect.inputs.length) {
        const inputs = made("ul");
        inputs.append(...effect.inputs.map((input) => made("li", input)));
        parts.push(made("h4", "From what is written in"), inputs);
      }
      parts.push(...chain(effect.through));
    }
    if (node.moved && !node.effects) {
      const held = node.moved.held ? `Held by ${node.moved.held}.` : "";
      parts.push(blow("Moves", node.moved, held), ...chain([node.id]));
    }
    const actions = made("div", "", "about-actions");
    actions.append(pressed("Look around it", () => { state.scope = "around"; refresh(); }));
    if (node.project && nodes.some((each) => each.project === node.project && each.kind === "activity")) {
      const open = state.opened.has(node.project);
      actions.append(pressed(open ? "Hide the activities" : "Show the activities", () => unfold(node.project)));
    }
    parts.push(
      facts([
        ["Owner", node.owner], ["Expected", node.expected],
        ["Can slip", node.room || (node.noroom && `unknown: ${node.noroom}`)],
        ["Slack used", node.moved && node.moved.slack], ["Worth", node.worth], ["Reaches", reached(place)],
      ]),
      actions,
      ...listed("Waits for", tied(givers[place])),
      ...listed("Awaited by", tied(waiters[place])),
    );
    about.replaceChildren(...parts);
    about.scrollTop = 0;
  }

  // --- what people do ------------------------------------------------------------------------------

  function select(place) {
    state.selected = place;
    const drawn = place >= 0 && cy.getElementById(nodes[place].id).nonempty();
    if (place >= 0 && !drawn && chosenPlaces()[1] > limit) state.scope = "around";
    if (place < 0 && state.scope === "around") state.scope = onTheWay.size ? "affected" : "all";
    const address = place < 0 ? "#graph" : `#node=${nodes[place].id}`;
    if (location.hash !== address) history.replaceState(null, "", address);
    if (drawn && state.scope !== "around") { mark(); tell(); reveal(); } else refresh();
  }
  function reveal() {
    const element = cy.getElementById(nodes[state.selected].id);
    const box = element.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height()) centre(element);
  }
  function refresh() {
    by("scope").value = state.scope;
    for (const box of by("kinds").querySelectorAll("input")) box.checked = state.kinds.has(box.value);
    draw();
    tell();
  }
  function unfold(project) {
    if (!state.opened.delete(project)) state.opened.add(project);
    refresh();
  }
  function matching(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    if (words.length) {
      nodes.forEach((node, place) => {
        const all = `${node.name} ${node.id} ${plainKind(node.kind)} ${node.owner || ""}`.toLowerCase();
        if (words.every((word) => all.includes(word))) found.push([node.id.startsWith(words[0]) ? 0 : 1, rankOf(node.kind), place]);
      });
    }
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).map((each) => each[2]);
  }
  function suggest() {
    const list = by("found");
    const found = matching(by("wanted").value);
    list.hidden = !by("wanted").value.trim();
    const entries = found.slice(0, 12).map((place) => {
      const item = entry(nodes[place].id, `${plainKind(nodes[place].kind)} · ${nodes[place].id}`);
      item.querySelector("button").addEventListener("click", () => { list.hidden = true; by("picture").focus({ preventScroll: true }); });
      return item;
    });
    list.replaceChildren(...(entries.length ? entries : [made("li", "Nothing has such a name")]));
  }
  function listen() {
    by("wanted").addEventListener("input", suggest);
    by("wanted").addEventListener("focus", suggest);
    by("wanted").parentElement.addEventListener("keydown", (event) => {
      const buttons = [...by("found").querySelectorAll("button")];
      const here = buttons.indexOf(document.activeElement);
      if (event.key === "Enter" && here < 0 && buttons.length) buttons[0].click();
      else if (event.key === "ArrowDown" && buttons.length) buttons[Math.min(here + 1, buttons.length - 1)].focus();
      else if (event.key === "ArrowUp") (here > 0 ? buttons[here - 1] : by("wanted")).focus();
      else if (event.key === "Escape") { by("found").hidden = true; by("wanted").focus(); by("found").hidden = true; }
      else return;
      event.preventDefault();
    });
    document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".search")) by("found").hidden = true; });
    by("scope").addEventListener("change", () => { state.scope = by("scope").value; refresh(); });
    by("closer").addEventListener("click", () => zoom(1.3));
    by("farther").addEventListener("click", () => zoom(1 / 1.3));
    by("fit").addEventListener("click", () => cy.fit(undefined, 24));
    by("reset").addEventListener("click", () => { begin(); by("wanted").value = ""; refresh(); });
    by("picture").addEventListener("keydown", follow);
    addEventListener("hashchange", arrive);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(palette()));
    // The wheel scrolls the page until somebody has stepped into the picture.
    const touched = matchMedia("(pointer: coarse)").matches;
    cy.userZoomingEnabled(touched);
    by("picture").addEventListener("focus", () => cy.userZoomingEnabled(true));
    by("picture").addEventListener("blur", () => cy.userZoomingEnabled(touched));
    cy.on("tap", (event) => { by("picture").focus({ preventScroll: true }); if (event.target === cy) select(-1); });
    cy.on("tap", "node", (event) => select(event.target.data("place")));
    cy.on("dbltap", "node", (event) => { const { project } = nodes[event.target.data("place")]; if (project) unfold(project); });
    cy.on("mouseover", "node", () => { by("picture").style.cursor = "pointer"; });
    cy.on("mouseout", "node", () => { by("picture").style.cursor = ""; });
  }
  function zoom(factor) { cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }); }

  // Left and right follow the links; up and down go through what stands beside them.
  function follow(event) {
    const node = state.selected >= 0 ? cy.getElementById(nodes[state.selected].id) : cy.collection();
    const steps = {
      ArrowRight: () => node.outgoers("node")[0], ArrowLeft: () => node.incomers("node")[0],
      ArrowDown: () => beside(node, 1), ArrowUp: () => beside(node, -1),
    };
    if (event.key in steps) {
      const next = node.empty() ? cy.nodes()[0] : steps[event.key]();
      if (next) select(next.data("place"));
    } else if (event.key === "Escape") select(-1);
    else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else return;
    event.preventDefault();
  }
  function beside(node, step) {
    const column = cy.nodes().filter((each) => Math.abs(each.position("x") - node.position("x")) < 60)
      .sort((a, b) => a.position("y") - b.position("y")).toArray();
    return column[column.findIndex((each) => each.same(node)) + step];
  }
  function arrive() {
    const place = placeOf.get(decodeURIComponent(location.hash.replace(/^#node=/, "")));
    if (place === undefined) return false;
    select(place);
    by("graph").scrollIntoView({ block: "start" });
    return true;
  }

  // --- beginning -----------------------------------------------------------------------------------

  const counts = new Map();
  for (const node of nodes) counts.set(node.kind, (counts.get(node.kind) || 0) + 1);
  for (const kind of kinds) {
    const label = made("label");
    const box = made("input");
    box.type = "checkbox";
    box.value = kind;
    box.addEventListener("change", () => {
      if (box.checked) state.kinds.add(kind); else state.kinds.delete(kind);
      refresh();
    });
    label.append(box, ` ${plainKind(kind)} `, made("small", String(counts.get(kind))));
    by("kinds").querySelector("fieldset").append(label);
  }
  by("explorer").hidden = false;
  if (innerWidth < 700) by("kinds").open = false;
  cy = cytoscape({ container: by("picture"), style: palette(), minZoom: 0.08, maxZoom: 2.5, boxSelectionEnabled: false, autounselectify: true, autoungrabify: true, layout: { name: "preset" } });
  begin();
  listen();
  refresh();
  arrive();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#node=']");
    if (link && link.getAttribute("href") === location.hash) arrive();
  });
})();
