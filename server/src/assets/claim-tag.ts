import { foldForSearch } from "#database";
import { conflict } from "#http";
import type { Transaction } from "#tenancy";
import { advanceTags, findByTags, holdTags } from "./store/tags.ts";

/** How a tag that Muster gives out looks: AST-00001. */
export const numberedTag = (number: number): string => `AST-${String(number).padStart(5, "0")}`;

const triedAtOnce = 100;

/** Takes the tenant's next free number; those that were given by hand are passed over. */
export const claimNextTag = async (tx: Transaction, tenantId: string): Promise<string> => {
  for (let first = await holdTags(tx, tenantId); ; first += triedAtOnce) {
    const numbers = Array.from({ length: triedAtOnce }, (_, index) => first + index);
    const taken = await tx.withoutScope(() => findByTags(tx, tenantId, numbers.map(numberedTag)));
    const takenKeys = new Set(taken.map(({ tagKey }) => tagKey));
    const free = numbers.find((number) => !takenKeys.has(foldForSearch(numberedTag(number))));
    if (free !== undefined) {
      advanceTags(tx, tenantId, free + 1);
      return numberedTag(free);
    }
  }
};

/**
 * Takes a tag for an asset; nobody else can until the transaction ends.
 * @throws HttpError 409 when another asset has it
 */
export const claimTag = async (
  tx: Transaction,
  { tenantId, tag, assetId }: { tenantId: string; tag: string; assetId: string },
): Promise<void> => {
  await holdTags(tx, tenantId);
  const others = await tx.withoutScope(() => findByTags(tx, tenantId, [tag]));
  const other = others.find(({ id }) => id !== assetId);
  if (other === undefined) return;
  if (!(await findByTags(tx, tenantId, [tag])).some(({ id }) => id === other.id))
    throw conflict(
      `Another asset has the tag ${tag}`,
      "It is one that you do not see. Give another tag, or leave it out to get the next free number.",
    );
  throw conflict(
    `Another asset has the tag ${other.tag}`,
    `${other.tag} is ${other.name ?? "an asset without a name"}. Give another tag, or leave it out to get the next free number.`,
  );
};
