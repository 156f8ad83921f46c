// Sorts a table by the column whose header is pressed: names from A, numbers from the largest; no number comes last.
function sortTable(table, column) {
  const names = column === 0;
  const number = (row) => parseFloat(row.cells[column].textContent.replace(/[,<]/g, ""));
  const missing = (row) => !names && Number.isNaN(number(row));
  const headers = [...table.tHead.rows[0].cells];
  const before = headers[column].getAttribute("aria-sort");
  const order = (before ? before === "descending" : names) ? "ascending" : "descending";
  const sign = order === "ascending" ? 1 : -1;
  const compare = (a, b) => (names ? a.cells[0].textContent.localeCompare(b.cells[0].textContent) : number(a) - number(b));
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => missing(a) - missing(b) || (missing(a) ? 0 : sign * compare(a, b)));
  headers.forEach((header) => header.removeAttribute("aria-sort"));
  headers[column].setAttribute("aria-sort", order);
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((header, column) => {
    header.firstElementChild.addEventListener("click", () => sortTable(table, column));
  });
}
