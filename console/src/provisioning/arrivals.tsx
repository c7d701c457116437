import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Arrivals as Arrived, Check } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { Note } from "../elements/note.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { Tone, type ToneName } from "../elements/tone.tsx";
import classes from "./arrivals.module.css";
import { arrivalsQuery } from "./queries.ts";

/** What has arrived so far, as it arrives. */
export const Arrivals = ({ connectionId }: { connectionId: string }) => {
  const arrivals = useQuery(arrivalsQuery(connectionId));
  return (
    <Section
      title="What has arrived"
      actions={arrivals.data && <Reception arrived={arrivals.data} />}
    >
      {arrivals.isPending ? (
        <Skeleton height={220} />
      ) : arrivals.error ? (
        <ProblemNote error={arrivals.error} onRetry={arrivals.refetch} />
      ) : (
        <>
          <Credentials arrived={arrivals.data} />
          <Counts arrived={arrivals.data} />
          <LastChange arrived={arrivals.data} />
          <Attributes arrived={arrivals.data} />
        </>
      )}
    </Section>
  );
};

const Reception = ({ arrived: { lastRequestAt } }: { arrived: Arrived }) =>
  lastRequestAt === null ? (
    <Tone tone="calm">Waiting</Tone>
  ) : (
    <Tone tone="ok">
      <Moment at={lastRequestAt} />
    </Tone>
  );

const tones: Record<Check["state"], ToneName> = {
  done: "ok",
  todo: "calm",
  warning: "warn",
  unknown: "calm",
};

/** Whether what was pasted into Entra is right: said here, where it was copied. */
const Credentials = ({ arrived: { checks } }: { arrived: Arrived }) => {
  const check = checks.find(({ id }) => id === "credentials");
  if (!check) return null;
  return (
    <div className={classes["credentials"]} aria-live="polite">
      <Note tone={tones[check.state]}>{check.sentence}</Note>
    </div>
  );
};

const Counts = ({ arrived }: { arrived: Arrived }) => {
  const counts = [
    ["Users", arrived.users],
    ["of them active", arrived.activeUsers],
    ["Groups", arrived.groups],
    ["Memberships", arrived.memberships],
  ] as const;
  return (
    <dl className={classes["counts"]}>
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
};

const LastChange = ({ arrived }: { arrived: Arrived }) =>
  arrived.lastChangeAt && (
    <p className={classes["last"]}>
      {arrived.lastChange}
      <br />
      <span className={classes["dimmed"]}>
        <Moment at={arrived.lastChangeAt} /> · {sayRequests(arrived.requestsLastHour)} in the last
        hour
      </span>
    </p>
  );

/** The server counts no further than this. */
const sayRequests = (count: number) =>
  count >= 10_000 ? "10,000 requests or more" : `${count.toLocaleString()} requests`;

const Attributes = ({ arrived: { attributes } }: { arrived: Arrived }) =>
  attributes.length > 0 && (
    <details className={classes["attributes"]}>
      <summary>{attributes.length} attributes are mapped</summary>
      <ul>
        {attributes.map(({ path, people }) => (
          <li key={path} title={people === null ? undefined : `${people} people have it`}>
            <code>{path}</code>
          </li>
        ))}
      </ul>
    </details>
  );
