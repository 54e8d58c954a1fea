// Draws every chart of the page with uPlot. Charts over the same x share one cursor and one zoom.
(function () {
  "use strict";

  const AXIS_PX = 62, STRIP_PX = 16, INCREMENTS_S = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30,
    60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800, 604800];
  const groups = new Map();       // by kind of x: { min, max, charts }
  const stateColours = new Map(); // by state name, in order of appearance, the same on the whole page
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const pad = n => String(n).padStart(2, "0");

  function element(tag, parent, className, text) {
    const e = document.createElement(tag);
    if (className) e.className = className;
    if (text !== undefined) e.textContent = text;
    parent.appendChild(e);
    return e;
  }

  // ---- labels -------------------------------------------------------------------------------------------------

  function clockText(s, withSeconds) {
    const day = ((s % 86400) + 86400) % 86400;
    const text = pad(Math.floor(day / 3600)) + ":" + pad(Math.floor(day / 60) % 60);
    return withSeconds ? text + ":" + pad(Math.floor(day % 60)) : text;
  }

  function elapsedText(s, stepS) {
    const sign = s < 0 ? "−" : "", decimals = stepS < 1 ? Math.min(3, Math.ceil(-Math.log10(stepS) - 1e-9)) : 0;
    const t = Number(Math.abs(s).toFixed(decimals));
    const h = Math.floor(t / 3600), min = Math.floor(t / 60) % 60, rest = t % 60;
    const parts = [];
    if (h) parts.push(h + " h");
    if (min || h && stepS < 60 && rest) parts.push((h ? pad(min) : min) + (h && !rest ? "" : " min"));
    if (rest || !parts.length) parts.push((parts.length ? rest.toFixed(decimals).padStart(decimals ? decimals + 3 : 2, "0")
      : rest.toFixed(decimals)) + " s");
    return t === 0 ? "0" : sign + parts.join(" ");
  }

  function xText(spec, value, stepS) {
    if (spec.x.label !== null) return value.toFixed(spec.x.decimals) + " " + spec.x.unit;
    if (spec.x.clock !== null) return clockText(value + spec.x.clock, stepS < 60);
    return elapsedText(value, stepS);
  }

  function yText(spec, value) {
    return value.toFixed(spec.decimals).replace("-", "−");
  }

  function axisValues(u, splits, spec) {
    if (splits.length < 2) return splits.map(String);
    const step = splits[1] - splits[0];
    const decimals = Math.max(0, Math.min(9, Math.ceil(-Math.log10(step) - 1e-9)));
    const last = splits.length - 1;
    return splits.map((v, i) => v.toFixed(decimals).replace("-", "−")
      + (i === last && spec.unit.length <= 4 ? " " + spec.unit : ""));
  }

  function xSplits(spec) {
    if (spec.x.label !== null || spec.x.clock === null) return undefined;
    return (u, axis, min, max, step) => {
      const splits = [], offset = spec.x.clock;
      for (let t = Math.ceil((min + offset) / step) * step; t - offset <= max + 1e-9; t += step) splits.push(t - offset);
      return splits;
    };
  }

  // ---- state strip --------------------------------------------------------------------------------------------

  function stateColour(name) {
    if (!stateColours.has(name)) stateColours.set(name, "s" + stateColours.size % 12);
    return stateColours.get(name);
  }

  function codeAt(states, x) {
    let low = 0, high = states.at.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (states.at[middle] <= x) low = middle; else high = middle - 1;
    }
    return states.at.length && x >= states.at[low] ? states.code[low] : -1;
  }

  function drawStrip(u, states, end) {
    const c = u.ctx, ratio = uPlot.pxRatio, box = u.bbox;
    const top = box.top + box.height + 4 * ratio, height = STRIP_PX * ratio;
    c.save();
    c.beginPath();
    c.rect(box.left, top, box.width, height);
    c.clip();
    c.font = 11 * ratio + "px system-ui, sans-serif";
    c.textBaseline = "middle";
    c.textAlign = "center";
    for (let i = 0; i < states.at.length; i++) {
      const name = states.names[states.code[i]];
      if (name === undefined) continue;
      const from = Math.max(box.left, u.valToPos(states.at[i], "x", true));
      const to = Math.min(box.left + box.width, u.valToPos(i + 1 < states.at.length ? states.at[i + 1] : end, "x", true));
      if (to < box.left || from > box.left + box.width) continue;
      c.fillStyle = colour(stateColour(name));
      c.fillRect(from, top, Math.max(to - from, ratio), height);
      if (c.measureText(name).width < to - from - 10 * ratio) {
        c.fillStyle = colour("ink");
        c.fillText(name, (from + to) / 2, top + height / 2 + ratio / 2);
      }
    }
    c.restore();
  }

  function stripLegend(card, states) {
    const line = element("div", card, "strip-legend");
    element("span", line, "", states.title + ":");
    const entries = new Map();
    for (const code of new Set(states.code)) {
      if (code < 0) continue;
      const entry = element("span", line);
      element("i", entry).style.background = "var(--" + stateColour(states.names[code]) + ")";
      element("span", entry, "", states.names[code]);
      entries.set(code, entry);
    }
    return code => entries.forEach((entry, c) => entry.classList.toggle("now", c === code));
  }

  // ---- legend -------------------------------------------------------------------------------------------------

  const DASH = { DASHED: [6, 5], DASHED_STEP: [6, 5] };

  function swatch(button, line) {
    const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg");
    const band = line.role !== "SERIES", points = line.shape === "POINTS";
    const shape = document.createElementNS(ns, points ? "circle" : band ? "rect" : "line");
    const set = (name, value) => shape.setAttribute(name, value);
    if (points) { set("cx", 10); set("cy", 5); set("r", 3); }
    else if (band) { set("width", 20); set("height", 10); set("rx", 2); set("opacity", 0.3); }
    else { set("x1", 0); set("x2", 20); set("y1", 5); set("y2", 5); set("stroke-width", Math.max(2, line.width)); }
    if (DASH[line.shape]) set("stroke-dasharray", "5 3");
    shape.style[points || band ? "fill" : "stroke"] = "var(--" + line.hue + ")";
    svg.setAttribute("aria-hidden", "true");
    svg.appendChild(shape);
    button.appendChild(svg);
  }

  function legend(header, spec, toggle) {
    const box = element("div", header, "legend"), now = element("span", box, "now"), values = [];
    const add = (line, columns) => {
      const button = element("button", box);
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      swatch(button, line);
      element("span", button, "", line.name);
      values.push({ output: element("output", button), columns });
      button.addEventListener("click", () => {
        const shown = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(shown));
        columns.forEach(c => toggle(c, shown));
      });
    };
    spec.lines.forEach((line, i) => { if (line.role === "SERIES") add(line, [i + 1]); });
    spec.lines.forEach((line, i) => { if (line.role === "BAND_LOW") add(line, [i + 1, i + 2]); });
    return index => {
      now.textContent = index == null ? "" : xText(spec, spec.data[0][index], 10 ** -spec.x.decimals);
      for (const { output, columns } of values) {
        const read = columns.map(c => index == null ? null : spec.data[c][index]);
        output.textContent = read.some(v => v === null) ? "" : read.map(v => yText(spec, v)).join(" … ");
      }
    };
  }

  // ---- one chart ----------------------------------------------------------------------------------------------

  function series(line) {
    const stroke = () => colour(line.hue);
    if (line.role !== "SERIES") return { stroke: "transparent", width: 0, points: { show: false } };
    if (line.shape === "POINTS") {
      return { stroke, paths: () => null, points: { show: true, size: 2 + 2 * line.width, fill: stroke, stroke } };
    }
    const step = line.shape.endsWith("STEP");
    return { stroke, width: line.width, dash: DASH[line.shape],
      paths: step ? uPlot.paths.stepped({ align: 1 }) : undefined };
  }

  function translucent(hue) {
    const hex = colour(hue);
    return "rgba(" + [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)).join(",") + ",.2)";
  }

  function yRange(spec) {
    return (u, low, high) => {
      if (low === null || high === null) { low = 0; high = 1; }
      if (spec.min !== null) { low = Math.min(low, spec.min); high = Math.max(high, spec.max); }
      const margin = (high - low || Math.abs(high) || 1) * 0.06;
      const atEdge = spec.min !== null;
      return [atEdge && low === spec.min || low === 0 ? low : low - margin,
        atEdge && high === spec.max || high === 0 ? high : high + margin];
    };
  }

  function build(script) {
    const spec = JSON.parse(script.textContent), card = script.parentElement, plot = card.querySelector(".plot");
    const xs = spec.data[0], time = spec.x.label === null;
    if (!xs.length) { plot.textContent = "No data."; return; }
    const key = time ? "time" : spec.x.label + "|" + spec.x.unit;
    if (!groups.has(key)) groups.set(key, { min: Infinity, max: -Infinity, zoom: null, charts: [] });
    const group = groups.get(key);
    group.min = Math.min(group.min, xs[0]);
    group.max = Math.max(group.max, xs[xs.length - 1]);
    const header = card.querySelector("header"), states = spec.states;
    let chart = null;
    const show = legend(header, spec, (column, shown) => chart.setSeries(column, { show: shown }));
    const reset = element("button", header, "reset", "Show all");
    reset.type = "button";
    reset.hidden = true;
    reset.addEventListener("click", () => zoom(group, null));
    const mark = states ? stripLegend(card, states) : () => {};
    const soft = () => colour("soft"), grid = { stroke: () => colour("grid"), width: 1 };
    const font = "12px system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";
    const below = states ? STRIP_PX + 4 : 0;
    const options = {
      width: Math.max(200, plot.clientWidth), height: spec.height + 34 + below + (time ? 0 : 18), pxAlign: 0,
      padding: [10, 14, 0, 0],
      legend: { show: false },
      cursor: {
        y: false, points: { size: 7 }, drag: { x: true, y: false, dist: 4, setScale: false },
        sync: { key, scales: ["x", null], setSeries: false,
          filters: { pub: type => type === "mousemove" || type === "mouseleave" } },
        bind: { dblclick: () => () => { zoom(group, null); return null; } }
      },
      scales: { x: { time: false, range: () => group.zoom || wholeRange(group) }, y: { range: yRange(spec) } },
      series: [{}].concat(spec.lines.map(series)),
      bands: spec.lines.flatMap((line, i) => line.role === "BAND_LOW"
        ? [{ series: [i + 2, i + 1], fill: () => translucent(line.hue) }] : []),
      axes: [
        { stroke: soft, font, grid, ticks: { show: false }, size: 30 + below, gap: 6 + below, space: 84, splits: xSplits(spec),
          incrs: time ? INCREMENTS_S : undefined,
          label: time ? undefined : spec.x.label + (spec.x.unit ? " (" + spec.x.unit + ")" : ""),
          labelFont: font, labelSize: 18,
          values: (u, splits) => time
            ? splits.map(s => xText(spec, s, splits.length > 1 ? splits[1] - splits[0] : 1))
            : axisValues(u, splits, { unit: "" }) },
        { stroke: soft, font, grid, ticks: { show: false }, size: AXIS_PX, gap: 8, space: 36,
          values: (u, splits) => axisValues(u, splits, spec) }
      ],
      hooks: {
        draw: [u => { if (states) drawStrip(u, states, xs[xs.length - 1]); }],
        setCursor: [u => {
          const inside = u.cursor.left >= 0 && u.cursor.idx != null;
          show(inside ? u.cursor.idx : null);
          mark(inside && states ? codeAt(states, u.posToVal(u.cursor.left, "x")) : -1);
        }],
        setSelect: [u => {
          if (u.select.width < 4) return;
          const from = u.posToVal(u.select.left, "x"), to = u.posToVal(u.select.left + u.select.width, "x");
          zoom(group, [from, to]);
        }]
      }
    };
    group.charts.push({ start: () => { chart = new uPlot(options, spec.data, plot); }, chart: () => chart, plot, reset });
  }

  function wholeRange(group) {
    return group.max > group.min ? [group.min, group.max] : [group.min - 0.5, group.max + 0.5];
  }

  function zoom(group, range) {
    group.zoom = range;
    const [min, max] = range || wholeRange(group);
    for (const { chart, reset } of group.charts) {
      reset.hidden = !range;
      chart().setSelect({ left: 0, top: 0, width: 0, height: 0 }, false); // the drag shows in every chart
      chart().setScale("x", { min, max });
    }
  }

  // ---- the page -----------------------------------------------------------------------------------------------

  document.querySelectorAll(".chart script").forEach(build);
  const all = [...groups.values()].flatMap(group => group.charts);
  all.forEach(entry => entry.start());
  const fit = width => all.forEach(({ chart, plot }) => {
    const px = width || plot.clientWidth;
    if (px > 0 && px !== chart().width) chart().setSize({ width: px, height: chart().height });
  });
  const redraw = () => all.forEach(({ chart }) => chart().redraw(true, true));
  let waiting = 0;
  new ResizeObserver(() => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => fit(0)); })
    .observe(document.body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  matchMedia("print").addEventListener("change", redraw);
  addEventListener("beforeprint", () => { fit(660); redraw(); });
  addEventListener("afterprint", () => { fit(0); redraw(); });
})();
