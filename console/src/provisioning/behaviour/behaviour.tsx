import { Button, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ConnectionSwitch } from "../../api/contract.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import classes from "./behaviour.module.css";
import { behaviourQuery } from "./queries.ts";
import { SwitchRow } from "./switch-row.tsx";

/** What the endpoint does where identity providers depart from SCIM, each to be switched. */
export const Behaviour = ({ connectionId }: { connectionId: string }) => {
  const behaviour = useQuery(behaviourQuery(connectionId));
  return (
    <Section
      title="Behaviour"
      lead="What Muster does with what SCIM does not foresee. As it is by default, every identity provider we know works. A source such as R05 is a request as one really sends it; Muster's tests send it again."
      isFlush
    >
      {behaviour.isPending ? (
        <div className={classes["pad"]}>
          <Skeleton height={200} />
        </div>
      ) : behaviour.error ? (
        <div className={classes["pad"]}>
          <ProblemNote error={behaviour.error} onRetry={behaviour.refetch} />
        </div>
      ) : (
        <Switches connectionId={connectionId} switches={behaviour.data} />
      )}
    </Section>
  );
};

type Props = { connectionId: string; switches: readonly ConnectionSwitch[] };

/** The quirks are folded away, but for those that somebody has switched. */
const Switches = ({ connectionId, switches }: Props) => {
  const [showsAll, { toggle }] = useDisclosure(false);
  const shown = switches.filter(
    (each) => showsAll || each.group === "unknown" || each.on !== each.default,
  );
  const folded = switches.filter(({ group }) => group === "quirks").length;
  return (
    <>
      <ul className={classes["switches"]} aria-label="Switches">
        {shown.map((each) => (
          <SwitchRow key={each.key} connectionId={connectionId} item={each} />
        ))}
      </ul>
      <div className={classes["pad"]}>
        <Button variant="subtle" size="compact-sm" aria-expanded={showsAll} onClick={toggle}>
          {showsAll
            ? "Hide what identity providers need"
            : `Show what identity providers need (${folded})`}
        </Button>
      </div>
    </>
  );
};
