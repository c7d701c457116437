import type { Api } from "./api.ts";

type Named = { readonly id: string; readonly name: string };

type SampleModel = {
  readonly name: string;
  readonly manufacturer: string;
  readonly category: string;
  readonly serialPrefix: string;
  /** Every how many people one gets one. */
  readonly every: number;
  readonly spare: number;
};

const models: readonly SampleModel[] = [
  {
    name: "ThinkPad X1 Carbon",
    manufacturer: "Lenovo",
    category: "Laptop",
    serialPrefix: "PF4",
    every: 1,
    spare: 8,
  },
  {
    name: "iPhone 17",
    manufacturer: "Apple",
    category: "Phone",
    serialPrefix: "FX7",
    every: 3,
    spare: 4,
  },
  {
    name: "UltraSharp U2725QE",
    manufacturer: "Dell",
    category: "Monitor",
    serialPrefix: "CN0",
    every: 2,
    spare: 6,
  },
  {
    name: "Evolve2 65",
    manufacturer: "Jabra",
    category: "Headset",
    serialPrefix: "JB9",
    every: 4,
    spare: 3,
  },
];

const locations = ["Lisbon", "Oslo", "Stockroom"];

/** Fills the register, and gives people things to hold. Gives how many assets there are and how many are held. */
export const registerSampleAssets = async (
  api: Api,
  people: readonly { readonly id: string }[],
): Promise<{ registered: number; checkedOut: number }> => {
  const places: Named[] = [];
  for (const name of locations) places.push(await api.post<Named>("/locations", { name }));
  const categories = await api.get<{ items: Named[] }>("/asset-categories");
  let registered = 0;
  let checkedOut = 0;
  for (const { every, spare, category, serialPrefix, ...model } of models) {
    const categoryId =
      categories.items.find(({ name }) => name === category)?.id ??
      (await api.post<Named>("/asset-categories", { name: category })).id;
    const { id: modelId } = await api.post<Named>("/asset-models", { ...model, categoryId });
    const holders = people.filter((_, index) => index % every === 0);
    for (let index = 0; index < holders.length + spare; index += 1) {
      const holder = holders[index];
      const place = holder === undefined ? places.at(-1) : places[index % (places.length - 1)];
      const asset = await api.post<Named>("/assets", {
        name: model.name,
        serial: `${serialPrefix}${(104_729 * (index + 1)).toString(36).toUpperCase()}`,
        modelId,
        categoryId,
        locationId: place?.id,
        purchasedOn: `2025-0${1 + (index % 9)}-15`,
      });
      registered += 1;
      if (holder === undefined) continue;
      await api.post(`/assets/${asset.id}/check-out`, { accountId: holder.id });
      checkedOut += 1;
    }
  }
  return { registered, checkedOut };
};
