// Lets municipalities be chosen on a map; it only ticks and unticks the list below, which says all.
(() => {
  "use strict";

  const box = document.querySelector("[data-pick-map]");
  if (!box || typeof L === "undefined") return;
  const shapes = JSON.parse(document.getElementById(box.dataset.pickMap).textContent);
  const field = box.dataset.pickName;
  const tick = (code) => document.getElementById(`${field}-obec-${code}`);
  const how = (orp, value) => document.getElementById(`${field}-orp-${orp}-${value}`);
  const picked = (shape) => {
    const { orp } = shape.properties;
    return how(orp, "cele").checked || (how(orp, "vyber").checked && tick(shape.id).checked);
  };

  box.replaceChildren();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    attributionControl: false,
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    zoomSnap: 0.25,
    keyboard: true,
  });
  map.zoomControl.setPosition("topright");
  for (const [name, text] of [["in", box.dataset.in], ["out", box.dataset.out]]) {
    const button = box.querySelector(`.leaflet-control-zoom-${name}`);
    button.title = text;
    button.setAttribute("aria-label", text);
  }
  const layer = L.geoJSON(shapes, {
    style: { className: "pick-place" },
    onEachFeature(shape, drawn) {
      drawn.bindTooltip(shape.properties.name, { sticky: true });
      drawn.on("click", () => toggle(shape));
    },
  }).addTo(map);
  if (shapes.features.length) map.fitBounds(layer.getBounds(), { animate: false, padding: [12, 12] });

  // A whole ORP becomes a list of its places before one of them is taken away.
  function toggle(shape) {
    const { orp } = shape.properties;
    const before = picked(shape);
    const whole = how(orp, "cele").checked;
    if (!how(orp, "vyber").checked) {
      for (const other of shapes.features) {
        if (other.properties.orp === orp) tick(other.id).checked = whole;
      }
      how(orp, "vyber").checked = true;
    }
    tick(shape.id).checked = !before;
    tick(shape.id).closest("details").open = true;
    paint();
  }

  function paint() {
    layer.eachLayer((drawn) => {
      drawn.getElement()?.classList.toggle("is-picked", picked(drawn.feature));
    });
  }
  document.addEventListener("change", (event) => {
    const { name, dataset } = event.target;
    if (name === `${field}-obec`) how(dataset.orp, "vyber").checked = true;
    if (name && name.startsWith(`${field}-`)) paint();
  });
  paint();
})();
