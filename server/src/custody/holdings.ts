import type { Holdings } from "#assets";
import { presentCustody } from "./present.ts";
import { isHeld, listOpenCustodies } from "./store/custodies.ts";

/** What the register shows of who holds what; app.ts hands it to the routes of assets. */
export const holdings: Holdings = {
  holdersOf: async (tx, assetIds) => {
    const open = await listOpenCustodies(tx, assetIds);
    return new Map(
      open.map((row) => {
        const { id, name, status } = row.account;
        return [row.assetId, { holder: { id, name, status }, custody: presentCustody(row) }];
      }),
    );
  },
  isHeld,
};
