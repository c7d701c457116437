import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { get } from "../api/client.ts";
import type { Recovery } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { useMay } from "../app-shell/session.ts";
import { Note } from "../elements/note.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { sayExactly } from "../elements/time.ts";
import { CheckIn } from "./check-in.tsx";
import { Item } from "./item.tsx";
import classes from "./items.module.css";
import { RecoveryState } from "./recovery-state.tsx";
import { ButtonLink } from "../elements/button-link.tsx";

const route = getRouteApi("/signed-in/recoveries/$id");

/** What one leaver must bring back, checked in from here. */
export const RecoveryPage = () => {
  const may = useMay();
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ["recoveries", id],
    queryFn: ({ signal }) => get<Recovery>(`/recoveries/${id}`, { signal }),
  });
  if (query.isPending) return <PageSkeleton />;
  if (query.error) return <ProblemNote error={query.error} onRetry={query.refetch} />;
  const recovery = query.data;
  const { account, closedAt, closedBecause, outstanding } = recovery;
  return (
    <div style={{ maxWidth: "52rem" }}>
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
        <div style={{ marginBottom: "1rem" }}>
          <Note tone="ok" title={`Closed ${sayExactly(closedAt)}`}>
            {closedBecause}
          </Note>
        </div>
      )}
      <Section title={closedAt ? "Items" : `Still out: ${outstanding}`}>
        <ul className={classes["list"]}>
          {recovery.items.map((custody) => (
            <Item
              key={custody.id}
              custody={custody}
              action={
                may("custody:edit") && (
                  <CheckIn asset={custody.asset} holder={account.name} size="compact-sm" />
                )
              }
            />
          ))}
        </ul>
      </Section>
    </div>
  );
};
