import { Link } from "@tanstack/react-router";
import type { LedgerEntry } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";

/** What caused a change, leading to it and all that it did. */
export const CauseLink = ({ entry: { cause, actor } }: { entry: LedgerEntry }) => {
  const may = useMay();
  const said = cause.sentence.includes(actor) ? cause.sentence : `${actor} · ${cause.sentence}`;
  if (cause.id === null) return said;
  if (may("ledger:view"))
    return <Link to="/ledger/causes/$id" params={{ id: cause.id }} children={said} />;
  if (cause.kind === "scim" && may("provisioning:view"))
    return <Link to="/provisioning-log/$id" params={{ id: cause.id }} children={said} />;
  return said;
};
