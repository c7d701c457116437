import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { get } from "../api/client.ts";
import type { Account } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { useMay } from "../app-shell/session.ts";
import { HeldItems } from "../custody/held-items.tsx";
import { DuplicateNotes } from "../duplicates/duplicate-notes.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemPage } from "../app-shell/problem-page.tsx";
import { HistorySection } from "../ledger/history-section.tsx";
import { AccountHeldNote } from "../safeguards/account-held-note.tsx";
import { AccessSection } from "./access-section.tsx";
import { AccountActions } from "./account-actions.tsx";
import classes from "./account-page.module.css";
import { AccountStatus } from "./account-status.tsx";
import { ExplanationSection } from "./explanation-section.tsx";
import { GroupsSection } from "./groups-section.tsx";
import { IdentitySection } from "./identity-section.tsx";

const route = getRouteApi("/signed-in/accounts/$id");

export const AccountPage = () => {
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ["/accounts", id],
    queryFn: ({ signal }) => get<Account>(`/accounts/${id}`, { signal }),
  });
  if (query.isPending) return <PageSkeleton />;
  if (query.error) return <ProblemPage error={query.error} onRetry={query.refetch} />;
  return <AccountView key={id} account={query.data} />;
};

const AccountView = ({ account }: { account: Account }) => {
  const may = useMay();
  return (
    <>
      <PageHead
        title={account.name}
        crumbs={[<Link key="list" to="/accounts" children="Sub Accounts" />]}
        aside={<AccountStatus status={account.status} />}
        lead={[account.email ?? account.userName, account.statusReason].filter(Boolean).join(" · ")}
        actions={<AccountActions account={account} />}
      />
      <DuplicateNotes accountId={account.id} />
      <div className={classes["columns"]}>
        <div className={classes["column"]}>
          <AccountHeldNote account={account} />
          <AccessSection account={account} />
          <ExplanationSection accountId={account.id} />
          {may("custody:view") && <HeldItems accountId={account.id} name={account.name} />}
          {!account.local && <GroupsSection account={account} />}
          <IdentitySection account={account} />
        </div>
        <div className={classes["column"]}>
          <HistorySection path={`/accounts/${account.id}/history`} />
        </div>
      </div>
    </>
  );
};
