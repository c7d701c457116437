import { afterAll, beforeAll, expect, test } from "vitest";
import {
  generateDirectory,
  type Directory,
  type GraphUser,
} from "../../../entra-emulator/src/index.ts";
import type { Answered, Session } from "../support/api-client.ts";
import { awaitApplication, roleIds } from "../support/application.ts";
import { createEntraTenant } from "../support/entra.ts";
import { endProducts, startProduct, type Product } from "../support/product.ts";

const customers = 30;
const peopleOfEach = 100;

let product: Product;
let dana: Session;

beforeAll(async () => {
  product = await startProduct();
  dana = await product.signIn();
});

afterAll(async () => {
  await product?.stop();
  endProducts();
});

const numbers = Array.from({ length: customers }, (_, index) => index + 1);
const customer = (number: number): string => `Customer ${String(number).padStart(2, "0")}`;
const domain = (number: number): string => `customer${number}.example`;
/** The first half of the customers is told by the domain of the user name, the other half by a group. */
const isByDomain = (number: number): boolean => number <= customers / 2;

const withAddress = (user: GraphUser, address: string): GraphUser => ({
  ...user,
  userPrincipalName: address,
  mail: address,
});

/** A service provider's directory: a group of people for each customer, each under the customer's domain. */
const directoryOfProvider = (): Directory => {
  const directory = generateDirectory(customers * peopleOfEach, 7);
  const users = directory.users.map((user, index) => {
    const number = Math.floor(index / peopleOfEach) + 1;
    const [mailbox] = user.userPrincipalName.split("@");
    return withAddress(user, `${mailbox}@${domain(number)}`);
  });
  const groups = numbers.map((number) => ({
    ...directory.groups[0]!,
    id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    displayName: customer(number),
    members: users
      .slice((number - 1) * peopleOfEach, number * peopleOfEach)
      .map(({ id }) => ({ id })),
  }));
  return { ...directory, users, groups };
};

const tenantsByName = async (): Promise<Map<string, Answered["body"]>> => {
  const { items } = (await dana.get("/tenants?limit=200")).body;
  return new Map(items.map((one: Answered["body"]) => [one.name, one]));
};

test(
  "30 tenants and 3,000 people through one connection at the super tenant",
  { timeout: 1_200_000 },
  async () => {
    for (const number of numbers) await dana.post("/tenants", { name: customer(number) });
    const tenants = await tenantsByName();
    const roles = await roleIds(dana);
    const connection = await product.connect(dana);
    await dana.patch(`/connections/${connection.id}`, { defaultRoleId: null });
    const entra = createEntraTenant(connection, directoryOfProvider());
    const save = async (mappings: object[]) => {
      const { body } = await dana.put(`/connections/${connection.id}/group-mappings`, { mappings });
      return awaitApplication(dana, body.application.id);
    };
    const byDomain = numbers.filter(isByDomain).map((number) => ({
      attribute: { path: "userName", operator: "domain", values: [domain(number)] },
      roleId: roles.get("Viewer"),
      tenantId: tenants.get(customer(number)).id,
    }));

    // The rules that need no group are there before anybody comes.
    await save(byDomain);
    expect(await entra.sync()).toMatchObject({ kind: "initial", failures: [] });
    const half = (customers / 2) * peopleOfEach;
    expect((await dana.get("/lobby?limit=1")).body.total).toBe(customers * peopleOfEach - half);

    const { items } = (await dana.get(`/connections/${connection.id}/group-mappings`)).body;
    const groups = new Map(
      (items as Answered["body"][]).flatMap(({ group }) => (group ? [[group.name, group.id]] : [])),
    );
    const byGroup = numbers
      .filter((number) => !isByDomain(number))
      .map((number) => ({
        groupId: groups.get(customer(number)),
        roleId: roles.get("Editor"),
        tenantId: tenants.get(customer(number)).id,
      }));
    const { body: effect } = await dana.post(
      `/connections/${connection.id}/group-mappings/preview`,
      {
        mappings: [...byDomain, ...byGroup],
      },
    );
    expect(effect.counts.fromLobby).toBeGreaterThan(0);
    await save([...byDomain, ...byGroup]);

    expect((await dana.get("/lobby?limit=1")).body.total).toBe(0);
    const peopled = await tenantsByName();
    for (const number of numbers)
      expect(peopled.get(customer(number)), customer(number)).toMatchObject({
        people: peopleOfEach,
        disabled: 0,
      });
    expect((await dana.get("/tenants?limit=1")).body.totals).toMatchObject({
      people: customers * peopleOfEach + 1,
      connections: 1,
      failingConnections: 0,
    });

    // Somebody changes to another customer, by domain and by group; somebody leaves.
    const { users } = entra.directory();
    const [mover, changer, leaver] = [users[0]!, users.at(-1)!, users.at(-2)!];
    entra.change((directory) => ({
      ...directory,
      users: directory.users.map((user) => {
        if (user.id === mover.id) return withAddress(user, `mover@${domain(2)}`);
        return user.id === leaver.id ? { ...user, accountEnabled: false } : user;
      }),
      groups: directory.groups.map((group) => {
        const others = group.members.filter(({ id }) => id !== changer.id);
        return {
          ...group,
          members:
            group.displayName === customer(customers - 1)
              ? [...others, { id: changer.id }]
              : others,
        };
      }),
    }));
    expect(await entra.sync()).toMatchObject({ failures: [] });

    const moved = await tenantsByName();
    expect(moved.get(customer(1))).toMatchObject({ people: peopleOfEach - 1, disabled: 1 });
    expect(moved.get(customer(2))).toMatchObject({ people: peopleOfEach + 1 });
    expect(moved.get(customer(customers - 1))).toMatchObject({ people: peopleOfEach + 1 });
    expect(moved.get(customer(customers))).toMatchObject({ people: peopleOfEach - 2, disabled: 2 });

    // The rules applied once more change nobody: what came request by request is what decide() says of all.
    expect(await save([...byDomain, ...byGroup])).toMatchObject({ state: "done", changed: 0 });
    expect(await entra.sync()).toMatchObject({ writes: 0 });
  },
);
