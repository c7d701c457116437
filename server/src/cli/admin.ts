import { text } from "node:stream/consumers";
import { createAdministrator as create } from "#access";
import { readConfig } from "#config";
import { withModules } from "./modules.ts";

type Asked = { readonly email: string; readonly password: string; readonly org?: string };

/** `muster admin create`: an Administrator who can sign in; of a new organisation where there is none of that name. */
export const createAdministrator = async ({ email, password, org }: Asked): Promise<void> => {
  const organisation = await withModules(readConfig(process.env), async ({ access }) =>
    create(access, {
      email,
      password: password === "-" ? await readPassword() : password,
      organisation: org,
      because: "Made on the command line",
    }),
  );
  console.log(`${email} can sign in to ${organisation} as Administrator.`);
};

/** The first line of standard input, so that the password is in no list of processes and no history. */
const readPassword = async (): Promise<string> =>
  (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? "";
