// Segments of an excerpt: their ranking, where they lie, and what is drawn over the spectrograms.
const ranking = (weights) => weights.map((_, segment) => segment).sort((a, b) => weights[b] - weights[a] || a - b);

// Where a segment lies: its place in the grid, and its rectangle in frames to the right and bands downwards.
function rectangle(excerpt, [times, frequencies], segment) {
  const edge = (i, parts, whole) => Math.ceil((i * whole) / parts);
  const time = Math.floor(segment / frequencies);
  const frequency = segment % frequencies;
  const [left, right] = [time, time + 1].map((i) => edge(i, times, excerpt.frames));
  const [low, high] = [frequency, frequency + 1].map((i) => edge(i, frequencies, excerpt.bands));
  return { time, frequency, x: left, y: excerpt.bands - high, width: right - left, height: high - low };
}

function box({ x, y, width, height }, inset, attributes) {
  const [w, h] = [width - 2 * inset, height - 2 * inset];
  return shape("rect", { x: x + inset, y: y + inset, width: w, height: h, ...attributes });
}

function canvas(svg, excerpt, shapes) {
  svg.setAttribute("viewBox", `0 0 ${excerpt.frames} ${excerpt.bands}`);
  svg.replaceChildren(...shapes);
}

// The top segments, outlined and numbered, and the oracle's set, dashed. Parts of a sound share the bins of a
// spectrogram: they are outlined among the weights alone.
function drawOverlays(excerpt, { grid, parts }, top, oracle) {
  for (const svg of document.querySelectorAll(parts.length ? "#heat + .overlay" : ".overlay")) {
    const ranked = top.flatMap((segment, i) => {
      const place = rectangle(excerpt, grid, segment);
      const rank = shape("text", { x: place.x + 2.5, y: place.y + 8.5 }, i + 1);
      return [box(place, 0.7, { class: "halo" }), box(place, 0.7, { class: "top" }), rank];
    });
    const dashed = oracle.map((segment) => box(rectangle(excerpt, grid, segment), 2.2, { class: "oracle" }));
    canvas(svg, excerpt, [...ranked, ...dashed]);
  }
}

// Every segment in the colour of its weight, the parts of a sound with their names.
function drawWeights(svg, excerpt, { grid, parts }, weights) {
  const most = Math.max(...weights.map(Math.abs)) || 1;
  const cells = weights.map((weight, segment) => box(rectangle(excerpt, grid, segment), 0, {
    class: weight > 0 ? "for" : "against",
    "fill-opacity": Math.abs(weight) / most,
  }));
  const names = parts.map((name, i) => {
    const { x, y, height } = rectangle(excerpt, grid, i);
    return shape("text", { class: "part", x: x + 2, y: y + height - 3 }, name);
  });
  canvas(svg, excerpt, [...cells, ...names]);
}
