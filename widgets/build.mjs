// Bundles the front end into src/inquirylab/static: the page script, and the chart library that it loads when needed.
import { build } from "esbuild";

const out = "src/inquirylab/static";
const common = { bundle: true, format: "iife", target: "es2022", charset: "utf8", legalComments: "eof", logLevel: "warning" };

await Promise.all([
  build({ ...common, entryPoints: ["widgets/page/page.ts"], outfile: `${out}/page.js`, minify: true }),
  build({ ...common, entryPoints: ["widgets/page/vega.ts"], outfile: `${out}/vega.js`, minify: true }),
]);
