import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { Overview } from "../api/contract.ts";
import { useMay, useSession } from "../app-shell/session.ts";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { Timeline } from "../ledger/timeline.tsx";
import { ConnectGuide } from "./connect-guide.tsx";
import { Figures } from "./figures.tsx";

export const OverviewPage = () => {
  const { organisation } = useSession();
  const query = useQuery({
    queryKey: ["overview"],
    queryFn: ({ signal }) => get<Overview>("/overview", { signal }),
    refetchInterval: 15_000,
  });
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
  const isConnected = overview.connections.receiving > 0 && overview.groups.mapped > 0;
  return (
    <>
      {!isConnected && may("provisioning:edit") && <ConnectGuide overview={overview} />}
      <Figures overview={overview} />
      <Section title="Recent changes">
        {overview.recentChanges.length === 0 ? (
          <Text c="dimmed">Nothing has changed yet.</Text>
        ) : (
          <Timeline entries={overview.recentChanges} withSubject />
        )}
      </Section>
    </>
  );
};
