// Bundles the front end into src/inquirylab/static: the report's script and its chart library, and one script and one
// style sheet for each view that a notebook shows.
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const out = "src/inquirylab/static";
const common = { bundle: true, target: "es2022", charset: "utf8", legalComments: "eof", logLevel: "warning", minify: true };

/** Views are the folders of widgets/views; each has a view.tsx, whose default export is the view, and a view.css. */
const views = readdirSync("widgets/views", { withFileTypes: true }).filter((d) => d.isDirectory() && d.name !== "parts").map((d) => d.name);

const asWidget = (name) => build({
  ...common, format: "esm", jsx: "automatic", jsxImportSource: "preact", outfile: `${out}/${name}.js`, loader: { ".svg": "dataurl" },
  stdin: {
    contents: `import { host } from "./anywidget/host"; import View from "./views/${name}/view"; import "./views/${name}/view.css"; export default host("${name}", View);`,
    resolveDir: "widgets", loader: "ts",
  },
});

await Promise.all([
  build({ ...common, format: "iife", entryPoints: ["widgets/page/page.ts"], outfile: `${out}/page.js` }),
  build({ ...common, format: "iife", entryPoints: ["widgets/page/vega.ts"], outfile: `${out}/vega.js` }),
  ...views.map(asWidget),
]);
