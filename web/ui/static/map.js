"use strict";
// Draws the map from data; texts go in as text, never as markup. Positions come from the server, nothing is simulated.
(async () => {
  const box = document.getElementById("map");
  if (!box || typeof vis === "undefined") return;
  const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const data = await answer.json();
  const style = getComputedStyle(document.body);
  const ink = style.getPropertyValue("--ink").trim() || style.color;
  const paper = style.getPropertyValue("--paper").trim() || style.backgroundColor;
  const outline = data.options.outline;
  delete data.options.outline;

  const rows = (columns) => {
    const keys = Object.keys(columns);
    const count = keys.length ? columns[keys[0]].length : 0;
    return Array.from({ length: count }, (_, at) => Object.fromEntries(keys.map((key) => [key, columns[key][at]])));
  };
  const nodes = rows(data.nodes);
  const edges = rows(data.edges);

  // The picture is pulled a little wider or higher, so that it fills the frame and names have room.
  const span = (key) => Math.max(...nodes.map((node) => node[key])) - Math.min(...nodes.map((node) => node[key])) || 1;
  const wider = nodes.length ? (box.clientWidth / box.clientHeight) / (span("x") / span("y")) : 1;
  const pull = (by) => Math.min(1.8, Math.max(1, by));
  nodes.forEach((node) => { node.x *= pull(wider); node.y *= pull(1 / wider); });

  const drawnNodes = new vis.DataSet(nodes.map((node) => ({
    id: node.id, x: node.x, y: node.y, label: node.label, title: `${node.name}\n${node.about}`, size: node.size,
    shape: node.shape, borderWidth: node.border,
    color: { background: node.color, border: outline, highlight: { background: node.color, border: ink }, hover: { background: node.color, border: ink } },
  })));
  const drawnEdges = new vis.DataSet(edges.map((edge, at) => ({
    id: at, from: edge.from, to: edge.to, title: edge.title, width: edge.width,
    dashes: edge.dashes.length ? edge.dashes : false, arrows: edge.arrow ? { to: { enabled: true, scaleFactor: 0.5 } } : "",
    color: { color: edge.color, highlight: ink, hover: ink, opacity: edge.gap ? 1 : 0.55 },
  })));
  const network = new vis.Network(box, { nodes: drawnNodes, edges: drawnEdges }, {
    ...data.options,
    layout: { improvedLayout: false },
    nodes: { font: { color: ink, strokeWidth: 3, strokeColor: paper, face: style.fontFamily } },
    edges: { ...data.options.edges, selectionWidth: 1, hoverWidth: 0.5 },
    interaction: { ...data.options.interaction, dragNodes: false, hover: true, zoomView: false, tooltipDelay: 150 },
  });

  // Labels where they fit: the same size on the screen at every zoom, the best connected first, none over another.
  const pen = document.createElement("canvas").getContext("2d");
  const ranked = [...nodes].sort((a, b) => b.size - a.size || a.id - b.id);
  const fitLabels = () => {
    const letters = 13 / Math.min(1.15, network.getScale());
    pen.font = `${letters}px ${style.fontFamily}`;
    const taken = nodes.map((node) => [node.x - node.size, node.y - node.size, node.x + node.size, node.y + node.size, node.id]);
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    const end = network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight });
    const isInside = (area) => area[0] >= corner.x && area[1] >= corner.y && area[2] <= end.x && area[3] <= end.y;
    const isFree = (area) => isInside(area) && taken.every((other) => other[4] === area[4] || area[2] < other[0] || area[0] > other[2] || area[3] < other[1] || area[1] > other[3]);
    drawnNodes.update(ranked.map((node) => {
      const whole = node.label.split("\n");
      const short = whole.length > 1 ? [[`${whole[0].replace("…", "")}…`]] : [];
      const fits = [whole, ...short].flatMap((lines) => {
        const half = Math.max(...lines.map((line) => pen.measureText(line).width)) / 2 + 2;
        const high = lines.length * letters * 1.2 + 2;
        const under = node.y + node.size + 4;
        return [
          { lines, rise: 0, area: [node.x - half, under, node.x + half, under + high, node.id] },
          { lines, rise: 2 * node.size + high + 10, area: [node.x - half, node.y - node.size - 4 - high, node.x + half, node.y - node.size - 4, node.id] },
        ];
      }).find((fit) => isFree(fit.area));
      if (fits) taken.push(fits.area);
      const font = { size: letters, color: ink, strokeWidth: letters / 4, strokeColor: paper, vadjust: -(fits?.rise ?? 0) };
      return { id: node.id, font, label: fits ? fits.lines.join("\n") : undefined };
    }));
  };
  let waiting = 0;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(fitLabels, 120); };
  network.on("zoom", later);
  network.on("dragEnd", later);
  // The whole network, with room at the sides for the labels of the outermost and above for the symbols.
  const fit = () => {
    network.fit({ animation: false, maxZoomLevel: 1.3 });
    const close = network.getScale();
    pen.font = `13px ${style.fontFamily}`;
    const widest = nodes.reduce((most, node) => Math.max(most, ...node.label.split("\n").map((line) => pen.measureText(line).width)), 0);
    const across = nodes.reduce(([low, high], node) => [Math.min(low, node.x), Math.max(high, node.x)], [Infinity, -Infinity]);
    const roomy = (box.clientWidth - widest - 8) / Math.max(1, across[1] - across[0]);
    network.moveTo({ scale: Math.max(0.7 * close, Math.min(0.9 * close, roomy)) });
    fitLabels();
  };
  fit();
  new ResizeObserver(later).observe(box);

  // The wheel moves the page until the map was chosen.
  const wheel = (on) => network.setOptions({ interaction: { zoomView: on } });
  box.addEventListener("focusin", () => wheel(true));
  box.addEventListener("focusout", () => wheel(false));
  network.on("click", () => box.focus({ preventScroll: true }));

  const note = document.querySelector("[data-map-note]");
  const part = (name, text) => { const made = document.createElement(name); made.textContent = text; return made; };
  const link = (url, text) => { const made = part("a", text); made.href = url; return made; };
  const at = (url, record) => url.replace("__record__", encodeURIComponent(record));
  const items = (...links) => { const list = document.createElement("ul"); list.className = "because"; links.forEach((each) => { const item = document.createElement("li"); item.append(each); list.append(item); }); return list; };
  const say = (...parts) => { note.replaceChildren(...parts); note.hidden = false; };
  network.on("selectNode", ({ nodes: [id] }) => {
    const node = nodes[id];
    const circle = node.community < 0 ? null : link(at(data.urls.circle, node.community), data.words.circle);
    say(part("h2", node.name), part("p", node.about), node.url ? items(link(node.url, data.words.open)) : circle ? items(circle) : items(
      link(at(data.urls.record, node.record), data.words.open), link(at(data.urls.focus, node.record), data.words.focus),
      link(at(data.urls.ties, node.record), data.words.ties)));
  });
  network.on("selectEdge", ({ nodes: chosen, edges: [id] }) => {
    if (chosen.length || id === undefined || nodes[edges[id].from].community >= 0) return;
    const edge = edges[id];
    const ends = part("h2", `${nodes[edge.from].name} ${data.words.and} ${nodes[edge.to].name}`);
    const more = edge.gap ? (data.urls.gap ? [items(link(at(data.urls.gap, edge.gap), data.words.gap))] : [])
      : !data.urls.ties ? [] : [items(link(`${at(data.urls.ties, nodes[edge.from].record)}&with=${encodeURIComponent(nodes[edge.to].record)}`, data.words.ties))];
    say(ends, part("p", edge.title), ...more);
  });
  network.on("click", ({ nodes: n, edges: e }) => { if (!n.length && !e.length) note.hidden = true; });

  const zoom = (by) => { network.moveTo({ scale: network.getScale() * by }); fitLabels(); };
  const move = (x, y) => {
    later(); const now = network.getViewPosition(); const step = 60 / network.getScale(); network.moveTo({ position: { x: now.x + x * step, y: now.y + y * step } }); };
  const keys = {
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit, Escape: () => { note.hidden = true; network.unselectAll(); },
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
  };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  const picture = () => {
    const canvas = box.querySelector("canvas");
    const copy = document.createElement("canvas");
    copy.width = canvas.width; copy.height = canvas.height;
    const draw = copy.getContext("2d");
    draw.fillStyle = paper;
    draw.fillRect(0, 0, copy.width, copy.height);
    draw.drawImage(canvas, 0, 0);
    copy.toBlob((blob) => {
      const save = document.createElement("a");
      save.href = URL.createObjectURL(blob);
      save.download = "map.png";
      save.click();
      setTimeout(() => URL.revokeObjectURL(save.href), 1000);
    });
  };
  const tools = document.querySelector("[data-map-tools]");
  tools.hidden = false;
  const does = { in: () => zoom(1.3), out: () => zoom(1 / 1.3), fit, picture };
  tools.addEventListener("click", (event) => does[event.target.dataset.map]?.());
  box.dataset.drawn = "yes";
})();
