// Draws the gap map over Leaflet and keeps the table beside it in step. Every sentence comes from
// the server; this script only looks texts up. Works in the web page and in the saved file alike.
"use strict";

(() => {
  const BORDER = { color: "#5b6670", weight: 0.6, opacity: 0.9, dashArray: null };
  const UNCERTAIN = { color: "#111111", weight: 2, opacity: 1, dashArray: "5 4" };
  const ORP_BORDER = { color: "#1f2933", weight: 2, opacity: 0.9, fill: false, interactive: false };
  const SEVERITY = ["met", "partial", "unknown", "gap"];
  const TILE = 8;
  const COLLATOR = new Intl.Collator("cs");

  // A fill that the canvas can use: the colour alone, or a small tile with the pattern over it.
  function fillOf(swatch) {
    if (!swatch.pattern) return swatch.fill;
    const tile = document.createElement("canvas");
    tile.width = tile.height = TILE;
    const pen = tile.getContext("2d");
    pen.fillStyle = swatch.fill;
    pen.fillRect(0, 0, TILE, TILE);
    pen.strokeStyle = pen.fillStyle = swatch.ink;
    pen.lineWidth = 1;
    if (swatch.pattern === "dots") {
      for (const [x, y] of [[2, 2], [6, 6]]) {
        pen.beginPath();
        pen.arc(x, y, 1, 0, 2 * Math.PI);
        pen.fill();
      }
    } else {
      pen.globalAlpha = 0.75;
      pen.beginPath();
      for (const shift of [-TILE, 0, TILE]) {
        pen.moveTo(shift - 1, TILE + 1);
        pen.lineTo(shift + TILE + 1, -1);
        if (swatch.pattern === "cross") {
          pen.moveTo(shift - 1, -1);
          pen.lineTo(shift + TILE + 1, TILE + 1);
        }
      }
      pen.stroke();
    }
    return pen.createPattern(tile, "repeat");
  }

  function line(text, className) {
    const node = document.createElement("div");
    node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  // Labels of towns, the most populous first; one that would cover another is left out.
  function labelTowns(map, towns) {
    const labels = towns.map(([name, lat, lon]) => {
      const text = document.createElement("span");
      text.textContent = name;
      const icon = L.divIcon({ className: "gap-town", html: text, iconSize: null });
      return L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(map);
    });
    // A name that the edge of the map would cut is moved inside.
    function shifted(text, frame) {
      text.style.marginLeft = "";
      const box = text.getBoundingClientRect();
      const inside = box.left < frame.right && box.right > frame.left;
      const over = Math.max(0, box.right - frame.right + 4) || Math.min(0, box.left - frame.left - 4);
      if (!inside || !over) return box;
      text.style.marginLeft = `${-over}px`;
      return text.getBoundingClientRect();
    }
    function thin() {
      const kept = [];
      const frame = map.getContainer().getBoundingClientRect();
      for (const label of labels) {
        const node = label.getElement();
        node.style.visibility = "";
        const box = shifted(node.firstChild, frame);
        const hits = kept.some(
          (other) =>
            box.left < other.right && other.left < box.right &&
            box.top < other.bottom && other.top < box.bottom
        );
        if (hits) node.style.visibility = "hidden";
        else kept.push(box);
      }
    }
    map.on("zoomend", thin);
    thin();
  }

  function detailOf(data, view, position) {
    const detail = view.details[position];
    if (typeof detail !== "string") return detail.map((number) => data.texts[number]).join(", ");
    const clause = (number) => data.texts[parseInt(number, 36)];
    return detail.split(".").map((part) => part.split(":").map(clause).join("; ")).join(", ");
  }

  // A large report comes packed (gaps_packed.py): written out here, each view when first shown.
  function unpack(data) {
    if (!data || !data.packed) return data;
    const { codes, names, orps, orp, population } = data.places;
    const of = orp.split(",").map((number) => orps[parseInt(number, 36)]);
    const places = codes.split(",").map((code, at) => [code, names[at], of[at], population[at]]);
    return { ...data, places, views: data.views.map(unpackView) };
  }

  function unpackView(view) {
    const once = (make) => {
      let made;
      return () => (made ||= make());
    };
    const digits = once(() => Array.from(view.keys, Number));
    const keys = once(() => digits().map((digit) => String(digit % 5)));
    const uncertain = once(() => digits().map((digit) => (digit > 4 ? "1" : "0")));
    const values = once(() =>
      Array.isArray(view.values)
        ? keys().map((key) => view.values[key])
        : view.values.split(",").map((number) => parseInt(number, 36))
    );
    const details = once(() => view.details.split(","));
    return Object.defineProperties({ ...view }, {
      keys: { get: keys }, uncertain: { get: uncertain },
      values: { get: values }, details: { get: details },
    });
  }

  // Shapes as GeoJSON: as they come, or made of borders that neighbours share.
  function unpackShapes(shapes, places) {
    if (!shapes || !shapes.arcs) return shapes;
    const lines = shapes.arcs.map((steps) => {
      let lon = 0, lat = 0;
      const line = [];
      for (let at = 0; at < steps.length; at += 2) {
        lon += steps[at];
        lat += steps[at + 1];
        line.push([lon / shapes.grid, lat / shapes.grid]);
      }
      return line;
    });
    const ring = (arcs) => {
      const closed = [];
      for (const arc of arcs) {
        const line = arc < 0 ? lines[-1 - arc].slice().reverse() : lines[arc];
        if (closed.length) closed.pop();
        for (const spot of line) closed.push(spot);
      }
      return closed;
    };
    const feature = (id, geometry) => ({ type: "Feature", id, properties: {}, geometry });
    const collection = (features) => ({ type: "FeatureCollection", features });
    return {
      places: collection(shapes.places.map((polygons, at) => feature(places[at][0], {
        type: "MultiPolygon", coordinates: polygons.map((polygon) => polygon.map(ring)),
      }))),
      orps: collection([feature("orps", {
        type: "MultiLineString", coordinates: shapes.orps.map((arc) => lines[arc]),
      })]),
    };
  }

  // The rows of a large table, made of the data: a few at a time, so that the map is not kept
  // waiting; ``finish`` makes the rest at once. The same cells as the server's _table.html.
  function tableFromData(root, data, shown) {
    const body = root.querySelector("[data-gaps-from-data]");
    if (!body) return () => {};
    const sorry = root.querySelector("[data-gap-no-table]");
    if (sorry) sorry.hidden = true;
    const words = body.closest("table").dataset;
    let made = 0;
    function row(position) {
      const [code, name, orp, population] = data.places[position];
      const view = shown();
      const key = Number(view.keys[position]);
      const tr = document.createElement("tr");
      tr.dataset.code = code;
      const th = document.createElement("th");
      th.scope = "row";
      th.dataset.sort = name;
      const sub = document.createElement("span");
      sub.className = "gap-sub";
      sub.textContent = `ORP ${orp}`;
      th.append(`${name} `, sub);
      const people = document.createElement("td");
      people.className = "gap-number";
      people.textContent = population;
      const digits = population.replace(/\D/g, "");
      people.dataset.sort = digits || "-1";
      const status = document.createElement("td");
      status.className = "gap-status";
      status.dataset.sortStatus = "";
      status.dataset.sort = String(rankOf(view, position));
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("class", "gap-swatch");
      svg.setAttribute("aria-hidden", "true");
      svg.setAttribute("focusable", "false");
      const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      use.setAttribute("href", `#swatch-${view.legend[key]}`);
      svg.append(use);
      const value = document.createElement("span");
      value.dataset.value = "";
      value.textContent = data.texts[view.values[position]];
      const tag = document.createElement("span");
      tag.className = "gap-tag";
      tag.dataset.uncertain = "";
      tag.hidden = view.uncertain[position] === "0";
      tag.textContent = words.uncertain;
      status.append(svg, " ", value, " ", tag);
      const detail = document.createElement("td");
      detail.dataset.detail = "";
      detail.textContent = detailOf(data, view, position);
      tr.append(th, people, status, detail);
      return tr;
    }
    function some(count) {
      const rows = document.createDocumentFragment();
      const end = Math.min(made + count, data.places.length);
      for (; made < end; made += 1) rows.append(row(made));
      body.append(rows);
    }
    let chunk = 250;
    function on() {
      some(chunk);
      // Every chunk lays the table out again: few large ones take less than many small ones.
      chunk *= 2;
      if (made < data.places.length) setTimeout(on);
    }
    some(60);
    setTimeout(on);
    return () => some(data.places.length);
  }

  function rankOf(view, position) {
    if (view.ranks) return view.ranks[position];
    return SEVERITY.indexOf(view.legend[Number(view.keys[position])]);
  }

  function tell(root, name, text) {
    for (const node of root.querySelectorAll(`[data-gaps="${name}"]`)) {
      node.textContent = text;
      const paragraph = node.closest("p");
      if (paragraph) paragraph.hidden = !text;
    }
  }

  // Everything outside the map that a view changes: sentences, legend, table.
  function tellView(root, data, view) {
    for (const name of ["name", "demand", "why", "sentence", "rest", "caption"]) {
      tell(root, name, view[name]);
    }
    for (const item of root.querySelectorAll("[data-legend]")) {
      const position = view.legend.indexOf(item.dataset.legend);
      item.hidden = position < 0;
      if (position >= 0) item.querySelector("[data-count]").textContent = view.counts[position];
    }
    for (const item of root.querySelectorAll("[data-legend-uncertain]")) item.hidden = !!view.ranks;
    const rows = root.querySelectorAll("[data-gaps-rows] tr");
    const byCode = new Map(Array.from(rows, (row) => [row.dataset.code, row]));
    data.places.forEach(([code], index) => {
      const row = byCode.get(code);
      if (!row) return;
      const key = Number(view.keys[index]);
      row.querySelector("[data-value]").textContent = data.texts[view.values[index]];
      row.querySelector("[data-detail]").textContent = detailOf(data, view, index);
      row.querySelector("[data-uncertain]").hidden = view.uncertain[index] === "0";
      row.querySelector("use").setAttribute("href", `#swatch-${view.legend[key]}`);
      row.querySelector("[data-sort-status]").dataset.sort = String(rankOf(view, index));
    });
  }

  function sortable(root, words, finish) {
    const body = root.querySelector("[data-gaps-rows]");
    if (!body) return;
    for (const head of body.closest("table").querySelectorAll("th[data-sortable]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "gap-sort";
      button.textContent = head.textContent.trim();
      button.title = words.sort;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        finish();
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const number = head.dataset.sortable === "number";
        const value = (row) => row.children[head.cellIndex].dataset.sort;
        const order = (a, b) =>
          number ? Number(value(a)) - Number(value(b)) : COLLATOR.compare(value(a), value(b));
        const sorted = Array.from(body.children).sort((a, b) => (down ? order(b, a) : order(a, b)));
        body.append(...sorted);
      });
    }
  }

  // Colours a GeoJSON layer of municipalities and gives it tooltips; returns how to change views.
  function attach(map, layer, data, root) {
    const index = new Map(data.places.map(([code], position) => [code, position]));
    const fills = {};
    for (const [key, swatch] of Object.entries(data.swatches)) fills[key] = fillOf(swatch);
    let shown = data.views[0];

    function describe(shape) {
      const position = index.get(String(shape.feature.id));
      const [, name, orp, population] = data.places[position];
      const node = document.createElement("div");
      const unsure = shown.uncertain[position] === "1" ? ` (${data.words.uncertain})` : "";
      node.append(
        line(name, "gap-tip-name"),
        line(`${data.texts[shown.values[position]]}${unsure}`, "gap-tip-value"),
        line(detailOf(data, shown, position)),
        line(`${data.words.orp} ${orp}, ${data.words.population}: ${population}`, "gap-tip-more")
      );
      return node;
    }

    function paint() {
      const unsure = [];
      layer.eachLayer((shape) => {
        const position = index.get(String(shape.feature.id));
        const uncertain = shown.uncertain[position] === "1";
        const key = shown.legend[Number(shown.keys[position])];
        shape.setStyle({
          ...(uncertain ? UNCERTAIN : BORDER), fill: true, fillOpacity: 1, fillColor: fills[key],
        });
        if (uncertain) unsure.push(shape);
      });
      for (const shape of unsure) shape.bringToFront();
    }

    layer.bindTooltip(describe, { sticky: true, className: "gap-tip" });
    paint();
    labelTowns(map, data.towns);
    const zoom = { zoomInTitle: data.words.zoom_in, zoomOutTitle: data.words.zoom_out };
    L.control.zoom(zoom).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    map.fitBounds(data.bounds, { padding: [20, 12] });
    sortable(root, data.words, tableFromData(root, data, () => shown));
    return {
      show(code) {
        shown = data.views.find((view) => view.code === code) || shown;
        paint();
        tellView(root, data, shown);
      },
    };
  }

  // The options of every map of ours: a finger scrolls the page, two fingers move the map.
  function mapOptions() {
    return {
      preferCanvas: true, zoomControl: false, attributionControl: false, scrollWheelZoom: false,
      dragging: !L.Browser.mobile, minZoom: 6, maxZoom: 13, zoomSnap: 0,
    };
  }

  function read(id) {
    const node = document.getElementById(id);
    return node ? JSON.parse(node.textContent) : null;
  }

  // The saved file: folium has made the map and its layers, a selector changes the view.
  function enhance(map, layer, borders) {
    const root = document;
    if (L.Browser.mobile) map.dragging.disable();
    const data = unpack(read("gaps-data"));
    const shapes = unpackShapes(read("gaps-shapes"), data.places);
    if (shapes) {
      Object.assign(borders.options, { interactive: false, style: ORP_BORDER });
      layer.addData(shapes.places);
      borders.addData(shapes.orps);
    }
    borders.bringToFront();
    const map_ = attach(map, layer, data, root);
    layer.on("add", () => borders.bringToFront());
    const select = root.getElementById("gaps-rule");
    if (!select) return;
    select.closest("[hidden]")?.removeAttribute("hidden");
    select.addEventListener("change", () => {
      map_.show(select.value);
      borders.bringToFront();
    });
  }

  // Suggested places, numbered as in the list beside the map, which says everything about them.
  function pinUp(map, pins) {
    for (const [number, name, lat, lon, text] of pins) {
      const mark = document.createElement("span");
      mark.textContent = number;
      const icon = L.divIcon({ className: "gap-marker", html: mark, iconSize: [30, 30] });
      const node = document.createElement("div");
      node.append(line(name, "gap-tip-name"), line(text));
      L.marker([lat, lon], { icon, keyboard: false, zIndexOffset: 1000 })
        .bindTooltip(node, { className: "gap-tip", direction: "top", offset: [0, -14] })
        .addTo(map);
    }
  }

  // The web page: the shapes stand in the page too.
  function draw(box) {
    const data = unpack(read("gaps-data"));
    const shapes = unpackShapes(read("gaps-shapes"), data?.places);
    if (!data || !shapes) return;
    box.hidden = false;
    const sorry = document.querySelector("[data-gap-no-map]");
    if (sorry) sorry.hidden = true;
    const map = L.map(box, mapOptions());
    map.fitBounds(data.bounds);
    const layer = L.geoJSON(shapes.places).addTo(map);
    attach(map, layer, data, document);
    L.geoJSON(shapes.orps, { style: ORP_BORDER, interactive: false }).addTo(map).bringToFront();
    pinUp(map, data.pins || []);
  }

  window.GapMap = { enhance, mapOptions };
  const box = document.querySelector("[data-gap-map]");
  if (box) draw(box);
})();
