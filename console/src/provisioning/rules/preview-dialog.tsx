import {
  Button,
  Group,
  Modal,
  Progress,
  ScrollArea,
  Skeleton,
  Stack,
  Table,
  Text,
} from "@mantine/core";
import { Note } from "../../elements/note.tsx";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { RehearsedNote } from "../../safeguards/rehearsed-note.tsx";
import { useTenants } from "../../tenants/tenants-query.ts";
import type { Draft } from "./draft.ts";
import { useEffectOf, type EffectSoFar } from "./use-effect-of.ts";

type Props = { connectionId: string; draft: Draft; onClose: () => void; onSave: () => void };

/** Who would change from what to what, asked of the server before anything is saved. */
export const PreviewDialog = ({ connectionId, draft, onClose, onSave }: Props) => {
  const { effect, error, retry } = useEffectOf(connectionId, draft);
  return (
    <Modal opened onClose={onClose} title="What would change" size="xl">
      <Stack>
        <ProblemNote error={error} onRetry={retry} />
        <RehearsedNote connectionId={connectionId} />
        {effect === undefined ? !error && <Skeleton height={160} /> : <Effect effect={effect} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Go on editing
          </Button>
          <Button onClick={onSave} loading={effect === undefined && error === null}>
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

const people = (count: number) => `${count.toLocaleString()} ${count === 1 ? "person" : "people"}`;

const sentences: [keyof EffectSoFar["counts"], (who: string, one: boolean) => string][] = [
  ["lose", (who, one) => `${who} ${one ? "loses" : "lose"} access to a tenant`],
  ["move", (who, one) => `${who} ${one ? "changes" : "change"} tenant`],
  ["toLobby", (who, one) => `${who} ${one ? "goes" : "go"} to the lobby`],
  ["gain", (who, one) => `${who} ${one ? "gets" : "get"} access to a tenant`],
  ["fromLobby", (who, one) => `${who} ${one ? "leaves" : "leave"} the lobby`],
  ["role", (who, one) => `${who} ${one ? "gets" : "get"} another access role`],
  ["becomeAdministrator", (who, one) => `${who} ${one ? "becomes" : "become"} Administrator`],
  ["loseAdministrator", (who, one) => `${who} ${one ? "is" : "are"} Administrator no longer`],
];

const Effect = ({ effect }: { effect: EffectSoFar }) => {
  const { counts, changes, isComplete } = effect;
  const said = sentences.filter(([kind]) => counts[kind] > 0);
  if (isComplete && said.length === 0)
    return (
      <Note tone="ok" title="Nobody's access changes">
        The rules apply to people who come later.
      </Note>
    );
  return (
    <>
      {!isComplete && <Looking effect={effect} />}
      <ul aria-label="In numbers" style={{ margin: 0, paddingInlineStart: "1.25rem" }}>
        {said.map(([kind, say]) => (
          <li key={kind}>{say(people(counts[kind]), counts[kind] === 1)}</li>
        ))}
      </ul>
      {counts.locked > 0 && (
        <Text size="sm" c="dimmed">
          {people(counts.locked)} {counts.locked === 1 ? "has" : "have"} a role lock, which keeps
          the role and not the place: whom no rule leads to a tenant any more is Disabled there.
        </Text>
      )}
      {changes.length > 0 && <Changes changes={changes} />}
    </>
  );
};

const Looking = ({ effect: { people: done, total } }: { effect: EffectSoFar }) => (
  <div>
    <Text size="sm" mb={6} role="status">
      Looked at {done.toLocaleString()} of {total.toLocaleString()} people
    </Text>
    <Progress
      value={total === 0 ? 100 : Math.min(100, (done / total) * 100)}
      aria-label="People looked at"
    />
  </div>
);

type Change = EffectSoFar["changes"][number];

const Changes = ({ changes }: { changes: readonly Change[] }) => {
  const place = usePlaces(changes);
  return (
    <>
      <ScrollArea.Autosize mah={360} viewportProps={{ tabIndex: 0 }}>
        <Table aria-label="Who would change">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Person</Table.Th>
              <Table.Th>From</Table.Th>
              <Table.Th>To</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map((change, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- one person may change in several tenants
              <Table.Tr key={index}>
                <Table.Td>{change.person.name}</Table.Td>
                <Table.Td>
                  {place(change.from, change.kind === "fromLobby" ? "Lobby" : "No account")}
                </Table.Td>
                <Table.Td fw={550}>
                  {place(change.to, change.kind === "toLobby" ? "Lobby" : "Disabled")}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {changes.length === 100 && (
        <Text size="sm" c="dimmed">
          The first 100 are shown.
        </Text>
      )}
    </>
  );
};

/** How to say a role and its tenant; where there is one tenant only, its name tells nobody anything. */
const usePlaces = (changes: readonly Change[]) => {
  const places = changes.flatMap(({ from, to }) => [from, to].filter((one) => one !== null));
  const isOne = new Set(places.map(({ tenant }) => tenant.id)).size < 2;
  const namesTenants = useTenants().length > 1 || !isOne;
  return (one: Change["from"], without: string): string =>
    one === null ? without : namesTenants ? `${one.role.name} · ${one.tenant.name}` : one.role.name;
};
