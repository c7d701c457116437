import { Button, Modal, Skeleton, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { RequestLimits } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { Moment } from "../../elements/moment.tsx";
import { Note } from "../../elements/note.tsx";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { requestLimitQuery } from "../queries.ts";
import { LimitForm } from "./limit-form.tsx";

/** How fast the connection may send, and how often it was told to come back later. */
export const RequestLimit = ({ connectionId }: { connectionId: string }) => {
  const limits = useQuery(requestLimitQuery(connectionId));
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <Section
      title="Request limit"
      actions={
        limits.data &&
        may("provisioning:edit") && (
          <Button variant="default" onClick={dialog.open}>
            {limits.data.limit ? "Change the limit" : "Set a limit"}
          </Button>
        )
      }
    >
      {limits.isPending ? (
        <Skeleton height={48} />
      ) : limits.error ? (
        <ProblemNote error={limits.error} onRetry={limits.refetch} />
      ) : (
        <>
          <Text size="sm">{sayLimit(limits.data)}</Text>
          <Refused limits={limits.data} />
          <Modal opened={isOpen} onClose={dialog.close} title="Request limit">
            <LimitForm connectionId={connectionId} limits={limits.data} onDone={dialog.close} />
          </Modal>
        </>
      )}
    </Section>
  );
};

const sayLimit = ({ limit }: RequestLimits): string =>
  limit
    ? `Up to ${limit.perSecond.toLocaleString()} requests a second, ${limit.burst.toLocaleString()} at once after a rest. Beyond that Entra is told when to come back.`
    : "None: as fast as Entra sends. However fast that is, other connections are served in turn.";

const Refused = ({ limits: { refusedLastHour, lastRefusedAt } }: { limits: RequestLimits }) => {
  if (lastRefusedAt === null) return null;
  if (refusedLastHour === 0)
    return (
      <Text size="sm" c="dimmed" mt={6}>
        Last told to come back later <Moment at={lastRefusedAt} />.
      </Text>
    );
  const times = refusedLastHour === 1 ? "once" : `${refusedLastHour.toLocaleString()} times`;
  return (
    <div style={{ marginTop: 12 }}>
      <Note tone="warn" title={`Throttled ${times} in the last hour`}>
        Last <Moment at={lastRefusedAt} />. Requests beyond the limit, or more than Muster could
        answer soon, got 429 with the time to come back. Entra sends them again by itself.
      </Note>
    </div>
  );
};
