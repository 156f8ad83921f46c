// The case browser: shows one excerpt, and how one explainer weighs it.
const PLAYERS = { clean: "clean", adversarial: "adversarial-sound", perturbation: "perturbation-sound" };

function describe({ song, case: index, seconds }) {
  const time = `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
  return `${song}, ${index + 1}: at ${time}`;
}

function showPictures(excerpt) {
  const changed = excerpt.drawn ? "With the drawing" : "Adversarial";
  for (const [name, address] of Object.entries(excerpt.images)) part(name).src = address;
  part("original").alt = "Spectrogram of the original excerpt";
  part("adversarial").alt = `Spectrogram: ${changed.toLowerCase()}`;
  part("perturbation").alt = "Difference of the two spectrograms";
  part("changed").textContent = changed;
  part("difference").textContent = `${excerpt.drawn ? "The drawing" : "Perturbation"}: red is louder, blue quieter; colours end at ±${excerpt.scale} (natural log)`;
}

function showSounds(excerpt) {
  const any = Object.keys(excerpt.sounds).length > 0;
  const clean = excerpt.group.startsWith("spectrogram");
  part("sounds").hidden = !any;
  part("sound-note").textContent = any ? "The sounds are compressed, which the detector's were not." : excerpt.drawn ? "Drawings have no sounds." : "No sounds.";
  if (any && clean) {
    part("sound-note").textContent += " A spectrogram has none: this one has the phases of the clean excerpt.";
  }
  part("perturbation-name").textContent = `Perturbation alone, amplified by ${excerpt.gain} dB`;
  for (const [name, id] of Object.entries(PLAYERS)) {
    if (any) part(id).src = excerpt.sounds[name];
    else part(id).removeAttribute("src");
  }
}

function browse(data) {
  const excerpt = () => data.cases[part("case").value];
  const names = [...data.explainers, ...data.references];

  // What depends on the explainer and on k.
  function showExplanation() {
    const [one, explainer, k] = [excerpt(), part("explainer").value, Number(part("k").value)];
    const weights = one.weights[explainer];
    part("k-shown").textContent = k;
    part("verdict").textContent = verdict(one, explainer, k);
    showWeights(part("weights"), data, one, explainer, k);
    showRivals(part("rivals"), data, one, names, explainer);
    if (data.grid) {
      drawOverlays(one, data, ranking(weights).slice(0, k), part("oracle").checked ? one.oracle : []);
      drawWeights(part("heat"), one, data, weights);
      part("explained").textContent = `Weights of ${explainer}: red speaks for the new prediction, blue against it`;
    }
  }

  function showExcerpt() {
    const one = excerpt();
    const chosen = part("explainer").value;
    const choices = (all) => all.filter((name) => one.weights[name]).map((name) => [name, name]);
    part("explainer").replaceChildren(
      ...options("Explainers", choices(data.explainers)), ...options("References", choices(data.references)),
    );
    if (one.weights[chosen]) part("explainer").value = chosen;
    part("k").max = one.segments;
    part("previous").disabled = one === data.cases[0];
    part("next").disabled = one === data.cases.at(-1);
    document.body.classList.toggle("no-grid", !data.grid);
    document.body.classList.toggle("no-parts", !data.parts.length);
    document.body.classList.toggle("no-oracle", !data.grid || !one.oracle.length);
    showPictures(one);
    showSounds(one);
    showExplanation();
  }

  function step(by) {
    part("case").selectedIndex += by;
    showExcerpt();
  }

  const groups = [...new Set(data.cases.map((one) => one.group))];
  part("case").append(...groups.flatMap((group) => {
    const members = data.cases.filter((one) => one.group === group);
    return options(group, members.map((one) => [data.cases.indexOf(one), describe(one)]));
  }));
  part("case").addEventListener("change", showExcerpt);
  part("previous").addEventListener("click", () => step(-1));
  part("next").addEventListener("click", () => step(1));
  part("explainer").addEventListener("change", showExplanation);
  part("k").addEventListener("input", showExplanation);
  part("oracle").addEventListener("change", showExplanation);
  showExcerpt();
}

if (part("data")) browse(JSON.parse(part("data").textContent));
