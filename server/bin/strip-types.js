/**
 * Node strips types with a compiler that stays in memory, some 20 MB, in every process that has used it. So one that ends
 * strips them all, and what it made is kept by the content of the source: servers and commands read that, and start
 * faster. Where nothing can be kept, Node strips as it always does.
 *
 * Plain JavaScript, as it must run before any TypeScript can: `node --import=./server/bin/strip-types.js …`.
 */
import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { basename, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(import.meta.dirname, "../..");
const trees = [join(root, "server/src"), join(root, "scim/src")];
const versions = join(root, "node_modules/.cache/muster/types-stripped");
const kept = join(versions, process.version);

/** @param {string} source */
const placeOf = (source) => join(kept, `${hash("sha256", source)}.js`);

/**
 * What was kept of a source, where that is whole: stripping leaves everything in its place. The power may have failed
 * before all of it was on the disk.
 * @param {string} source
 */
const readKept = (source) => {
  try {
    const text = readFileSync(placeOf(source), "utf8");
    return text.length === source.length && !text.startsWith("\0") ? text : undefined;
  } catch {
    return undefined;
  }
};

const stripAll = () => {
  mkdirSync(kept, { recursive: true });
  /** @type {Set<string>} */
  const present = new Set();
  for (const tree of trees)
    for (const name of readdirSync(tree, { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
      const source = readFileSync(join(tree, name), "utf8");
      present.add(basename(placeOf(source)));
      if (readKept(source) !== undefined) continue;
      // Another process may be at it too: whoever reads finds a file whole or not at all.
      const place = placeOf(source);
      const draft = `${place}.${process.pid}`;
      writeFileSync(draft, stripTypeScriptTypes(source));
      renameSync(draft, place);
    }
  removeOld(kept, present);
  removeOld(versions, new Set([process.version]));
};

/** Another process may be at it with sources that were edited meanwhile, or with another Node: what is young is in use. */
const youngMs = 60_000;

/**
 * Removes from a folder what is no longer there to be read. Whoever reads it all the same strips it again.
 * @param {string} folder
 * @param {Set<string>} present
 */
const removeOld = (folder, present) => {
  for (const name of readdirSync(folder)) {
    if (present.has(name)) continue;
    const place = join(folder, name);
    const changed = statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - changed > youngMs) rmSync(place, { recursive: true, force: true });
  }
};

let isTried = false;

const haveAllStripped = () => {
  if (isTried) return;
  isTried = true;
  try {
    const flags = ["--disable-warning=ExperimentalWarning"];
    execFileSync(process.execPath, [...flags, import.meta.filename], { stdio: "ignore" });
  } catch {
    // Nothing can be written there, say.
  }
};

/** @param {string} source */
const findStripped = (source) => {
  const stripped = readKept(source);
  if (stripped !== undefined) return stripped;
  haveAllStripped();
  return readKept(source);
};

if (import.meta.main) stripAll();
else
  registerHooks({
    load: (url, context, next) => {
      if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
      const file = fileURLToPath(url);
      if (!trees.some((tree) => file.startsWith(tree + sep))) return next(url, context);
      const source = findStripped(readFileSync(file, "utf8"));
      if (source === undefined) return next(url, context);
      return { format: "module", source, shortCircuit: true };
    },
  });
