// In a table form marked data-grid, Enter goes on as Tab does (with Shift back) and arrows go to the cell beside, above or
// below; what is typed takes the place of what stood there. Without this, Tab walks through the cells.
const CELL = "input:not([type=hidden]), select";

function beside(table, cell, key) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll(CELL)]).filter((cells) => cells.length);
  const y = rows.findIndex((cells) => cells.includes(cell)), x = rows[y].indexOf(cell);
  return { ArrowUp: rows[y - 1]?.[x], ArrowDown: rows[y + 1]?.[x], ArrowLeft: rows[y][x - 1], ArrowRight: rows[y][x + 1] }[key];
}

// A longer number is walked through first; a list changes by arrows.
function leaves(cell, key) {
  if (cell.matches("select")) return false;
  const { selectionStart: from, selectionEnd: to, value } = cell;
  if (key === "ArrowLeft") return from === 0 && (to === 0 || to === value.length);
  if (key === "ArrowRight") return to === value.length && (from === to || from === 0);
  return true;
}

export function walkGrids(within) {
  for (const form of within.querySelectorAll("form[data-grid]")) {
    form.addEventListener("focusin", (event) => { if (event.target.matches("tbody input")) event.target.select(); });
    form.addEventListener("keydown", (event) => {
      const cell = event.target.closest("tbody")?.contains(event.target) && event.target.matches(CELL) ? event.target : null;
      if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter") {
        event.preventDefault();
        const cells = [...cell.closest("tbody").querySelectorAll(CELL)];
        (cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)] ?? form.querySelector(".govuk-button")).focus();
      } else if (event.key.startsWith("Arrow") && !event.shiftKey && leaves(cell, event.key)) {
        event.preventDefault();
        beside(cell.closest("table"), cell, event.key)?.focus();
      }
    });
  }
}
