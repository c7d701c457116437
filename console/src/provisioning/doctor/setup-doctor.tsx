import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Check } from "../../api/contract.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { Tone } from "../../elements/tone.tsx";
import { arrivalsQuery } from "../queries.ts";
import { CheckRow } from "./check-row.tsx";
import classes from "./setup-doctor.module.css";

/** What is well, what is to be done and what looks wrong with a connection, as requests arrive. */
export const SetupDoctor = ({ connectionId }: { connectionId: string }) => {
  const arrivals = useQuery(arrivalsQuery(connectionId));
  const checks = arrivals.data?.checks ?? [];
  return (
    <Section
      title="Setup doctor"
      lead="Reads what really arrives, and says where in Entra to mend it."
      actions={arrivals.data && <Verdict checks={checks} />}
      isFlush
    >
      {arrivals.isPending ? (
        <div className={classes["pad"]}>
          <Skeleton height={260} />
        </div>
      ) : arrivals.error ? (
        <div className={classes["pad"]}>
          <ProblemNote error={arrivals.error} onRetry={arrivals.refetch} />
        </div>
      ) : (
        <Checks connectionId={connectionId} checks={checks} />
      )}
    </Section>
  );
};

type ChecksProps = { connectionId: string; checks: readonly Check[] };

/** What asks for something comes first. They stay where they are while one looks, whatever becomes of them. */
const Checks = ({ connectionId, checks }: ChecksProps) => {
  const [order] = useState(() => checks.toSorted(byUrgency).map(({ id }) => id));
  return (
    <ul className={classes["checks"]} aria-label="Checks">
      {checks
        .toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
        .map((check) => (
          <CheckRow key={check.id} connectionId={connectionId} check={check} />
        ))}
    </ul>
  );
};

const byUrgency = (one: Check, other: Check): number => urgencyOf(one) - urgencyOf(other);

const urgencyOf = ({ state, muted }: Check): number =>
  muted !== null ? 2 : state === "warning" ? 0 : state === "todo" ? 1 : 2;

/** All checks in a few words; announced when it changes. */
const Verdict = ({ checks }: { checks: readonly Check[] }) => {
  const inForce = checks.filter(({ muted }) => muted === null);
  const countOf = (state: Check["state"]) => inForce.filter((one) => one.state === state).length;
  const [warnings, todo] = [countOf("warning"), countOf("todo")];
  const said = [
    warnings > 0 && `${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
    todo > 0 && `${todo} to do`,
    `${countOf("done")} of ${checks.length} done`,
  ].filter((part) => part !== false);
  return (
    <div aria-live="polite">
      <Tone tone={warnings > 0 ? "warn" : todo > 0 ? "calm" : "ok"}>{said.join(" · ")}</Tone>
    </div>
  );
};
