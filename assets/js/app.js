// Everything here only makes a page that already works a little better.
import { Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink } from "govuk-frontend";

import { sortTables } from "./tables.js";
import { narrowLists } from "./narrowing.js";
import { pasteDates } from "./dates.js";
import { printButtons } from "./printing.js";
import { askBeforeLeaving, leaveQuickly } from "./leaving.js";
import { askOn } from "./asking.js";
import { walkGrids } from "./grid.js";
import { watchWork } from "./watching.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const wanted = { "govuk-button": Button, "govuk-checkboxes": Checkboxes, "govuk-error-summary": ErrorSummary,
  "govuk-notification-banner": NotificationBanner, "govuk-radios": Radios, "govuk-skip-link": SkipLink };

function start(within) {
  for (const [name, Piece] of Object.entries(wanted)) {
    for (const element of within.querySelectorAll(`[data-module="${name}"]:not([data-${name}-init])`)) new Piece(element);
  }
  sortTables(within);
  pasteDates(within);
  narrowLists(within);
}

start(document);
printButtons(document);
askBeforeLeaving(document);
leaveQuickly(document);
askOn(document);
walkGrids(document);
watchWork(document);
document.addEventListener("htmx:load", (event) => start(event.target)); // a fragment came in
