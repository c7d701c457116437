import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import chromium, { inflate } from "@sparticuz/chromium";

const packageFolder = join(
  dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))),
  "..",
);
const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
  version: string;
};

type Unpacked = { executablePath: string; env: Record<string, string>; libraries: string };

/**
 * Unpacks the Chromium that came from npm, once for each version and user, with the libraries it needs where the machine has
 * none (libnss3 and its kin). Several may do so at once: each unpacks beside and moves it in place.
 */
export const unpackChromium = async (): Promise<Unpacked> => {
  const place = join(tmpdir(), `muster-chromium-${version}-${userInfo().uid}-with-fonts`);
  if (!existsSync(place)) await unpackTo(place);
  return {
    executablePath: join(place, "chromium"),
    env: {
      ...ownEnvironment(),
      FONTCONFIG_PATH: join(place, "fonts"),
    },
    libraries: join(place, "al2023", "lib"),
  };
};

/** The package unpacks to the temporary folder, whatever that is at the time. */
const unpackTo = async (place: string): Promise<void> => {
  const own = await mkdtemp(`${place}-`);
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = own;
  try {
    await chromium.executablePath();
    await inflate(join(packageFolder, "bin", "al2023.tar.br"));
    await writeFile(join(own, "fonts", "fonts.conf"), fontsIn(join(place, "fonts")));
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  try {
    await rename(own, place);
  } catch {
    // Somebody was faster.
    await rm(own, { recursive: true, force: true });
  }
};

/** The package's own list names the temporary folder itself, and a Chromium that finds no font at all ends. */
const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}-cache</cachedir>
</fontconfig>
`;

const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
