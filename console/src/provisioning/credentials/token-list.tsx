import { Button, Skeleton, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { Connection, Token } from "../../api/contract.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { tokensQuery } from "../queries.ts";
import classes from "./token-list.module.css";
import { TokenRow } from "./token-row.tsx";

/** Live tokens; those that no longer work are folded away. */
export const TokenList = ({ connection }: { connection: Connection }) => {
  const tokens = useQuery(tokensQuery(connection.id));
  const [showsAll, { toggle }] = useDisclosure(false);
  if (tokens.isPending) return <Skeleton height={56} />;
  if (tokens.error) return <ProblemNote error={tokens.error} onRetry={tokens.refetch} />;
  const live = tokens.data.filter(({ state }) => state === "live");
  const ended = tokens.data.filter(({ state }) => state !== "live");
  return (
    <div>
      <Text component="h3" fw={550} size="sm" mb={4} mt={0}>
        Tokens
      </Text>
      {live.length === 0 && (
        <Text size="sm" c="dimmed">
          No token works now: Entra is refused until you make one and paste it there.
        </Text>
      )}
      <List connection={connection} tokens={showsAll ? [...live, ...ended] : live} />
      {ended.length > 0 && (
        <Button variant="subtle" size="compact-xs" fw={500} mt={6} ml={-6} onClick={toggle}>
          {showsAll ? "Hide" : "Show"} {ended.length} expired or revoked
        </Button>
      )}
    </div>
  );
};

const List = (props: { connection: Connection; tokens: readonly Token[] }) =>
  props.tokens.length > 0 && (
    <ul className={classes["list"]}>
      {props.tokens.map((token) => (
        <TokenRow key={token.id} connection={props.connection} token={token} />
      ))}
    </ul>
  );
