import { Button, Skeleton, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { FederatedCredential } from "../../api/contract.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { Section } from "../../elements/section.tsx";
import { federatedCredentialsQuery } from "../queries.ts";
import classes from "./credential-list.module.css";
import { FederatedRow } from "./federated-row.tsx";
import { MakeFederated } from "./make-federated.tsx";

/** The way in without any secret: an identity that another issuer vouches for. */
export const FederatedCredentials = ({ connectionId }: { connectionId: string }) => {
  const credentials = useQuery(federatedCredentialsQuery(connectionId));
  const live = credentials.data?.filter(isLive).length ?? 0;
  return (
    <Section
      title="Federated credentials"
      lead="No secret at all: Entra shows what its own issuer has signed."
      actions={<MakeFederated connectionId={connectionId} live={live} />}
    >
      {credentials.isPending ? (
        <Skeleton height={56} />
      ) : credentials.error ? (
        <ProblemNote error={credentials.error} onRetry={credentials.refetch} />
      ) : (
        <List connectionId={connectionId} credentials={credentials.data} />
      )}
    </Section>
  );
};

const isLive = ({ state }: FederatedCredential) => state === "live";

type Props = { connectionId: string; credentials: readonly FederatedCredential[] };

/** Live ones; those that were revoked are folded away. */
const List = ({ connectionId, credentials }: Props) => {
  const [showsAll, { toggle }] = useDisclosure(false);
  const live = credentials.filter(isLive);
  const shown = showsAll ? credentials : live;
  const revoked = credentials.length - live.length;
  return (
    <div>
      {live.length === 0 && (
        <Text size="sm" c="dimmed">
          There is none. Make one where the identity provider offers workload identity federation.
        </Text>
      )}
      {shown.length > 0 && (
        <ul className={classes["list"]}>
          {shown.map((credential) => (
            <FederatedRow
              key={credential.id}
              connectionId={connectionId}
              credential={credential}
              isLast={live.length <= 1}
            />
          ))}
        </ul>
      )}
      {revoked > 0 && (
        <Button variant="subtle" size="compact-xs" fw={500} mt={6} ml={-6} onClick={toggle}>
          {showsAll ? "Hide" : "Show"} {revoked} revoked
        </Button>
      )}
    </div>
  );
};
