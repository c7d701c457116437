import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { get } from "../api/client.ts";
import type { Collision, Page } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { Note } from "../elements/note.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import classes from "./duplicates.module.css";
import { useJoinCertain, type Joined } from "./use-join-certain.ts";

const certain = { state: "suggested", certain: true };

/** Joins all whose addresses agree and whose name or number does too, each for itself. */
export const JoinCertain = () => {
  const mayJoin = useMay()("accounts:lock");
  const [isOpen, dialog] = useDisclosure(false);
  const { data: count = 0 } = useQuery({
    queryKey: ["duplicates", "certain-count"],
    queryFn: async ({ signal }) =>
      (await get<Page<Collision>>("/collisions", { query: { ...certain, limit: 1 }, signal }))
        .total,
    enabled: mayJoin,
  });
  if (!mayJoin || (count === 0 && !isOpen)) return null;
  return (
    <>
      <Button onClick={dialog.open}>Join the certain ones…</Button>
      {isOpen && <JoinDialog count={count} onClose={dialog.close} />}
    </>
  );
};

const JoinDialog = ({ count, onClose }: { count: number; onClose: () => void }) => {
  const { join, so } = useJoinCertain(certain);
  const isRunning = join.isPending;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={join.isSuccess ? "Joined" : `Join ${count.toLocaleString()} certain pairs?`}
      closeOnClickOutside={!isRunning}
    >
      <Stack>
        {so === undefined ? (
          <Text>
            Their addresses agree, and so does their name or employee number. The directory decides
            about their roles from now on. Each can be split again.
          </Text>
        ) : (
          <Outcome so={so} isRunning={isRunning} />
        )}
        <ProblemNote error={join.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {isRunning ? "Stop" : so === undefined ? "Cancel" : "Close"}
          </Button>
          {!join.isSuccess && (
            <Button loading={isRunning} onClick={() => join.mutate()}>
              Join them
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
};

const Outcome = ({ so, isRunning }: { so: Joined; isRunning: boolean }) => {
  const done = so.confirmed + so.refused.length;
  return (
    <>
      <div>
        <Text size="sm" mb={6} role="status">
          {so.confirmed.toLocaleString()} joined
          {isRunning && `, ${(so.total - done).toLocaleString()} to go`}
        </Text>
        <Progress
          value={so.total === 0 ? 100 : (100 * done) / so.total}
          aria-label="Pairs decided about"
        />
      </div>
      {so.refused.length > 0 && (
        <Note
          tone="warn"
          title={
            so.refused.length === 1
              ? "1 pair was not joined"
              : `${so.refused.length.toLocaleString()} pairs were not joined`
          }
        >
          <ul className={classes["refused"]}>
            {so.refused.map(({ pair, title, detail }) => (
              <li key={pair.id}>
                {pair.former.accountId === null ? (
                  pair.former.name
                ) : (
                  <Link to="/accounts/$id" params={{ id: pair.former.accountId }}>
                    {pair.former.name}
                  </Link>
                )}
                : {title}. {detail}
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
};
