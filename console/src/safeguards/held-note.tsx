import { Progress, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Safeguard } from "../api/contract.ts";
import { ButtonLink } from "../elements/button-link.tsx";
import { Moment } from "../elements/moment.tsx";
import { Note } from "../elements/note.tsx";
import classes from "./held.module.css";
import { kinds } from "./kinds.ts";
import { isReleasing, safeguardQuery } from "./queries.ts";

/** What waits for an administrator, and since when; or how far the letting go has come. Nothing where all is live. */
export const HeldNote = ({ connectionId }: { connectionId: string }) => {
  const { data } = useQuery(safeguardQuery(connectionId));
  return (
    <div className={classes["note"]}>
      {data && <Said connectionId={connectionId} safeguard={data} />}
    </div>
  );
};

type Props = { connectionId: string; safeguard: Safeguard };

const Said = ({ connectionId, safeguard }: Props) => {
  const { held, byKind, mode, trippedAt, passed, application } = safeguard;
  if (application && isReleasing(safeguard)) return <Releasing application={application} />;
  if (held === 0)
    return mode === "dry-run" ? (
      <Note tone="calm" title="Dry run">
        Nothing would change yet. What the directory sends from now on is listed here.
      </Note>
    ) : null;
  return (
    <Note
      tone={mode === "dry-run" ? "calm" : "warn"}
      title={`${held.toLocaleString()} ${held === 1 ? "person waits" : "people wait"} for your decision`}
      action={
        <ButtonLink
          to="/settings/integrations/scim/$connectionId/held"
          params={{ connectionId }}
          variant="default"
        >
          Look at them
        </ButtonLink>
      }
    >
      {trippedAt !== null && (
        <>
          The guard stepped in <Moment at={trippedAt} />; before that, {passed.toLocaleString()}{" "}
          {passed === 1 ? "person" : "people"} lost access.{" "}
        </>
      )}
      {byKind
        .map(({ kind, people }) => `${kinds[kind].label}: ${people.toLocaleString()}`)
        .join(" · ")}
    </Note>
  );
};

const Releasing = ({ application }: { application: NonNullable<Safeguard["application"]> }) => {
  const { done, total, error } = application;
  if (error !== null)
    return (
      <Note tone="bad" title="Not everybody has been let go yet">
        {error} {done.toLocaleString()} of {total.toLocaleString()} people are let go, the others
        are held as before. Muster tries again by itself.
      </Note>
    );
  return (
    <Note tone="calm" title="Letting go what was held">
      <Text size="sm" mb={6}>
        {done.toLocaleString()} of {total.toLocaleString()} people
      </Text>
      <Progress
        value={total === 0 ? 0 : Math.round((done / total) * 100)}
        aria-label="People let go"
      />
    </Note>
  );
};
