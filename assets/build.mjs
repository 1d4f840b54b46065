// Builds app.css, app.js and the fonts into zajedno/web/static/built. Run by `npm run build` (see Makefile).
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const out = join(root, "zajedno", "web", "static", "built");
mkdirSync(out, { recursive: true });

function python() {
  if (process.env.PYTHON) return process.env.PYTHON;
  const own = ["bin/python", "Scripts/python.exe"].map((name) => join(root, ".venv", name)).find(existsSync);
  return own ?? "python3";
}

const css = sass.compile(join(root, "assets", "css", "app.scss"), {
  loadPaths: [modules, root, join(root, "assets", "css")], // MOJ names "node_modules/…" itself, so its parent too
  quietDeps: true,
  style: "compressed",
}).css;
const smaller = await esbuild.transform(css, { loader: "css", minify: true, target: ["chrome109", "firefox115", "safari15"] });
writeFileSync(join(out, "app.css"), smaller.code);

await esbuild.build({
  entryPoints: [join(root, "assets", "js", "app.js")],
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari15"],
  outfile: join(out, "app.js"),
  legalComments: "none",
});

if (!process.argv.includes("--without-fonts")) {
  execFileSync(python(), [join(root, "assets", "fonts.py"), modules, out], { stdio: "inherit" });
}

for (const name of ["app.css", "app.js"]) {
  const file = join(out, name);
  const packed = gzipSync(await (await import("node:fs/promises")).readFile(file), { level: 9 }).length;
  console.log(`${name}: ${statSync(file).size} bytes, ${packed} packed`);
}
