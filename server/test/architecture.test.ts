import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";

/** What each module may import, and why nothing else. Tests are free: they compose. */
const modules: Record<string, { mayImport: string[]; because: string }> = {
  config: { mayImport: [], because: "it is ground: everything may ask it, it asks nothing" },
  database: {
    mayImport: [],
    because: "it is ground: it knows connections and SQL, no words of the domain",
  },
  http: { mayImport: ["database"], because: "it is a kit, without words of the domain" },
  jobs: { mayImport: ["database"], because: "it is a kit, without words of the domain" },
  tenancy: {
    mayImport: ["database", "http", "jobs"],
    because: "everything above it happens inside an organisation",
  },
  ledger: {
    mayImport: ["database", "http", "jobs", "tenancy"],
    because: "everybody writes it, it reads nobody",
  },
  access: {
    mayImport: ["config", "database", "http", "jobs", "tenancy", "ledger"],
    because: "to it an account is an opaque id; app.ts hands in the rest",
  },
  directory: {
    mayImport: ["database", "http", "jobs", "tenancy", "ledger", "access"],
    because: "the mirror knows neither what is decided from it nor how it is spoken to",
  },
  accounts: {
    mayImport: ["database", "http", "jobs", "tenancy", "ledger", "access", "directory"],
    because: "Sub Accounts are decided without knowing assets or SCIM",
  },
  rehires: {
    mayImport: ["database", "http", "tenancy", "ledger", "access", "directory", "accounts"],
    because:
      "who came back is asked of the mirror and decided about Sub Accounts; items follow by an event",
  },
  collisions: {
    mayImport: ["database", "http", "tenancy", "ledger", "access", "directory", "accounts"],
    because:
      "who was here before is asked of the mirror and decided about Sub Accounts, as of rehires",
  },
  assets: {
    mayImport: ["database", "http", "jobs", "tenancy", "ledger", "access"],
    because: "a thing exists without a holder: it knows no people",
  },
  custody: {
    mayImport: ["database", "http", "jobs", "tenancy", "ledger", "access", "accounts", "assets"],
    because: "it alone joins people and things",
  },
  provisioning: {
    mayImport: [
      "database",
      "http",
      "jobs",
      "tenancy",
      "ledger",
      "access",
      "directory",
      "accounts",
      "rehires",
      "collisions",
      "@muster/scim",
    ],
    because: "it alone joins SCIM and the directory",
  },
  overview: {
    mayImport: [
      "http",
      "tenancy",
      "ledger",
      "access",
      "directory",
      "accounts",
      "assets",
      "custody",
      "provisioning",
    ],
    because: "it counts what every module has, and nobody imports it but app.ts",
  },
  tenants: {
    mayImport: [
      "http",
      "jobs",
      "tenancy",
      "ledger",
      "access",
      "accounts",
      "assets",
      "custody",
      "provisioning",
    ],
    because: "it counts what every module has in each tenant, and nobody imports it but app.ts",
  },
  cli: { mayImport: ["*"], because: "commands compose modules, as app.ts does" },
};

/** Packages: a wall is a wall. */
const packages: Record<string, { mayImport: string[]; because: string }> = {
  scim: { mayImport: [], because: "the protocol is pure and could be published on its own" },
  server: {
    mayImport: ["@muster/scim"],
    because: "the console and the emulator speak HTTP with it",
  },
  console: {
    mayImport: [],
    because: "it runs in a browser and learns types from the OpenAPI document",
  },
  "entra-emulator": {
    mayImport: [],
    because: "a bug must not be able to agree with itself on both sides",
  },
  bench: { mayImport: [], because: "it measures from outside" },
};

const root = resolve(import.meta.dirname, "../..");
const source = join(root, "server/src");
const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']/g;

type Import = { file: string; specifier: string };

const importsOf = (file: string, text: string): Import[] =>
  [...text.matchAll(importPattern)].map((match) => ({ file, specifier: (match[1] ?? match[2])! }));

const readImports = (folder: string): Import[] =>
  globSync("**/*.{ts,tsx}", {
    cwd: folder,
    exclude: (name) => name === "node_modules" || name === "dist",
  })
    .filter((name) => !/\.(test|spec)\.tsx?$/.test(name))
    .flatMap((name) => importsOf(join(folder, name), readFileSync(join(folder, name), "utf8")));

/** The module of a file below server/src, or undefined for the files that compose: app.ts, main.ts and their like. */
const moduleOf = (file: string): string | undefined => {
  const [first = ""] = relative(source, file).split(sep);
  if (first === "config.ts") return "config";
  return first.endsWith(".ts") ? undefined : first;
};

