import { Link } from "@tanstack/react-router";
import type { LedgerEntry } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";

/** What caused a change, and who, in words. */
export const sayCause = ({ cause, actor }: LedgerEntry): string =>
  cause.sentence.includes(actor) ? cause.sentence : `${actor} · ${cause.sentence}`;

/** What caused a change, leading to it and all that it did. */
export const CauseLink = ({ entry }: { entry: LedgerEntry }) => {
  const may = useMay();
  const { cause } = entry;
  const said = sayCause(entry);
  if (cause.id === null) return said;
  if (may("ledger:view"))
    return <Link to="/ledger/causes/$id" params={{ id: cause.id }} children={said} />;
  if (cause.kind === "scim" && may("provisioning:view"))
    return <Link to="/provisioning-log/$id" params={{ id: cause.id }} children={said} />;
  return said;
};
