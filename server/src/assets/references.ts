import { invalid, type FieldError } from "#http";
import type { Transaction } from "#tenancy";
import { assetFields, selectFields, type AssetValues } from "./fields.ts";
import { findChoices, type Choice } from "./store/choices.ts";

export type Choices = ReadonlyMap<string, Choice>;

/** The models, categories, statuses and locations that some values refer to, by id. */
export const readChoices = (
  tx: Transaction,
  ...values: readonly Partial<AssetValues>[]
): Promise<Choices> => {
  const ids = values.flatMap((some) => selectFields.flatMap(({ key }) => some[key] ?? []));
  return findChoices(tx, [...new Set(ids)]);
};

/** @throws HttpError 400 naming the fields that refer to nothing in this tenant */
export const checkReferences = (
  tenantId: string,
  values: Partial<AssetValues>,
  choices: Choices,
): void => {
  const errors = selectFields.flatMap(({ key, label, options }): FieldError[] => {
    const id = values[key];
    if (id === undefined || id === null) return [];
    const choice = choices.get(id);
    if (choice?.options === options && choice.tenantId === tenantId) return [];
    return [{ path: key, message: `is not a ${label.toLowerCase()} of this tenant` }];
  });
  if (errors.length === 0) return;
  throw invalid(
    "Something chosen is not there",
    `${errors.map(({ path, message }) => `${path} ${message}`).join("; ")}. Choose one from the list.`,
    errors,
  );
};

/** All that the search box finds an asset by. */
export const searchText = (values: AssetValues, choices: Choices): string =>
  assetFields
    .filter((field) => field.searchable)
    .flatMap((field) => {
      const value = values[field.key];
      if (field.type !== "select") return value;
      const choice = choices.get(String(value));
      return [choice?.manufacturer, choice?.name];
    })
    .filter(Boolean)
    .join(" ");
