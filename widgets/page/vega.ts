// The chart library as one file that a page loads from its own folder, once, when a chart comes into sight.
import { parse, View } from "vega";
import { Handler } from "vega-tooltip";
import { compile, type TopLevelSpec } from "vega-lite";
import type { ChartSpec } from "./chart";

declare global {
  interface Window {
    inquirylabDraw?: (place: HTMLElement, spec: ChartSpec) => void;
  }
}

/** Draws at once, without waiting: a page that is about to be printed cannot wait. */
window.inquirylabDraw = (place, spec) => {
  const tooltip = new Handler({ theme: "inquirylab", disableDefaultStyle: true }).call;
  const runtime = parse(compile({ ...spec } as unknown as TopLevelSpec).spec);
  // Vega names its container "Vega visualization"; ours has a better name, so Vega gets a place inside it.
  const inside = document.createElement("div");
  place.replaceChildren(inside);
  new View(runtime, { renderer: "svg", container: inside, hover: true, tooltip }).initialize().run();
  for (const name of ["role", "aria-label", "aria-roledescription"]) inside.removeAttribute(name);
  inside.setAttribute("aria-hidden", "true");
};
