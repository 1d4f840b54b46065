// A whole date pasted into the day's box is spread over the three boxes.
const FORM = /^\s*(\d{1,2})[.\/\-\s]+(\d{1,2})[.\/\-\s]+(\d{4})\.?\s*$/;
const ISO = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/;

export function pasteDates(within) {
  for (const group of within.querySelectorAll(".govuk-date-input")) {
    const [day, month, year] = group.querySelectorAll("input");
    if (!year) continue;
    day.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text");
      const parts = FORM.exec(text)?.slice(1) ?? ISO.exec(text)?.slice(1).reverse();
      if (!parts) return;
      event.preventDefault();
      [day.value, month.value, year.value] = parts;
      year.focus();
    });
  }
}
