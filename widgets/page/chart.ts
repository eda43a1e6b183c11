// Draws a page's charts when they come into sight, each at the true size that fits its place.

export interface Size {
  width: number;
  height: number;
  outer: number;
  padding: Record<string, number>;
}

export interface ChartSpec {
  width: number;
  height: number;
  padding: Record<string, number>;
  params?: { name: string; value: string }[];
  /** Absent in a notebook's own charts: those are drawn as they are. */
  usermeta?: { sizes?: Record<string, Size> };
}

/** The largest size that fits; the smallest where none does. */
export function fitting(sizes: Record<string, Size>, room: number): string {
  const names = Object.keys(sizes).sort((a, b) => sizes[b]!.outer - sizes[a]!.outer);
  return names.find((name) => sizes[name]!.outer <= room + 1) ?? names[names.length - 1]!;
}

/** The specification set to one of its sizes. A place narrower than the smallest takes from the plot, never from the text. */
export function sized(spec: ChartSpec, name: string, room: number): ChartSpec {
  const size = spec.usermeta?.sizes?.[name];
  if (!size) return spec;
  const missing = Math.max(0, size.outer - room);
  const params = (spec.params ?? []).map((p) => (p.name === "size" ? { ...p, value: name } : p));
  return { ...spec, params, width: Math.max(120, size.width - missing), height: size.height, padding: size.padding };
}

interface Place {
  element: HTMLElement;
  spec: ChartSpec;
  drawn: string;
}

const scriptFolder = (document.currentScript as HTMLScriptElement | null)?.src.replace(/[^/]*$/, "") ?? "";
let library: Promise<void> | undefined;

function loadLibrary(): Promise<void> {
  if (window.inquirylabDraw) return Promise.resolve();
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${scriptFolder}vega.js`;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("The chart library is not beside this page: the still drawings stay."));
    document.head.append(script);
  });
  return library;
}

function draw(place: Place): void {
  const room = place.element.parentElement?.clientWidth ?? 0; // the still drawing keeps its place narrow
  if (!room || !window.inquirylabDraw) return;
  const sizes = place.spec.usermeta?.sizes;
  const name = sizes ? fitting(sizes, room) : "";
  const key = sizes ? `${name}:${Math.min(room, sizes[name]!.outer)}` : "as it is";
  if (place.drawn === key) return;
  place.drawn = key;
  window.inquirylabDraw(place.element, sized(place.spec, name, room));
  place.element.classList.add("drawn");
}

/** The charts of a page: each `script.chart-spec` holds the specifications of the `.chart` places before it. */
function places(): Place[] {
  const found: Place[] = [];
  for (const holder of document.querySelectorAll<HTMLScriptElement>("script.chart-spec")) {
    const specs = (JSON.parse(holder.textContent ?? "{}") as { charts?: ChartSpec[] }).charts ?? [];
    const elements = holder.parentElement?.querySelectorAll<HTMLElement>(".chart") ?? [];
    specs.forEach((spec, i) => {
      const element = elements[i];
      if (element) found.push({ element, spec, drawn: "" });
    });
  }
  return found;
}

export function drawCharts(): void {
  const all = places();
  if (!all.length) return;
  const seen = new Set<Place>();
  const show = (place: Place) => {
    seen.add(place);
    loadLibrary().then(() => draw(place), () => undefined);
  };
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const place = all.find((p) => p.element === entry.target);
        if (place && entry.isIntersecting) {
          watch.unobserve(place.element);
          show(place);
        }
      }
    },
    { rootMargin: "600px" },
  );
  all.forEach((place) => watch.observe(place.element));
  let waiting = 0;
  window.addEventListener("resize", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => seen.forEach(draw), 120);
  });
  window.addEventListener("beforeprint", () => all.forEach(draw));
}
