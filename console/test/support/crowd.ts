import type { APIRequestContext } from "@playwright/test";
import { makers } from "./make.ts";
import type { Server } from "./server.ts";

const long = "Maximiliane-Alexandra von Hohenstein-Wittgenstein de la Rochefoucauld";

/** Names as they come: long ones, ones written from right to left, ones of one word, and many alike. */
const names = [
  long,
  "محمد عبد الرحمن الأنصاري",
  "שרה כהן-לוי",
  "王小明",
  "Ó",
  ...Array.from({ length: 195 }, (_, index) => `Person ${index + 1} Lindqvist-Okafor`),
];

type Place = { api: APIRequestContext; server: Server };
type Connection = { id: string; endpoint: string; token: string };

/** An organisation with much of everything: tenants, people, groups, mappings, assets, people who have left. */
export const crowd = async ({ api, server }: Place, connection: Connection): Promise<void> => {
  const make = makers(api, server);
  const tenants: string[] = [];
  for (let index = 1; index < 25; index += 1)
    tenants.push((await make.tenant(`Customer ${index} of Northern England and Wales Ltd`)).id);
  const people = await inTurns(names, (displayName, index) =>
    make.scim(connection, "/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: `crowd.${index}@a-rather-long-domain-of-a-customer.contoso.test`,
      externalId: `crowd-${index}`,
      displayName,
      active: true,
    }),
  );
  const groups = await inTurns(
    Array.from({ length: 120 }, (_, index) => index),
    (index) =>
      make.scim(connection, "/Groups", {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        displayName: `SG-Contoso-EMEA-Finance-Controllers-${String(index).padStart(4, "0")}`,
        externalId: `crowd-group-${index}`,
        members: people.slice(index, index + 3).map(({ id }) => ({ value: id })),
      }),
  );
  const roles = (await (await api.get("/api/v1/roles")).json()) as {
    items: { id: string; name: string }[];
  };
  const roleId = roles.items.find(({ name }) => name === "Viewer")?.id;
  const saved = await api.put(`/api/v1/connections/${connection.id}/group-mappings`, {
    headers: { origin: server.url },
    data: {
      mappings: groups.slice(0, 100).map(({ id }, index) => ({
        groupId: id,
        roleId,
        ...(index % 4 === 0 && { tenantId: tenants[index % tenants.length] }),
      })),
    },
  });
  if (!saved.ok()) throw new Error(await saved.text());
  const [holder, leaver] = [await make.person(long), await make.person("Kwame Mensah")];
  for (let index = 0; index < 120; index += 1) {
    const name = [
      "",
      "iPhone 17",
      "UltraSharp U2725QE with a very long stand and a privacy filter",
      "حاسوب محمول",
    ][index % 4]!;
    const asset = await make.asset({ name, serial: "PF4".repeat(9) });
    const person = [holder, leaver, undefined, undefined][index % 4];
    if (person) await make.checkOut(asset, person);
  }
  await make.disable(leaver);
};

/** Ten at a time, in order. */
const inTurns = async <From, To>(
  all: readonly From[],
  act: (one: From, index: number) => Promise<To>,
): Promise<To[]> => {
  const done: To[] = [];
  for (let at = 0; at < all.length; at += 10)
    done.push(
      ...(await Promise.all(all.slice(at, at + 10).map((one, index) => act(one, at + index)))),
    );
  return done;
};
