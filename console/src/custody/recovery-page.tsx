import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { useMay } from "../app-shell/session.ts";
import { ButtonLink } from "../elements/button-link.tsx";
import { Note } from "../elements/note.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { sayExactly } from "../elements/time.ts";
import { ItemList } from "./item-list.tsx";
import classes from "./items.module.css";
import { recoveryQuery } from "./queries.ts";
import { RecoveryState } from "./recovery-state.tsx";

const route = getRouteApi("/signed-in/recoveries/$id");

/** What one leaver must bring back, checked in from here. */
export const RecoveryPage = () => {
  const may = useMay();
  const { id } = route.useParams();
  const query = useQuery(recoveryQuery(id));
  if (query.isPending) return <PageSkeleton />;
  if (query.error) return <ProblemNote error={query.error} onRetry={query.refetch} />;
  const recovery = query.data;
  const { account, closedAt, closedBecause, items } = recovery;
  const out = items.filter(({ endedAt }) => endedAt === null);
  const settled = items.filter(({ endedAt }) => endedAt !== null);
  return (
    <div className={classes["page"]}>
      <PageHead
        title={account.name}
        crumbs={[<Link key="list" to="/recoveries" children="Recoveries" />]}
        aside={<RecoveryState recovery={recovery} />}
        lead={`${recovery.openedBecause} · opened ${sayExactly(recovery.openedAt)}`}
        actions={
          may("accounts:view") && (
            <ButtonLink to="/accounts/$id" params={{ id: account.id }} variant="default">
              Sub Account
            </ButtonLink>
          )
        }
      />
      {closedAt && (
        <Note tone="ok" title={`Closed ${sayExactly(closedAt)}`}>
          {closedBecause}
        </Note>
      )}
      {out.length > 0 && (
        <Section title={closedAt ? "Still with them" : "Must come back"}>
          <ItemList items={out} holder={account.name} />
        </Section>
      )}
      {settled.length > 0 && (
        <Section title="Settled">
          <ItemList items={settled} />
        </Section>
      )}
    </div>
  );
};
