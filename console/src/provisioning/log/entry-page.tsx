import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { get } from "../../api/client.ts";
import type { ProvisioningLogDetail } from "../../api/contract.ts";
import { PageSkeleton } from "../../app-shell/page-skeleton.tsx";
import { Facts } from "../../elements/facts.tsx";
import { JsonBlock } from "../../elements/json-block.tsx";
import { Note } from "../../elements/note.tsx";
import { PageHead } from "../../elements/page-head.tsx";
import { ProblemPage } from "../../app-shell/problem-page.tsx";
import { Section } from "../../elements/section.tsx";
import { sayExactly } from "../../elements/time.ts";
import { Timeline } from "../../ledger/timeline.tsx";
import classes from "./log.module.css";
import { Outcome } from "./outcome.tsx";

const route = getRouteApi("/signed-in/provisioning-log/$id");

/** One request: what came, what was answered, what it changed. */
export const ProvisioningLogEntryPage = () => {
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ["/provisioning-log", id],
    queryFn: ({ signal }) => get<ProvisioningLogDetail>(`/provisioning-log/${id}`, { signal }),
    staleTime: Infinity,
  });
  if (query.isPending) return <PageSkeleton />;
  if (query.error) return <ProblemPage error={query.error} onRetry={query.refetch} />;
  const entry = query.data;
  return (
    <>
      <PageHead
        title={entry.summary}
        crumbs={[<Link key="log" to="/provisioning-log" children="Provisioning log" />]}
        aside={<Outcome outcome={entry.outcome} />}
      />
      <div className={classes["columns"]}>
        <div className={classes["column"]}>
          <Section title="Request">
            <RequestFacts entry={entry} />
          </Section>
          {entry.ignored.length > 0 && (
            <Note tone="warn" title="Not understood, so not used">
              {entry.ignored.join(", ")}
            </Note>
          )}
          <Section title="What it changed">
            {entry.effects.length === 0 ? (
              <Text c="dimmed">Nothing: everything was already as it was sent.</Text>
            ) : (
              <Timeline entries={entry.effects} withSubject />
            )}
          </Section>
        </div>
        <div className={classes["column"]}>
          <Body title="As it came" what="request" text={entry.request} />
          <Body title="Our answer" what="answer" text={entry.response} />
        </div>
      </div>
    </>
  );
};

const RequestFacts = ({ entry }: { entry: ProvisioningLogDetail }) => (
  <Facts
    facts={{
      Call: (
        <code>
          {entry.method} {entry.path}
        </code>
      ),
      Status: entry.status,
      When: sayExactly(entry.at),
      Took: `${entry.durationMs.toFixed(1)} ms`,
      Connection: (
        <Link
          to="/settings/integrations/scim/$connectionId"
          params={{ connectionId: entry.connection.id }}
          children={entry.connection.name}
        />
      ),
      ...(entry.resource && {
        [entry.resourceType === "Group" ? "Group" : "Person"]: (
          <>
            {entry.resource.name} ·{" "}
            <Link
              to="/provisioning-log"
              search={
                entry.resourceType === "Group"
                  ? { group: entry.resource.id }
                  : { person: entry.resource.id }
              }
              children="all requests"
            />
          </>
        ),
      }),
    }}
  />
);

const Body = ({ title, what, text }: { title: string; what: string; text: string | null }) => (
  <Section title={title}>
    {text ? <JsonBlock text={text} what={what} /> : <Text c="dimmed">No body.</Text>}
  </Section>
);
