// A long form marked data-keep asks before unsaved words are lost. The browser words the question.
export function askBeforeLeaving(within) {
  for (const form of within.querySelectorAll("form[data-keep]")) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }
}
