// Finds and makes elements of the page.
"use strict";

const part = (id) => document.getElementById(id);

function attributed(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function element(name, content = [], attributes = {}) {
  const made = attributed(document.createElement(name), attributes);
  made.append(...[content].flat());
  return made;
}

function shape(name, attributes, text = "") {
  const made = attributed(document.createElementNS("http://www.w3.org/2000/svg", name), attributes);
  made.textContent = text;
  return made;
}

// Options under a heading; none without entries. An entry is a value and its text.
function options(label, entries) {
  const made = entries.map(([value, text]) => element("option", text, { value }));
  return made.length ? [element("optgroup", made, { label })] : [];
}

function fillTable(table, caption, headers, rows) {
  table.caption.textContent = caption;
  table.tHead.replaceChildren(element("tr", headers.map((header) => element("th", header, { scope: "col" }))));
  table.tBodies[0].replaceChildren(...rows);
}

// A row of a table: a header cell, then cells.
function line([first, ...others], attributes = {}) {
  const cells = others.map((content) => element("td", content));
  return element("tr", [element("th", first, { scope: "row" }), ...cells], attributes);
}
