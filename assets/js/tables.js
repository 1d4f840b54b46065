// A table marked data-sortable: its headers become buttons that order the rows. Without this, the server's order stays.
const language = document.documentElement.lang || "sr";
const compare = new Intl.Collator(language, { numeric: true, sensitivity: "base" }).compare;

const value = (row, at) => {
  const cell = row.cells[at];
  return cell ? (cell.dataset.value ?? cell.textContent.trim()) : "";
};

function order(table, header, at) {
  const up = header.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => (up ? 1 : -1) * compare(value(a, at), value(b, at)));
  body.append(...rows);
}

export function sortTables(within) {
  for (const table of within.querySelectorAll("table[data-sortable]:not([data-ready])")) {
    table.dataset.ready = "1";
    [...table.tHead.rows[0].cells].forEach((header, at) => {
      if ("fixed" in header.dataset || !header.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "z-sort";
      button.append(...header.childNodes);
      header.append(button);
      if (!header.hasAttribute("aria-sort")) header.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => order(table, header, at));
    });
  }
}
