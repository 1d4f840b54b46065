// A long list marked data-filter gets a box above it: typing keeps the lines that hold the typed letters, in either script.
const LETTERS = { а: "a", б: "b", в: "v", г: "g", д: "d", ђ: "dj", е: "e", ж: "z", з: "z", и: "i", ј: "j", к: "k", л: "l", љ: "lj",
  м: "m", н: "n", њ: "nj", о: "o", п: "p", р: "r", с: "s", т: "t", ћ: "c", у: "u", ф: "f", х: "h", ц: "c", ч: "c", џ: "dz", ш: "s", đ: "dj" };

const fold = (text) => text.toLowerCase().replace(/[а-џđ]/g, (letter) => LETTERS[letter] ?? letter)
  .normalize("NFD").replace(/[\u0300-\u036f]/g, "");

export function narrowLists(within) {
  for (const list of within.querySelectorAll("select[data-filter]:not([data-ready])")) {
    list.dataset.ready = "1";
    const lines = [...list.options].map((line) => [line, fold(line.textContent)]);
    const box = document.createElement("input");
    box.type = "search";
    box.className = "govuk-input z-filter";
    box.autocomplete = "off";
    box.setAttribute("aria-label", list.dataset.filter);
    box.placeholder = list.dataset.filter;
    box.addEventListener("input", () => {
      const wanted = fold(box.value.trim());
      const kept = lines.filter(([line, text]) => line.selected || !line.value || text.includes(wanted));
      list.replaceChildren(...kept.map(([line]) => line));
      const found = kept.filter(([line]) => line.value);
      if (wanted && found.length === 1) found[0][0].selected = true;
    });
    list.before(box);
  }
}
