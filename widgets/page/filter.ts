// Finds sites by name among the small multiples, and shows only those with a signal of their own if asked.

/** Letters without case or accents, so that "zurich" finds "Zürich". */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

export function filterSites(): void {
  const form = document.querySelector<HTMLFormElement>("form.filter");
  const query = document.querySelector<HTMLInputElement>("#q");
  const own = document.querySelector<HTMLInputElement>("#own");
  const count = document.querySelector<HTMLOutputElement>("#count");
  const none = document.querySelector<HTMLElement>("#none");
  if (!form || !query || !own || !count || !none) return;
  const sites = [...document.querySelectorAll<HTMLElement>(".sites:not(.groups) > li")].map((element) => ({
    element,
    name: plain(element.querySelector("h3")?.textContent ?? ""),
    signal: element.dataset.signal === "1",
  }));
  const groups = [...document.querySelectorAll<HTMLElement>("details.letter")];
  const apply = () => {
    const wanted = plain(query.value.trim());
    let shown = 0;
    for (const site of sites) {
      const on = site.name.includes(wanted) && (!own.checked || site.signal);
      site.element.hidden = !on;
      shown += on ? 1 : 0;
    }
    for (const group of groups) group.hidden = !group.querySelector(".sites > li:not([hidden])");
    count.textContent = `${shown} of ${sites.length} sites`;
    none.hidden = shown > 0;
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  query.addEventListener("input", apply);
  own.addEventListener("change", apply);
  apply();
}
