// Where another notebook of the inquiry opens from this one: in the notebook application that shows this one.
import type { Link } from "../views/model";

interface Site { baseUrl?: string; notebookPage?: string }

/** How the application that shows this page was set up; nothing where no notebook application shows it. */
export function siteOf(page: Document): Site | null {
  try {
    return JSON.parse(page.getElementById("jupyter-config-data")?.textContent ?? "null") as Site | null;
  } catch {
    return null;
  }
}

/**
 * Return how to open a notebook.
 *
 * @param here path of this notebook as the server knows it, a drive's name before it perhaps: `RTC:late/01.ipynb`
 * @param path from this notebook's folder to the other one
 * @param site the application that shows this page
 */
export function linkTo(here: unknown, path: string, site: Site | null): Link | null {
  if (typeof here !== "string" || !here || !site) return null;
  const drive = /^[^/:]+:/.exec(here)?.[0] ?? "";
  const words = here.slice(drive.length).split("/").slice(0, -1);
  for (const word of path.split("/")) {
    if (word === "..") {
      if (!words.length) return null; // above what this server shows
      words.pop();
    } else if (word && word !== ".") words.push(word);
  }
  const there = words.join("/");
  const page = site.notebookPage ? "notebooks/" : "lab/tree/";
  return {
    href: `${site.baseUrl ?? "/"}${page}${words.map(encodeURIComponent).join("/")}`,
    // the application opens it beside this one when it is clicked; the address is for a new tab, and for others
    open: { "data-commandlinker-command": "docmanager:open", "data-commandlinker-args": JSON.stringify({ path: drive + there }) },
  };
}
