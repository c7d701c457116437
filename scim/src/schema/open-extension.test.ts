import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resourceTypesDocument } from "../discovery/resource-types-document.ts";
import { schemasDocument } from "../discovery/schemas-document.ts";
import { evaluateFilter } from "../filter/evaluate-filter.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { applyPatch } from "../patch/apply-patch.ts";
import { parsePatch } from "../patch/parse-patch.ts";
import { projectResource } from "../projection/project-resource.ts";
import { parseResource } from "../resource/parse-resource.ts";
import { PATCH_OP, USER_SCHEMA } from "../urns.ts";
import type { Attribute, ResourceType } from "./attribute.ts";
import { boolean, dateTime, decimal, integer, listOf, reference, string } from "./build.ts";
import { userResourceType } from "./user.ts";

const URN = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User";

const extended = (...attributes: readonly Attribute[]): ResourceType => ({
  ...userResourceType,
  extensions: [
    ...userResourceType.extensions,
    {
      schema: { id: URN, name: "contoso", description: "", attributes, open: true },
      required: false,
    },
  ],
});

const type = extended(
  string("badge", "The badge.", { caseExact: true }),
  integer("floor", "The floor."),
  boolean("remote", "Whether they work from home."),
  listOf(string("tags", "Tags.")),
);
const post = (extension: object) =>
  parseResource(type, { schemas: [USER_SCHEMA], userName: "ana", [URN]: extension });
const patch = (...operations: object[]) =>
  parsePatch({ schemas: [PATCH_OP], Operations: operations }, type);

describe("an open extension", () => {
  test("keeps what it declares by type, and what it does not as sent", () => {
    const { resource, ignored } = post({ FLOOR: 3, tags: ["a"], shoe: { size: [44] }, Hat: null });
    expect(resource[URN]).toEqual({ floor: 3, tags: ["a"], shoe: { size: [44] } });
    expect(ignored).toEqual([]);
    expect(() => post({ floor: "third" })).toThrow(
      expect.objectContaining({ scimType: "invalidValue", detail: expect.stringContaining(URN) }),
    );
  });

  test("leaves no way to a prototype", () => {
    const { resource, ignored } = post(JSON.parse('{"__proto__": {"a": 1}, "floor": 1}'));
    expect(resource[URN]).toEqual({ floor: 1 });
    expect(ignored).toEqual([`${URN}:__proto__`]);
    const value = JSON.parse(`{"${URN}": {"__proto__": {"a": 1}}}`);
    expect(applyPatch(post({}).resource, patch({ op: "add", value }), type)).toMatchObject({
      changed: false,
      ignored: [`${URN}:__proto__`],
    });
  });

  test("can be patched in every form, declared or not", () => {
    const { resource } = applyPatch(
      post({ tags: ["a", "b"] }).resource,
      patch(
        { op: "add", path: `${URN}:badge`, value: "B7" },
        { op: "replace", path: URN, value: { floor: 4, shoe: 44 } },
        { op: "add", value: { [URN]: { hat: "L" } } },
        { op: "remove", path: `${URN}:tags[value eq "a"]` },
        { op: "add", path: `${URN}:ring`, value: 9 },
        { op: "remove", path: `${URN}:SHOE` },
      ),
      type,
    );
    expect(resource[URN]).toEqual({ badge: "B7", floor: 4, hat: "L", tags: ["b"], ring: 9 });
    expect(() => patch({ op: "add", path: `${URN}:floor`, value: "x" })).toThrow(
      expect.objectContaining({ scimType: "invalidValue" }),
    );
  });

  test("compares as its types say", () => {
    const { resource } = post({ badge: "b7", floor: 10, hat: "L" });
    const says = (filter: string) => evaluateFilter(parseFilter(filter, type), resource);
    expect(says(`${URN}:badge eq "B7"`)).toBe(false);
    expect(says(`${URN}:floor gt 9`)).toBe(true);
    expect(says("floor eq 10")).toBe(true);
    expect(says(`${URN}:hat eq "l"`)).toBe(true);
    expect(() => says(`${URN}:remote gt true`)).toThrow(
      expect.objectContaining({ scimType: "invalidFilter" }),
    );
  });

  test("can be chosen and hidden", () => {
    const { resource } = post({ badge: "b7", floor: 10, hat: "L" });
    const shown = (attributes: string[]) => projectResource(type, resource, { attributes })[URN];
    expect(shown([`${URN}:badge`])).toEqual({ badge: "b7" });
    expect(shown([`${URN}:HAT`])).toEqual({ hat: "L" });
    expect(shown([URN])).toEqual({ badge: "b7", floor: 10, hat: "L" });
    expect(projectResource(type, resource, { excludedAttributes: [`${URN}:floor`] })[URN]).toEqual({
      badge: "b7",
      hat: "L",
    });
  });

  test("is in the documents", () => {
    const [, , schema] = schemasDocument([type], "https://x").Resources;
    expect(schema).toMatchObject({ id: URN, name: "contoso" });
    expect(schema?.attributes[1]).toMatchObject({ name: "floor", type: "integer" });
    expect(
      resourceTypesDocument([type], "https://x").Resources[0]?.schemaExtensions,
    ).toContainEqual({ schema: URN, required: false });
  });
});