/** A broken rule as a sentence, or undefined. */
const violationIn = ({ file, specifier }: Import): string | undefined => {
  const own = moduleOf(file);
  if (own === undefined) return undefined;
  const where = relative(root, file);
  const rule = modules[own];
  if (rule?.mayImport.includes("*")) return undefined;
  if (rule === undefined) return `${where}: the module ${own} is not in the table`;
  if (specifier.startsWith(".")) {
    const target = moduleOf(resolve(dirname(file), specifier));
    if (target === own) return undefined;
    return `${where} reaches into ${target ?? "a composing file"} by path; import its face #${target}`;
  }
  const target = specifier.startsWith("#")
    ? specifier.slice(1)
    : specifier.startsWith("@muster/")
      ? specifier
      : undefined;
  if (target === undefined || target === own || rule.mayImport.includes(target)) return undefined;
  return `${where} imports ${specifier}, but ${own} may not: ${rule.because}`;
};

const packageViolationIn = (name: string, { file, specifier }: Import): string | undefined => {
  const rule = packages[name]!;
  const where = relative(root, file);
  const leaves =
    specifier.startsWith(".") &&
    !resolve(dirname(file), specifier).startsWith(join(root, name) + sep);
  const foreign = specifier.startsWith("@muster/") && !rule.mayImport.includes(specifier);
  return leaves || foreign
    ? `${where} imports ${specifier}, but ${name} may not: ${rule.because}`
    : undefined;
};

const serverImports = readImports(source);

describe("modules of the server", () => {
  test("import only what the table allows", () => {
    expect(serverImports.map(violationIn).filter(Boolean)).toEqual([]);
  });

  test("the check reads imports at all", () => {
    expect(serverImports.length).toBeGreaterThan(100);
    expect(new Set(serverImports.map(({ file }) => moduleOf(file))).size).toBeGreaterThan(8);
  });

  test.each([
    ["assets knows no people", "assets/store.ts", "#accounts"],
    ["the mirror does not know SCIM", "directory/index.ts", "@muster/scim"],
    ["a face is the only way in", "custody/check-out.ts", "../accounts/store/account.ts"],
    ["nobody imports app.ts", "http/server.ts", "../app.ts"],
    ["nobody imports a command", "http/server.ts", "../cli/openapi.ts"],
    ["a new module must be in the table", "gossip/index.ts", "#access"],
  ])("a planted violation is caught: %s", (_rule, file, specifier) => {
    expect(violationIn({ file: join(source, file), specifier })).toBeDefined();
  });

  test("imports of every form are seen", () => {
    const text = `import a from "#a";\nexport * from "#b";\nimport {\n  c,\n} from "#c";\nconst d = await import("#d");\nimport "#e";`;
    expect(importsOf("x.ts", text).map(({ specifier }) => specifier)).toEqual([
      "#a",
      "#b",
      "#c",
      "#d",
      "#e",
    ]);
  });
});

describe("packages", () => {
  test.each(Object.keys(packages))("%s imports only what the table allows", (name) => {
    const found = readImports(join(root, name)).filter(
      ({ file }) => !file.includes(`${sep}test${sep}`),
    );
    expect(found.map((one) => packageViolationIn(name, one)).filter(Boolean)).toEqual([]);
  });

  test("a planted violation is caught", () => {
    const file = join(root, "entra-emulator/src/client.ts");
    expect(packageViolationIn("entra-emulator", { file, specifier: "@muster/scim" })).toBeDefined();
    expect(
      packageViolationIn("entra-emulator", { file, specifier: "../../server/src/config.ts" }),
    ).toBeDefined();
  });
});

describe("tables", () => {
  const tables = [
    ...readFileSync(join(root, "server/src/database/tables.generated.ts"), "utf8").matchAll(
      /^ {2}(\w+): \w+;$/gm,
    ),
  ].flatMap(([, name]) => (name === undefined ? [] : [name]));

  test("each is named in one module only", () => {
    const storeText = globSync("**/*.ts", { cwd: source })
      .filter((name) => !name.endsWith(".test.ts") && !name.includes("generated"))
      .map((name) => ({
        module: moduleOf(join(source, name)),
        text: readFileSync(join(source, name), "utf8"),
      }));
    const spread = tables.flatMap((table) => {
      const snake = table.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const named = new RegExp(
        `(?:From|Into|Table|Join)\\(\\s*["']${table}\\b|\\b(?:from|join|into|update) ${snake}\\b`,
      );
      const owners = [
        ...new Set(storeText.filter(({ text }) => named.test(text)).map(({ module }) => module)),
      ];
      return owners.length > 1 ? [`${table}: ${owners.join(", ")}`] : [];
    });
    expect(tables.length).toBeGreaterThan(15);
    expect(spread).toEqual([]);
  });
});

test("migrations are numbered without a gap or a number twice", () => {
  const names = globSync("*.sql", { cwd: join(root, "server/migrations") }).toSorted();
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, at) => at + 1));
});
