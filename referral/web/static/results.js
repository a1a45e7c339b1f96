// Draws the small map beside the list and lets the page be printed. The list says it all without.
(() => {
  "use strict";

  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll(".why:not([open])")];
    closed.forEach((one) => (one.open = true));
  });
  window.addEventListener("afterprint", () => closed.forEach((one) => (one.open = false)));

  const box = document.querySelector("[data-map]");
  if (!box || typeof L === "undefined") return;
  const data = JSON.parse(document.getElementById(box.dataset.map).textContent);
  const of = (kind) => data.features.filter((one) => one.properties.kind === kind);
  const at = (one) => [one.geometry.coordinates[1], one.geometry.coordinates[0]];
  box.replaceChildren();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    attributionControl: false,
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    zoomSnap: 0.25,
    maxZoom: 14,
    minZoom: 7,
  });
  map.zoomControl.setPosition("topright");
  for (const [name, text] of [["in", "Přiblížit"], ["out", "Oddálit"]]) {
    const button = box.querySelector(`.leaflet-control-zoom-${name}`);
    button.title = text;
    button.setAttribute("aria-label", text);
  }
  L.control.scale({ imperial: false }).addTo(map);

  const [home] = of("home");
  const services = of("service");
  const near = [...(home ? [home] : []), ...services].map(at);
  map.fitBounds(L.latLngBounds(near).pad(0.15), { maxZoom: 12, animate: false });

  if (home) {
    for (const km of [10, 20, 30, 40]) {
      const ring = L.circle(at(home), { radius: km * 1000, weight: 1, className: "map-ring", interactive: false });
      ring.addTo(map);
      const top = [home.geometry.coordinates[1] + km / 111.2, home.geometry.coordinates[0]];
      L.marker(top, { icon: label(`${km} km`, "map-label map-label--ring"), interactive: false, keyboard: false }).addTo(map);
    }
  }
  for (const place of of("place")) {
    const town = place.properties.town;
    L.circleMarker(at(place), { radius: town ? 3 : 2, className: "map-place", interactive: false }).addTo(map);
    L.marker(at(place), {
      icon: label(place.properties.name, `map-label${town ? " map-label--town" : ""}`, [-6, 8]),
      interactive: false,
      keyboard: false,
    }).addTo(map);
  }
  if (home) {
    L.marker(at(home), {
      icon: L.divIcon({ className: "map-home", iconSize: [16, 16] }),
      interactive: false,
      keyboard: false,
      zIndexOffset: 500,
    }).addTo(map);
    L.marker(at(home), {
      icon: label(home.properties.name, "map-label map-label--home", [-11, 9]),
      interactive: false,
      keyboard: false,
      zIndexOffset: 500,
    }).addTo(map);
  }

  const pins = new Map();
  for (const one of [...services].reverse()) {
    const { rank, name, text } = one.properties;
    const said = rank ? `${rank}. ${name}, ${text}` : name;
    const inside = document.createElement("span");
    inside.textContent = rank || "";
    const pin = L.marker(at(one), {
      icon: L.divIcon({ className: "map-pin", iconSize: [28, 28], html: inside }),
      title: said,
      alt: said,
      riseOnHover: true,
      zIndexOffset: 1000 - 10 * rank,
    });
    const bubble = document.createElement("span");
    const link = document.createElement(rank ? "a" : "strong");
    if (rank) link.href = `#sluzba-${rank}`;
    link.textContent = rank ? `${rank}. ${name}` : name;
    bubble.append(link, document.createElement("br"), text);
    pin.bindPopup(bubble);
    pin.addTo(map);
    pin.getElement().setAttribute("aria-label", said);
    if (rank) pins.set(String(rank), pin);
    for (const [event, on] of [["mouseover", true], ["mouseout", false]]) {
      pin.on(event, () => light(String(rank), on));
    }
  }
  for (const card of document.querySelectorAll("[data-rank]")) {
    for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
      card.addEventListener(event, () => light(card.dataset.rank, on));
    }
  }

  function light(rank, on) {
    const card = document.querySelector(`[data-rank="${rank}"]`);
    if (card) card.classList.toggle("is-lit", on && pins.has(rank));
    const pin = pins.get(rank);
    if (pin) {
      pin.getElement().classList.toggle("is-lit", on);
      pin.setZIndexOffset(on ? 2000 : 1000 - 10 * Number(rank));
    }
  }

  // Labels that would cover a pin or a more important label are hidden until the map is nearer.
  function declutter() {
    const kept = [...box.querySelectorAll(".map-pin, .map-home")].map((one) => one.getBoundingClientRect());
    for (const kind of [".map-label--home", ".map-label--town", ".map-label--ring", ".map-label:not(.map-label--home, .map-label--town, .map-label--ring)"]) {
      for (const one of box.querySelectorAll(kind)) {
        one.classList.remove("is-hidden");
        const mine = one.getBoundingClientRect();
        const covers = (other) =>
          mine.left < other.right + 2 && mine.right > other.left - 2 && mine.top < other.bottom && mine.bottom > other.top;
        if (kind !== ".map-label--home" && kept.some(covers)) one.classList.add("is-hidden");
        else kept.push(mine);
      }
    }
  }
  map.on("zoomend", declutter);
  declutter();

  function label(text, className, anchor = [0, 8]) {
    const inside = document.createElement("span");
    inside.textContent = text;
    return L.divIcon({ className, html: inside, iconSize: null, iconAnchor: anchor });
  }
})();
