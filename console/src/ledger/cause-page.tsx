import { IconBook2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { get } from "../api/client.ts";
import type { LedgerCause } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { ProblemPage } from "../app-shell/problem-page.tsx";
import { useMay } from "../app-shell/session.ts";
import { ButtonLink } from "../elements/button-link.tsx";
import { EmptyState } from "../elements/empty-state.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { sayExactly } from "../elements/time.ts";
import { RecordTable } from "../table/record-table.tsx";
import { CauseKind } from "./cause-kind.tsx";
import { ledgerColumns, showEntryCard } from "./ledger-columns.tsx";
import { StartUndo } from "./start-undo.tsx";
import { useEntries } from "./use-entries.ts";

const route = getRouteApi("/signed-in/ledger/causes/$id");

/** One request, deed or rule edit, and everything it changed. */
export const LedgerCausePage = () => {
  const { id } = route.useParams();
  const may = useMay();
  const pages = useEntries({ causeId: id });
  const query = useQuery({
    queryKey: ["/ledger/causes", id],
    queryFn: ({ signal }) => get<LedgerCause>(`/ledger/causes/${id}`, { signal }),
  });
  if (query.isPending) return <PageSkeleton />;
  if (query.error) return <ProblemPage error={query.error} onRetry={query.refetch} />;
  const cause = query.data;
  const effects = cause.effects === 1 ? "1 change" : `${cause.effects.toLocaleString()} changes`;
  return (
    <>
      <PageHead
        title={cause.sentence}
        crumbs={[<Link key="ledger" to="/ledger" children="Ledger" />]}
        aside={<CauseKind kind={cause.kind} />}
        lead={`${cause.actor}, ${sayExactly(cause.at)}. ${effects}.`}
        actions={
          <>
            {cause.kind === "scim" && may("provisioning:view") && (
              <ButtonLink variant="default" to="/provisioning-log/$id" params={{ id }}>
                The request
              </ButtonLink>
            )}
            {cause.kind === "undo" && may("ledger:undo") && (
              <ButtonLink variant="default" to="/ledger/undos/$id" params={{ id }}>
                The undo
              </ButtonLink>
            )}
            <StartUndo scope={{ causeId: id }} label="Undo all of it…" />
          </>
        }
      />
      <RecordTable
        label="What it changed, newest first"
        columns={ledgerColumns}
        pages={pages}
        card={showEntryCard}
        empty={
          <EmptyState icon={IconBook2} title="It changed nothing">
            Everything was already as it should be.
          </EmptyState>
        }
      />
    </>
  );
};
