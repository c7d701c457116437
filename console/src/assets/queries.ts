import { queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Asset, AssetField, AssetStatus, Named } from "../api/contract.ts";

export const assetQuery = (id: string) =>
  queryOptions({
    queryKey: ["/assets", id],
    queryFn: ({ signal }) => get<Asset>(`/assets/${id}`, { signal }),
  });

const assetFieldsQuery = queryOptions({
  queryKey: ["/asset-fields"],
  queryFn: async ({ signal }) =>
    (await get<{ items: AssetField[] }>("/asset-fields", { signal })).items,
  staleTime: 300_000,
});

/** The fields that an asset has, as the server declares them. */
export const useAssetFields = (): readonly AssetField[] | undefined =>
  useQuery(assetFieldsQuery).data;

export type ChoiceList = NonNullable<AssetField["options"]>;

/** Where each list of choices is kept. */
export const choicePaths: Record<ChoiceList, string> = {
  models: "/asset-models",
  categories: "/asset-categories",
  statuses: "/asset-statuses",
  locations: "/locations",
};

const choicesQuery = <Choice extends Named>(list: ChoiceList, tenantId?: string) =>
  queryOptions({
    queryKey: [choicePaths[list], tenantId],
    queryFn: async ({ signal }) =>
      (await get<{ items: Choice[] }>(choicePaths[list], { query: { tenantId }, signal })).items,
    staleTime: 60_000,
  });

/** What a select field can be; of one's own tenant unless another is named. */
export const useChoices = (list: ChoiceList, tenantId?: string): readonly Named[] =>
  useQuery(choicesQuery(list, tenantId)).data ?? [];

export const useStatuses = (tenantId?: string): readonly AssetStatus[] =>
  useQuery(choicesQuery<AssetStatus>("statuses", tenantId)).data ?? [];

export const toSelectData = (choices: readonly Named[]) =>
  choices.map(({ id, name }) => ({ value: id, label: name }));
