// Suggests places while somebody types. Without it the field is an ordinary text field.
(() => {
  "use strict";

  const WAIT_MS = 120;
  const SHORTEST = 2;
  let count = 0;

  document.addEventListener("shown", suggest);
  suggest();
  const errors = document.querySelector("[data-focus]");
  if (errors) errors.focus();

  function suggest() {
    for (const box of document.querySelectorAll("[data-places]")) {
      const input = box.querySelector("input:not([role])");
      if (input) enhance(box, input, `mista-${(count += 1)}`);
    }
  }

  function enhance(box, input, id) {
    const list = document.createElement("ul");
    list.id = id;
    list.className = "combo__list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Nabízená místa");
    const status = document.createElement("div");
    status.className = "sr";
    status.setAttribute("role", "status");
    box.append(list, status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
    })) {
      input.setAttribute(name, value);
    }

    let offered = [];
    let active = -1;
    let timer = 0;
    let asked = null;

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MS);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark((active + step + offered.length) % offered.length);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        choose(active);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Tab" && active >= 0) {
        choose(active);
      }
    });
    input.addEventListener("blur", () => setTimeout(close, 150));

    async function ask() {
      const typed = input.value.trim();
      if (asked) asked.abort();
      if (typed.length < SHORTEST || typed.includes("(")) return close();
      asked = new AbortController();
      try {
        const answer = await fetch(box.dataset.places, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ q: typed }),
          signal: asked.signal,
        });
        if (answer.ok && document.activeElement === input) show((await answer.json()).places);
      } catch {
        close();
      }
    }

    function show(places) {
      offered = places;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...places.map(option));
      list.hidden = places.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = places.length ? `Nabídek: ${places.length}` : "Žádná nabídka";
    }

    function option(place, position) {
      const item = document.createElement("li");
      item.id = `${id}-${position}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const name = document.createElement("strong");
      name.textContent = place.name;
      const where = document.createElement("small");
      const within = place.municipality === place.name ? "" : `část obce ${place.municipality}, `;
      where.textContent = `${within}ORP ${place.orp}, okres ${place.district}`;
      item.append(name, where);
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(position);
      });
      return item;
    }

    function mark(position) {
      active = position;
      [...list.children].forEach((item, one) => {
        item.setAttribute("aria-selected", String(one === position));
        if (one === position) item.scrollIntoView({ block: "nearest" });
      });
      input.setAttribute("aria-activedescendant", `${id}-${position}`);
    }

    function choose(position) {
      input.value = offered[position].label;
      status.textContent = `Vybráno: ${offered[position].label}`;
      close();
    }

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
  }
})();
