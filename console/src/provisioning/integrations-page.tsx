import { Skeleton, Title } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Connection } from "../api/contract.ts";
import { SettingsTabs } from "../app-shell/settings-tabs.tsx";
import { Moment } from "../elements/moment.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Tone } from "../elements/tone.tsx";
import classes from "./integrations-page.module.css";
import { connectionsQuery } from "./queries.ts";
import { ButtonLink } from "../elements/button-link.tsx";

export const IntegrationsPage = () => {
  const connections = useQuery(connectionsQuery);
  return (
    <>
      <PageHead
        title="Integrations"
        crumbs={["Settings"]}
        lead="Where people, groups and their access come from."
      />
      <SettingsTabs />
      <section className={classes["card"]} aria-labelledby="scim">
        <div className={classes["icon"]}>
          <IconPlugConnected size={22} stroke={1.6} aria-hidden />
        </div>
        <div className={classes["text"]}>
          <Title order={2} id="scim">
            SCIM
          </Title>
          <p>
            Microsoft Entra ID, or another identity provider, creates, updates and disables people
            here and pushes their groups.
          </p>
          {connections.isPending ? (
            <Skeleton height={18} width={180} />
          ) : connections.error ? (
            <ProblemNote error={connections.error} onRetry={connections.refetch} />
          ) : (
            <State connections={connections.data} />
          )}
        </div>
        <ButtonLink to="/settings/integrations/scim">Configure</ButtonLink>
      </section>
    </>
  );
};

const State = ({ connections }: { connections: readonly Connection[] }) => {
  const last = connections
    .flatMap(({ lastRequestAt }) => lastRequestAt ?? [])
    .toSorted()
    .at(-1);
  if (connections.length === 0) return <Tone tone="calm">Not connected</Tone>;
  if (last === undefined) return <Tone tone="warn">Waiting for the first call</Tone>;
  const users = connections.reduce((sum, { users }) => sum + users, 0);
  return (
    <Tone tone="ok">
      {users.toLocaleString()} people · last call <Moment at={last} />
    </Tone>
  );
};