describe("whatever is defined", () => {
  const name = fc.stringMatching(/^[a-z][A-Za-z0-9_-]{0,8}$/);
  const kinds = {
    string: [string, fc.string({ unit: "grapheme", minLength: 1 })],
    reference: [reference, fc.webUrl()],
    boolean: [boolean, fc.boolean()],
    integer: [integer, fc.maxSafeInteger()],
    decimal: [decimal, fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((one) => one + 0)],
    dateTime: [
      dateTime,
      fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
        .map((date) => date.toISOString()),
    ],
  } as const;
  const attribute = fc
    .record({
      name,
      kind: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
      isList: fc.boolean(),
    })
    .chain(({ name: own, kind, isList }) => {
      const [build, value] = kinds[kind];
      const single = build(own, "");
      return fc.record({
        definition: fc.constant<Attribute>(isList ? { ...single, multiValued: true } : single),
        value: (isList
          ? fc.uniqueArray(value as fc.Arbitrary<unknown>, {
              minLength: 1,
              maxLength: 3,
              selector: (one) => String(one).toLowerCase(),
            })
          : value) as fc.Arbitrary<unknown>,
      });
    });
  const extension = fc.uniqueArray(attribute, {
    minLength: 1,
    maxLength: 6,
    selector: ({ definition }) => definition.name.toLowerCase(),
  });

  test("POST keeps it, PATCH by path and without lead to the same, and each scalar is found by eq", () => {
    fc.assert(
      fc.property(extension, fc.boolean(), (parts, isDefined) => {
        const own = isDefined
          ? extended(...parts.map(({ definition }) => definition))
          : userResourceType;
        const values = Object.fromEntries(
          parts.map(({ definition, value }) => [definition.name, value]),
        );
        const before = parseResource(own, { schemas: [USER_SCHEMA], userName: "ana" }).resource;
        const posted = parseResource(own, {
          schemas: [USER_SCHEMA],
          userName: "ana",
          [URN]: values,
        });
        expect(posted).toMatchObject({ ignored: [], resource: { [URN]: values } });
        const apply = (operations: object[]) =>
          applyPatch(before, parsePatch({ schemas: [PATCH_OP], Operations: operations }, own), own)
            .resource;
        const byPath = apply(
          Object.entries(values).map(([key, value]) => ({
            op: "add",
            path: `${URN}:${key}`,
            value,
          })),
        );
        expect(byPath).toEqual(posted.resource);
        expect(apply([{ op: "replace", value: { [URN]: values } }])).toEqual(posted.resource);
        for (const [key, value] of Object.entries(values))
          for (const one of Array.isArray(value) ? value : [value])
            expect(
              evaluateFilter(
                parseFilter(`${URN}:${key} eq ${JSON.stringify(one)}`, own),
                posted.resource,
              ),
            ).toBe(true);
      }),
    );
  });
});
