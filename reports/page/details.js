// What was recorded about an excerpt: in a sentence, by segment and by explainer.
const percent = (share) => `${(100 * share).toFixed(share > 0.01 && share < 0.99 ? 0 : 1)} %`;
const smallest = (flips) => (flips ? flips.indexOf(1) + 1 : 0); // the first k that flips, 0 if none does

function verdict(excerpt, explainer, k) {
  const [before, after] = excerpt.probabilities.map(percent);
  const change = excerpt.change ? `The prediction goes from ${excerpt.change}. ` : "";
  const goes = `${change}The probability of ${excerpt.explained} goes from ${before} to ${after}.`;
  if (excerpt.drawn) return [`This is a drawing: a ${excerpt.drawn}, on an excerpt without singing.`, goes, touches(excerpt, explainer)].join(" ");
  const said = [goes];
  const flips = excerpt.flips[explainer];
  if (flips) {
    const where = k === 1 ? "segment" : `${k} segments`;
    const does = flips[k - 1] ? "flips" : "does not flip";
    said.push(`The perturbation in the top ${where} of ${explainer} alone ${does} the prediction.`);
  }
  if (excerpt.oracle.length) {
    said.push(`At best, ${excerpt.oracle.length} of ${excerpt.segments} segments are enough.`);
  }
  return said.join(" ");
}

// How many of its top 3 segments a drawing touches.
const touched = (excerpt, explainer) => (explainer in excerpt.touched ? `${Math.round(3 * excerpt.touched[explainer])}` : "-");

function touches(excerpt, explainer) {
  return explainer in excerpt.touched ? `It touches ${touched(excerpt, explainer)} of the top 3 segments of ${explainer}.` : "";
}

function weightBar(weight, most) {
  const bar = element("span", [], { class: weight > 0 ? "bar for" : "bar against" });
  bar.style.width = `${(100 * Math.abs(weight)) / most}%`;
  return element("span", bar, { class: "gauge" });
}

function showWeights(table, data, excerpt, explainer, k) {
  const weights = excerpt.weights[explainer];
  const flips = excerpt.flips[explainer];
  const most = Math.max(...weights.map(Math.abs)) || 1;
  const seconds = (i) => ((i * excerpt.duration) / data.grid[0]).toFixed(2);
  const where = (segment) => {
    const { time, frequency } = rectangle(excerpt, data.grid, segment);
    return [`${seconds(time)} to ${seconds(time + 1)} s`, ...(data.parts.length ? [] : [`${frequency + 1} of ${data.grid[1]}`])];
  };
  const rows = ranking(weights).map((segment, i) => line([
    String(i + 1),
    named(data, segment),
    [weightBar(weights[segment], most), element("span", weights[segment].toPrecision(3), { class: "number" })],
    ...(flips ? [flips[i] ? "flips" : "no flip"] : []),
    ...(excerpt.oracle.length ? [excerpt.oracle.includes(segment) ? "yes" : ""] : []),
    ...(data.grid ? where(segment) : []),
  ], i < k ? { class: "chosen" } : {}));
  const headers = ["rank", "segment", "weight"];
  if (flips) headers.push("up to here");
  if (excerpt.oracle.length) headers.push("oracle's set");
  if (data.grid) headers.push("time", ...(data.parts.length ? [] : ["frequency"]));
  fillTable(table, `Segments as ${explainer} ranks them`, headers, rows);
}

// What to call a segment where a number tells nothing.
function named(data, segment) {
  const stretch = Math.floor(segment / data.parts.length) + 1;
  return data.parts.length ? `${data.parts[segment % data.parts.length]} ${stretch}` : String(segment);
}

function showRivals(table, data, excerpt, names, explainer) {
  const first = (name) => smallest(excerpt.flips[name]);
  const explained = names.filter((name) => excerpt.weights[name]);
  explained.sort((a, b) => (first(a) || Infinity) - (first(b) || Infinity) || 0);
  const fidelity = (name) => (name in excerpt.drawn_fidelity ? excerpt.drawn_fidelity[name].toFixed(2) : "-");
  const found = (name) => (excerpt.drawn ? [touched(excerpt, name), fidelity(name)] : [String(first(name) || "-")]);
  const top = (name) => ranking(excerpt.weights[name]).slice(0, 3).map((segment) => named(data, segment)).join(", ");
  const rows = explained.map((name) => line(
    [name, ...found(name), element("span", top(name), { class: "list" })],
    name === explainer ? { class: "chosen", "aria-current": "true" } : {},
  ));
  const headers = excerpt.drawn ? ["touched of top 3", "fidelity"] : ["first k that flips"];
  fillTable(table, "All explainers of this excerpt", ["explainer", ...headers, "top 3 segments"], rows);
}
