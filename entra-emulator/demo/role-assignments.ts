import { setTimeout as sleep } from "node:timers/promises";
import type { Directory } from "../src/index.ts";
import { listAll, type Api } from "./api.ts";

/** What the demo maps, in order of priority; everybody else gets the default access role. */
const mappings = [
  { group: "IT Asset Admins", role: "Administrator" },
  { group: "IT Operations", role: "Editor" },
  { group: "Auditors", role: "Viewer" },
];
const defaultRole = "Loanee";

type Named = { readonly id: string; readonly name: string };
type Application = {
  readonly id: string;
  readonly state: "running" | "done" | "failed";
  readonly changed: number;
};
type Mappings = { readonly items: { readonly group: Named }[]; readonly application: Application };

/** Maps the sample groups and waits until everybody has been decided again. Gives how many accounts changed. */
export const mapGroups = async (api: Api, connectionId: string): Promise<number> => {
  const path = `/connections/${connectionId}/group-mappings`;
  const { items } = await api.get<Mappings>(path);
  const roles = await api.get<{ items: Named[] }>("/roles");
  const saved = await api.put<Mappings>(path, {
    mappings: mappings.map(({ group, role }) => ({
      groupId: items.find((one) => one.group.name === group)?.group.id,
      roleId: roles.items.find(({ name }) => name === role)?.id,
    })),
  });
  let { application } = saved;
  while (application.state === "running") {
    await sleep(100);
    application = await api.get<Application>(`/role-applications/${application.id}`);
  }
  return application.changed;
};

export type AccountRow = Named & {
  readonly userName: string | null;
  readonly status: "active" | "disabled";
  readonly role: Named;
  readonly local: boolean;
};

/** The Sub Accounts that came from the directory. */
export const listAccounts = async (api: Api): Promise<AccountRow[]> =>
  (await listAll<AccountRow>(api, "/accounts")).filter(({ local }) => !local);

/** Compares the Sub Accounts with what the directory should have made of them. Gives a sentence for each difference. */
export const findDifferences = (
  directory: Directory,
  accounts: readonly AccountRow[],
): string[] => {
  const byUserName = new Map(accounts.map((account) => [account.userName, account]));
  return directory.users.flatMap((user) => {
    // mail is what the preset matches by; without it, or disabled before the first cycle, nobody is provisioned.
    if (!user.mail) return [];
    const account = byUserName.get(user.mail);
    if (account === undefined)
      return user.accountEnabled ? [`${user.displayName} did not arrive.`] : [];
    const status = user.accountEnabled ? "active" : "disabled";
    const role = expectedRole(directory, user.id);
    return [
      ...(account.status === status
        ? []
        : [`${account.name} is ${account.status}, not ${status}.`]),
      ...(account.role.name === role
        ? []
        : [`${account.name} is ${account.role.name}, not ${role}.`]),
    ];
  });
};

const expectedRole = ({ groups }: Directory, userId: string): string =>
  mappings.find(({ group }) =>
    groups.some(
      ({ displayName, members }) =>
        displayName === group && members?.some(({ id }) => id === userId),
    ),
  )?.role ?? defaultRole;
