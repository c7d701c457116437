import { Link } from "@tanstack/react-router";
import type { LedgerEntry } from "../api/contract.ts";

/** What a change is about, leading to its page where it has one. */
export const SubjectLink = ({ subject }: { subject: LedgerEntry["subject"] }) => {
  const { kind, id, name } = subject;
  if (kind === "account") return <Link to="/accounts/$id" params={{ id }} children={name} />;
  if (kind === "asset") return <Link to="/assets/$id" params={{ id }} children={name} />;
  if (kind === "role")
    return <Link to="/settings/access-roles/$id" params={{ id }} children={name} />;
  if (kind === "connection")
    return (
      <Link
        to="/settings/integrations/scim/$connectionId"
        params={{ connectionId: id }}
        children={name}
      />
    );
  return name;
};
