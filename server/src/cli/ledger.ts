import { readConfig } from "#config";
import { verifyLedger, type Verification } from "#ledger";
import { withOrganisation } from "./organisation.ts";

const sayUnsealed = ({ unsealed, unsealedSince }: Verification): string => {
  if (unsealedSince === null) return "Nothing waits to be sealed.";
  const entries = unsealed === 1 ? "1 entry is" : `${unsealed} entries are`;
  return `${entries} not sealed yet, the oldest of ${unsealedSince.toISOString()}: nothing is proven of them.`;
};

const count = (many: number, one: string, more: string): string =>
  `${many} ${many === 1 ? one : more}`;

type Asked = { readonly org?: string; readonly seal?: string; readonly json?: boolean };

/**
 * `muster ledger verify`: proves that what was sealed is as it was. Prints the hash of the last seal, for an auditor to
 * keep where nobody here can write. Ends with 1 when something is wrong.
 */
export const verify = async ({ org, seal, json = false }: Asked): Promise<void> => {
  const result = await withOrganisation(readConfig(process.env), org, (organisations, orgId) =>
    verifyLedger(organisations, orgId, seal),
  );
  if (result.findings.length > 0) process.exitCode = 1;
  if (json) {
    console.log(JSON.stringify(result));
    return;
  }
  for (const finding of result.findings) console.log(finding);
  if (result.isCut) console.log("There is more; this is where the walk was ended.");
  const checked = `${count(result.entries, "entry", "entries")} under ${count(result.seals, "seal", "seals")}`;
  console.log(
    result.findings.length === 0
      ? `${checked}: all as they were sealed. ${sayUnsealed(result)}`
      : `${checked} looked at: the ledger is not what was sealed.`,
  );
  if (result.head !== null) console.log(`Last seal: ${result.head}`);
};
