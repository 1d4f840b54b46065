// Long work that is marked data-watch (seconds) is looked at again in its place; when it is over, the page opens anew.
export function watchWork(within) {
  for (const box of within.querySelectorAll("[data-watch]")) {
    const look = async () => {
      const answer = await fetch(location.href).then((got) => (got.ok ? got.text() : ""), () => "");
      const found = new DOMParser().parseFromString(answer, "text/html").querySelector("[data-watch]");
      if (answer && !found) return location.reload();
      if (found && !box.contains(document.activeElement)) box.replaceChildren(...found.childNodes);
      setTimeout(look, box.dataset.watch * 1000);
    };
    setTimeout(look, box.dataset.watch * 1000);
  }
}
