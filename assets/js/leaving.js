// A long form marked data-keep asks before unsaved words are lost. The browser words the question.
export function askBeforeLeaving(within) {
  for (const form of within.querySelectorAll("form[data-keep]")) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }
}

// Whoever may be in danger leaves at once: the page goes blank, and the harmless one takes its place in the history.
export function leaveQuickly(within) {
  for (const link of within.querySelectorAll("a[data-quick-exit]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.body.hidden = true;
      window.location.replace(link.href);
    });
  }
}
