import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Overview } from "../api/contract.ts";
import { useMay, useSession } from "../app-shell/session.ts";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { Timeline } from "../ledger/timeline.tsx";
import { HoldingNotice } from "../safeguards/holding-notice.tsx";
import { ConnectGuide } from "./connect-guide.tsx";
import { Figures } from "./figures.tsx";
import { OpenRecoveries } from "./open-recoveries.tsx";
import classes from "./overview.module.css";
import { overviewQuery } from "./queries.ts";

export const OverviewPage = () => {
  const { organisation } = useSession();
  const query = useQuery(overviewQuery);
  return (
    <>
      <PageHead title="Overview" lead={organisation.name} />
      {query.isPending ? (
        <Skeleton height={260} />
      ) : query.error ? (
        <ProblemNote error={query.error} onRetry={query.refetch} />
      ) : (
        <Contents overview={query.data} />
      )}
    </>
  );
};

const Contents = ({ overview }: { overview: Overview }) => {
  const may = useMay();
  const { accounts, assets, connections, groups, recentChanges } = overview;
  const isConnected = connections.receiving > 0 && groups.mapped > 0;
  const isGuided = !isConnected && may("provisioning:edit");
  // Whoever set Muster up is its first active person.
  const isEmpty = accounts.active + accounts.disabled <= 1 && assets.total === 0;
  return (
    <div className={classes["page"]}>
      <HoldingNotice />
      {isGuided && <ConnectGuide overview={overview} />}
      {!(isGuided && isEmpty) && (
        <>
          <Figures overview={overview} />
          <div className={classes["columns"]}>
            <Section title="Recent changes">
              {recentChanges.length === 0 ? (
                <Text c="dimmed">Nothing has changed yet.</Text>
              ) : (
                <Timeline entries={recentChanges} withSubject />
              )}
            </Section>
            {may("custody:view") && <OpenRecoveries />}
          </div>
        </>
      )}
    </div>
  );
};
