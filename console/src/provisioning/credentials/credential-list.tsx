import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import classes from "./credential-list.module.css";
import { CredentialRow } from "./credential-row.tsx";
import { kinds, type Credential, type CredentialKind } from "./kinds.ts";

type Props = {
  connectionId: string;
  kind: CredentialKind;
  credentials: readonly Credential[];
};

/** Live ones; those that no longer work are folded away. */
export const CredentialList = ({ connectionId, kind, credentials }: Props) => {
  const [showsAll, { toggle }] = useDisclosure(false);
  const live = credentials.filter(({ state }) => state === "live");
  const ended = credentials.filter(({ state }) => state !== "live");
  const shown = showsAll ? [...live, ...ended] : live;
  const { heading, none } = kinds[kind];
  return (
    <div>
      <Text component="h3" fw={550} size="sm" mb={4} mt={0}>
        {heading}
      </Text>
      {live.length === 0 && (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
      {shown.length > 0 && (
        <ul className={classes["list"]}>
          {shown.map((credential) => (
            <CredentialRow
              key={credential.id}
              connectionId={connectionId}
              kind={kind}
              credential={credential}
              isLast={live.length <= 1}
            />
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <Button variant="subtle" size="compact-xs" fw={500} mt={6} ml={-6} onClick={toggle}>
          {showsAll ? "Hide" : "Show"} {ended.length} expired or revoked
        </Button>
      )}
    </div>
  );
};
