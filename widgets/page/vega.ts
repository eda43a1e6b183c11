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
  place.replaceChildren();
  new View(runtime, { renderer: "svg", container: place, hover: true, tooltip }).initialize().run();
  const drawing = place.querySelector("svg");
  drawing?.setAttribute("aria-hidden", "true");
  drawing?.removeAttribute("role");
};
