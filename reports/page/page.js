"use strict";
const table = document.getElementById("ads-table");
if (table) {
  const body = table.tBodies[0];
  const lines = [...body.rows];
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const words = new Map(lines.map((line) => [line, line.textContent.toLocaleLowerCase()]));

  // Unknown stays at the end whichever way the column is sorted.
  const sortBy = (column, direction) => {
    const key = (line) => line.cells[column].dataset.sort ?? line.cells[column].textContent.trim();
    const sorted = lines.slice().sort((one, other) => {
      const [a, b] = [key(one), key(other)];
      if (a === "" || b === "") return (a === "") - (b === "");
      return direction * order.compare(a, b);
    });
    body.append(...sorted);
  };

  const filter = () => {
    const asked = Object.fromEntries(new FormData(form));
    const wanted = asked.words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const line of lines) {
      const isShown =
        (!asked.codes || line.dataset.codes.split(" ").includes(asked.codes)) &&
        (!asked.level || line.dataset.level === asked.level) &&
        (!asked.language || line.dataset.language === asked.language) &&
        wanted.every((word) => words.get(line).includes(word));
      line.hidden = !isShown;
      count += isShown;
    }
    shown.value = shown.dataset.form.replace("{shown}", count).replace("{total}", lines.length);
  };

  table.querySelectorAll(".sort").forEach((button, column) => {
    button.addEventListener("click", () => {
      const cell = button.parentElement;
      const isAscending = cell.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
      cell.setAttribute("aria-sort", isAscending ? "descending" : "ascending");
      sortBy(column, isAscending ? -1 : 1);
    });
  });
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
