// Buttons that print are made here, because without a script they would do nothing.
export function printButtons(within) {
  for (const place of within.querySelectorAll("[data-print]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = place.dataset.print;
    button.addEventListener("click", () => window.print());
    place.append(button);
  }
}
