// Builds what browsers get: `node tools/build.mjs [--dev]`. `tools/frontend.py` calls it with the data files ready.
// Every file is named by its content, `<name>-<HASH8>.<ext>`; manifest.json says which plain name became which.
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const OUT = "src/cityplus/web/static/web/built";
const DATA = "build/data"; // made by tools/*_data.py
const WORKER = "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs";
const STYLES = "src/cityplus/web/styles/site.css";
const dev = process.argv.includes("--dev");

/** Shaders as strings, without comments and blanks that only people need. */
const shaders = {
  name: "shaders",
  setup: (build) =>
    build.onLoad({ filter: /\.glsl$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const bare = source.replace(/\/\/.*/g, "").replace(/\s+/g, " ").replace(/ ?([{}()=*/+,;<>?:]) ?/g, "$1");
      const terse = bare.replace(/\b0(\.\d)/g, "$1").replace(/(\d\.)0\b/g, "$1");
      return { contents: dev ? source : terse.trim(), loader: "text" };
    }),
};

/** @type {esbuild.BuildOptions} */
const common = {
  outdir: OUT,
  bundle: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"], // the first with light-dark()
  metafile: true,
  minify: !dev,
  sourcemap: dev ? "inline" : false,
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
};

/** The files of one kind in every room: `islands`, `images`. */
const ofRooms = (kind) =>
  readdirSync("src/cityplus")
    .map((room) => join("src/cityplus", room, kind))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .sort();

/** The entry points of all islands, `{plain name: path}`; two of one name would overwrite each other. */
function islands() {
  const found = {};
  for (const path of ofRooms("islands").filter((file) => file.endsWith(".entry.ts"))) {
    const name = basename(path, ".entry.ts");
    if (found[name]) throw new Error(`two islands are called ${name}: ${found[name]} and ${path}`);
    found[name] = path;
  }
  return found;
}

const build = (path, name, options) => esbuild.build({ ...common, ...options, entryPoints: [{ in: path, out: name }] });

/** One build an island, so that splitting makes a chunk only where the island itself imports lazily. */
const script = ([name, path]) => build(path, name, { splitting: true, plugins: [shaders] });

/** The stylesheet of every page, and those of a room's own pages: `styles/<name>.sheet.css`. */
const stylesheets = () =>
  [STYLES, ...ofRooms("styles").filter((file) => file.endsWith(".sheet.css"))].map(stylesheet);

const stylesheet = (path) =>
  build(path, basename(path).replace(/(\.sheet)?\.css$/, ""), { loader: { ".woff2": "file", ".svg": "file", ".png": "file", ".webp": "file" } });

/** A file taken as it is; esbuild only names it. */
const copy = (path) => build(path, basename(path, extname(path)), { bundle: true, loader: { [extname(path)]: "copy" } });

/** `{plain name: hashed name}` of all that was written, without the nameless chunks. */
function manifestOf(results) {
  const hashed = results.flatMap((result) => Object.keys(result.metafile.outputs)).map((path) => basename(path));
  const named = [...new Set(hashed)].filter((file) => !file.startsWith("chunk-"));
  return Object.fromEntries(named.sort().map((file) => [file.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ""), file]));
}

/** Leaves exactly these files, compressed copies among them, in the output folder. */
async function settle(files) {
  const kept = new Set(["manifest.json", "inputs.txt"]);
  for (const file of files) {
    kept.add(file);
    if (dev || !/\.(js|mjs|css|svg|json)$/.test(file)) continue;
    for (const suffix of [".gz", ".br"]) {
      kept.add(file + suffix);
      if (!existsSync(join(OUT, file + suffix))) await compress(join(OUT, file), suffix);
    }
  }
  for (const file of readdirSync(OUT)) if (!kept.has(file)) await rm(join(OUT, file), { force: true });
}

async function compress(path, suffix) {
  const text = await readFile(path);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  await writeFile(path + suffix, suffix === ".gz" ? gzipSync(text, { level: 9 }) : brotliCompressSync(text, { params }));
}

async function main() {
  await mkdir(OUT, { recursive: true });
  const data = existsSync(DATA) ? readdirSync(DATA).map((file) => join(DATA, file)) : [];
  const results = await Promise.all([
    ...Object.entries(islands()).map(script),
    ...stylesheets(),
    ...[WORKER, ...ofRooms("images"), ...data].map(copy),
  ]);
  await settle(results.flatMap((result) => Object.keys(result.metafile.outputs)).map((path) => basename(path)));
  await writeFile(join(OUT, "manifest.new"), `${JSON.stringify(manifestOf(results), null, 1)}\n`);
  await rename(join(OUT, "manifest.new"), join(OUT, "manifest.json")); // last and whole: nobody reads half a build
}

main().catch((error) => {
  if (!error.errors) console.error(error.message); // esbuild has said its own already
  process.exitCode = 1;
});
