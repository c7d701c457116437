import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { get } from "../api/client.ts";
import type { LedgerDetail } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { ProblemPage } from "../app-shell/problem-page.tsx";
import { Facts } from "../elements/facts.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { Section } from "../elements/section.tsx";
import { sayExactly } from "../elements/time.ts";
import { sayAction, sayNoun } from "./actions.ts";
import { CauseKind } from "./cause-kind.tsx";
import { CauseLink } from "./cause-link.tsx";
import { Difference } from "./difference.tsx";
import { Effects } from "./effects.tsx";
import classes from "./ledger.module.css";
import { StartUndo } from "./start-undo.tsx";
import { SubjectLink } from "./subject-link.tsx";

const route = getRouteApi("/signed-in/ledger/$id");

/** One change: what is otherwise, why, and what else came of the same cause. */
export const LedgerEntryPage = () => {
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ["/ledger", id],
    queryFn: ({ signal }) => get<LedgerDetail>(`/ledger/${id}`, { signal }),
  });
  if (query.isPending) return <PageSkeleton />;
  if (query.error) return <ProblemPage error={query.error} onRetry={query.refetch} />;
  const entry = query.data;
  return (
    <>
      <PageHead
        title={`${entry.subject.name}: ${entry.sentence}`}
        crumbs={[<Link key="ledger" to="/ledger" children="Ledger" />]}
        aside={<CauseKind kind={entry.cause.kind} />}
        actions={<StartUndo scope={{ entryId: entry.id }} label="Undo this…" />}
      />
      <div className={classes["columns"]}>
        <div className={classes["column"]}>
          <Section title="Before and after">
            <Difference values={entry.difference} />
          </Section>
          {entry.cause.id !== null && <Effects causeId={entry.cause.id} except={entry.id} />}
        </div>
        <div className={classes["column"]}>
          <Section title="What happened">
            <EntryFacts entry={entry} />
          </Section>
        </div>
      </div>
    </>
  );
};

const EntryFacts = ({ entry }: { entry: LedgerDetail }) => (
  <Facts
    facts={{
      When: sayExactly(entry.at),
      Who: entry.actor,
      Cause: <CauseLink entry={entry} />,
      What: `${sayNoun(entry.action.split(".", 1)[0] ?? "")}: ${sayAction(entry.action).toLowerCase()}`,
      "To what": (
        <>
          <SubjectLink subject={entry.subject} /> ·{" "}
          <Link
            to="/ledger"
            search={{ subject: entry.subject.id }}
            children="everything that happened to it"
          />
        </>
      ),
      Tenant: entry.tenant?.name,
      Sealed:
        entry.seal === null ? (
          "Not yet; a seal is made every minute"
        ) : (
          <>
            Seal {entry.seal.number}, {sayExactly(entry.seal.sealedAt)}
            <div className={classes["hash"]}>{entry.seal.hash}</div>
          </>
        ),
      Entry: <span className={classes["hash"]}>{entry.id}</span>,
    }}
  />
);
