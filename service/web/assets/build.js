// Builds everything the pages load: styles, scripts and fonts, into service/web/static/build/.
// Every *.scss and *.js here whose name does not begin with "_" becomes one file of that name; no other place lists them.
// Run by "make setup" whenever something in this folder or in package-lock.json has changed.

import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const assets = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(assets, "../../..");
const packages = path.join(root, "node_modules");
const finished = path.resolve(assets, "../static/build");
const build = `${finished}.new`; // so that a running server never meets half a build

// і and ұ live in "cyrillic", ә ғ қ ң ү ө һ in "cyrillic-ext", ₸ in "latin-ext": a page needs all of them (see main.scss).
const WEB_FONTS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext"];
const DOCUMENT_STYLES = ["400Regular", "700Bold", "400Regular_Italic"];
const DOCUMENT_FONTS = { "noto-serif": "NotoSerif", "noto-sans": "NotoSans" };

async function sources(extension) {
  const names = await readdir(assets);
  return names.filter((name) => name.endsWith(extension) && !name.startsWith("_") && name !== "build.js");
}

async function styles() {
  for (const name of await sources(".scss")) {
    const { css } = await sass.compileAsync(path.join(assets, name), {
      loadPaths: [packages],
      quietDeps: true,
      style: "compressed",
    });
    await writeFile(path.join(build, name.replace(".scss", ".css")), css);
  }
}

async function scripts() {
  await esbuild.build({
    absWorkingDir: root,
    bundle: true,
    charset: "utf8",
    entryPoints: (await sources(".js")).map((name) => path.join(assets, name)),
    format: "iife",
    legalComments: "inline", // licences travel with the code they belong to
    logLevel: "warning",
    minify: true,
    outdir: build,
    target: ["es2020"],
  });
}

async function webFonts() {
  const family = path.join(packages, "@fontsource-variable/noto-sans");
  const target = path.join(build, "fonts");
  await mkdir(target);
  for (const subset of WEB_FONTS) {
    await cp(path.join(family, "files", `noto-sans-${subset}-wght-normal.woff2`), path.join(target, `noto-sans-${subset}.woff2`));
  }
  await cp(path.join(family, "LICENSE"), path.join(target, "LICENSE.txt"));
}

async function documentFonts() {
  const target = path.join(build, "document-fonts");
  await mkdir(target);
  for (const [name, prefix] of Object.entries(DOCUMENT_FONTS)) {
    const family = path.join(packages, "@expo-google-fonts", name);
    for (const style of DOCUMENT_STYLES) {
      const short = style.replace("400Regular_Italic", "Italic").replace(/^\d+/, "");
      await cp(path.join(family, style, `${prefix}_${style}.ttf`), path.join(target, `${prefix}-${short}.ttf`));
    }
    await cp(path.join(family, "LICENSE_FONT"), path.join(target, `${prefix}-LICENSE.txt`));
  }
}

// A page adds "?v=<fingerprint>", so browsers may keep a file for ever and still get the next one at once.
async function fingerprints() {
  const result = {};
  for (const name of (await readdir(build)).filter((file) => /\.(css|js)$/.test(file)).sort()) {
    result[name] = createHash("sha256").update(await readFile(path.join(build, name))).digest("hex").slice(0, 12);
  }
  await writeFile(path.join(build, "manifest.json"), `${JSON.stringify(result, null, 2)}\n`);
}

await rm(build, { recursive: true, force: true });
await mkdir(build, { recursive: true });
await Promise.all([styles(), scripts(), webFonts(), documentFonts()]);
await fingerprints();
await rm(finished, { recursive: true, force: true });
await rename(build, finished);
