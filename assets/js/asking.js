// A form marked data-asks: when a choice is made, questions that now are asked come in and others go. What stands on the
// page stays as it is, so that nobody who is typing loses a letter.
export function askOn(within) {
  for (const form of within.querySelectorAll("form[data-asks]")) {
    form.addEventListener("change", async (event) => {
      if (!event.target.matches("input[type=radio], input[type=checkbox], select")) return;
      const sent = new FormData(form);
      sent.set("look", "1");
      const answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(sent), redirect: "manual" });
      if (answer.ok) take(form, new DOMParser().parseFromString(await answer.text(), "text/html"));
    });
  }
}

function take(form, page) {
  const list = form.querySelector("#questions"), wanted = page.querySelector("#questions");
  if (!wanted) return;
  const here = new Map([...list.children].map((item) => [item.dataset.question, item]));
  const order = [...wanted.children].map((item) => here.get(item.dataset.question) ?? document.importNode(item, true));
  for (const item of list.children) if (!order.includes(item)) item.remove();
  order.forEach((item, at) => { if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null); });
  list.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
}
