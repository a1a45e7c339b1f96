// Draws the small map beside the list and lets the page be printed. The list says it all without.
(() => {
  "use strict";

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll(":is(.why, .script, .plan details, .verdict details):not([open])")];
    closed.forEach((one) => (one.open = true));
  });
  window.addEventListener("afterprint", () => closed.forEach((one) => (one.open = false)));
  document.addEventListener("shown", show);
  show();

  function show() {
    for (const print of document.querySelectorAll("[data-print]")) {
      print.hidden = false;
      print.addEventListener("click", () => window.print());
    }
    // A desk has room for what a phone folds.
    if (window.matchMedia("(min-width: 64rem)").matches) {
      for (const one of document.querySelectorAll(".script")) one.open = true;
    }
    drawMap();
  }

  function drawMap() {
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
    map.fitBounds(L.latLngBounds(near), {
      maxZoom: 12,
      animate: false,
      paddingTopLeft: [28, 28],
      paddingBottomRight: [72, 40],
    });

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
        icon: label(home.properties.name, "map-label map-label--home", [0, 8]),
        interactive: false,
        keyboard: false,
        zIndexOffset: 500,
      }).addTo(map);
    }

    // Services nearer to each other than a fingertip share one pin under the best rank among them.
    const APART_PX = 36;
    const pins = new Map();
    const drawn = L.layerGroup().addTo(map);

    function drawPins() {
      drawn.clearLayers();
      pins.clear();
      const clusters = [];
      for (const one of services) {
        const point = map.latLngToLayerPoint(at(one));
        const near = clusters.find((cluster) => cluster.point.distanceTo(point) < APART_PX);
        if (near) near.members.push(one);
        else clusters.push({ point, members: [one] });
      }
      for (const { members } of clusters.reverse()) drawPin(members);
    }

    function drawPin(members) {
      const [best] = members;
      const more = members.length - 1;
      const { rank } = best.properties;
      const said = members.map(spoken).join("; ");
      const inside = document.createElement("span");
      inside.textContent = rank ? `${rank}${more ? ` +${more}` : ""}` : "";
      const pin = L.marker(at(best), {
        icon: L.divIcon({
          className: `map-pin${more ? " map-pin--more" : ""}`,
          iconSize: [more && rank ? 48 : 28, 28],
          html: inside,
        }),
        title: said,
        alt: said,
        riseOnHover: true,
        zIndexOffset: 1000 - 10 * rank,
      });
      const list = document.createElement("ul");
      list.className = "map-popup";
      list.append(...members.map(line));
      pin.bindPopup(list);
      pin.addTo(drawn);
      pin.getElement().setAttribute("aria-label", said);
      for (const one of members) if (one.properties.rank) pins.set(String(one.properties.rank), pin);
      for (const [event, on] of [["mouseover", true], ["mouseout", false]]) {
        pin.on(event, () => members.forEach((one) => light(String(one.properties.rank), on)));
      }
    }

    function spoken(one) {
      const { rank, name, text } = one.properties;
      return rank ? `${rank}. ${name}, ${text}` : name;
    }

    function line(one) {
      const { rank, name, text } = one.properties;
      const item = document.createElement("li");
      const link = document.createElement(rank ? "a" : "strong");
      if (rank) {
        link.href = `#sluzba-${rank}`;
        link.addEventListener("click", () => open(rank));
      }
      link.textContent = rank ? `${rank}. ${name}` : name;
      item.append(link);
      if (text) item.append(document.createElement("br"), text);
      return item;
    }

    function open(rank) {
      const folded = document.getElementById(`sluzba-${rank}`)?.closest("details.rest");
      if (folded) folded.open = true;
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
    function redraw() {
      drawPins();
      declutter();
    }
    map.on("zoomend", redraw);
    redraw();

    function label(text, className, anchor = [0, 8]) {
      const inside = document.createElement("span");
      inside.textContent = text;
      return L.divIcon({ className, html: inside, iconSize: null, iconAnchor: anchor });
    }
  }
})();
