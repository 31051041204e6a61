// Makes charts of the figures in the page. Colours are those of page.css, drawn anew when they change.
(() => {
  "use strict";
  const specs = JSON.parse(document.getElementById("charts").textContent);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const short = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);
  const brief = (value) => (value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(Number(value.toPrecision(6))));
  const isNarrow = () => window.innerWidth < 500;

  const axis = (more) => ({ grid: { color: color("line") }, border: { color: color("line") }, ...more });

  function lines(spec, isSmall) {
    const marks = {};
    spec.marks.forEach((mark, i) => {
      marks["mark" + i] = {
        type: "line", xMin: mark.x, xMax: mark.x, borderColor: color("muted"), borderWidth: 1, borderDash: [2, 3],
        label: {
          display: true, content: mark.label, position: "end", backgroundColor: color("card"), color: color("muted"),
          font: { size: 11, weight: "normal" }, padding: 2,
        },
      };
    });
    const count = Math.max(...spec.curves.map((curve) => curve.points.length));
    return {
      type: "line",
      data: {
        datasets: spec.curves.map((curve) => ({
          label: curve.name,
          data: curve.points.map(([x, y]) => ({ x, y })),
          borderColor: color(curve.color), backgroundColor: color(curve.color),
          borderDash: curve.dashed ? [5, 3] : [], borderWidth: isSmall ? 1 : 2,
          pointRadius: isSmall || count > 40 ? 0 : 2.5,
        })),
      },
      options: {
        plugins: {
          legend: { display: spec.curves.length > 1 && !isSmall, position: "bottom", labels: { usePointStyle: true, pointStyle: "line" } },
          annotation: { annotations: marks },
        },
        scales: {
          x: axis({
            type: "linear", title: { display: spec.x !== "", text: spec.x },
            ticks: { precision: 0, maxTicksLimit: 8 }, grid: { display: false },
          }),
          y: axis({ ticks: { maxTicksLimit: isSmall ? 4 : 6, callback: brief } }),
        },
      },
    };
  }

  function bars(spec) {
    return {
      type: "bar",
      data: {
        labels: spec.labels.map((label) => short(label, isNarrow() ? 16 : 30)),
        datasets: (spec.series || [{ name: "", color: "accent", values: spec.values }]).map((of) => ({
          label: of.name, data: of.values, backgroundColor: color(of.color), maxBarThickness: 16,
        })),
      },
      options: {
        indexAxis: "y",
        plugins: { legend: { display: (spec.series || []).length > 1, position: "bottom", labels: { boxWidth: 12 } } },
        scales: {
          x: axis({ beginAtZero: true, ticks: { maxTicksLimit: 6 } }),
          y: axis({ grid: { display: false }, ticks: { autoSkip: false } }),
        },
      },
    };
  }

  function histogram(spec) {
    const middles = spec.shares.map((share, i) => spec.first + i * spec.width);
    const isInside = (x) => x > spec.from && x < spec.to;
    const least = Math.min(...spec.shares.filter((share) => share > 0)) * 100;
    const end = (x) => ({ type: "line", xMin: x, xMax: x, borderColor: color("text"), borderWidth: 1, borderDash: [3, 2] });
    return {
      type: "bar",
      data: {
        datasets: [{
          data: spec.shares.map((share, i) => ({ x: middles[i], y: share > 0 ? 100 * share : null })),
          backgroundColor: middles.map((x) => color(isInside(x) ? "accent" : "bad")),
          barPercentage: 1, categoryPercentage: 1, grouped: false,
        }],
      },
      options: {
        plugins: {
          legend: { display: false },
          annotation: { annotations: { from: end(spec.from), to: end(spec.to) } },
        },
        scales: {
          x: axis({
            type: "linear", grid: { display: false }, ticks: { maxTicksLimit: 6, maxRotation: 0, includeBounds: false },
            min: Math.min(spec.from, middles[0] - spec.width / 2) - spec.width,
            max: Math.max(spec.to, middles[middles.length - 1] + spec.width / 2) + spec.width,
          }),
          y: axis({
            type: "logarithmic", min: Math.max(1e-6, least / 2), max: 100,
            ticks: {
              callback: (value) => (Math.abs(Math.log10(value) % 1) < 1e-9 ? Number(value.toPrecision(1)) + " %" : null),
            },
          }),
        },
      },
    };
  }

  const kinds = { lines: (spec) => lines(spec, false), series: (spec) => lines(spec, true), bars, histogram };
  const made = [];

  function draw() {
    made.splice(0).forEach((chart) => chart.destroy());
    Chart.defaults.color = color("muted");
    Chart.defaults.font.family = "system-ui, sans-serif";
    Chart.defaults.animation = false;
    Chart.defaults.maintainAspectRatio = false;
    specs.forEach((spec) => made.push(new Chart(document.getElementById(spec.id), kinds[spec.kind](spec))));
    document.documentElement.dataset.charts = made.length;
  }

  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  window.addEventListener("beforeprint", () => made.forEach((chart) => chart.resize()));
})();
