import { Button, Group, Modal, ScrollArea, Skeleton, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import type { MappingPreview } from "../../api/contract.ts";
import { Note } from "../../elements/note.tsx";
import { ProblemNote } from "../../elements/problem-note.tsx";
import type { Draft } from "./draft.ts";

type Props = { connectionId: string; draft: Draft; onClose: () => void; onSave: () => void };

/** Who would change from what to what, asked of the server before anything is saved. */
export const PreviewDialog = ({ connectionId, draft, onClose, onSave }: Props) => {
  const preview = useQuery({
    queryKey: ["preview", connectionId, draft],
    queryFn: ({ signal }) =>
      call<MappingPreview>("POST", `/connections/${connectionId}/group-mappings/preview`, {
        body: draft,
        signal,
      }),
    gcTime: 0,
    staleTime: Infinity,
  });
  return (
    <Modal opened onClose={onClose} title="What would change" size="lg">
      <Stack>
        {preview.isPending ? (
          <Skeleton height={160} />
        ) : preview.error ? (
          <ProblemNote error={preview.error} onRetry={preview.refetch} />
        ) : (
          <Effect preview={preview.data} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Go on editing
          </Button>
          <Button onClick={onSave} disabled={!preview.data}>
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

const Effect = ({ preview: { total, changes } }: { preview: MappingPreview }) => {
  if (total === 0)
    return (
      <Note tone="ok" title="Nobody's access changes">
        The rules apply to people who come later.
      </Note>
    );
  return (
    <>
      <Text>
        <b>{total.toLocaleString()}</b> {total === 1 ? "person gets" : "people get"} another access
        role. Locked roles stay as they are.
      </Text>
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
            {changes.map(({ account, from, to }) => (
              <Table.Tr key={account.id}>
                <Table.Td>{account.name}</Table.Td>
                <Table.Td>{from?.name ?? "No account"}</Table.Td>
                <Table.Td fw={550}>{to.name}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {total > changes.length && (
        <Text size="sm" c="dimmed">
          The first {changes.length} are shown.
        </Text>
      )}
    </>
  );
};
