import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, get } from "../../api/client.ts";
import type { LogRetention as Retention } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";

const usual = [30, 90, 180, 365, 730];

const sayDays = (days: number | null): string => {
  if (days === null) return "For ever";
  if (days === 365) return "A year";
  if (days === 730) return "Two years";
  return `${days} ${days === 1 ? "day" : "days"}`;
};

const valueOf = (days: number | null): string => (days === null ? "ever" : String(days));

/** How long entries are kept; whoever may, changes it. */
export const LogRetention = () => {
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  const retention = useQuery({
    queryKey: ["/provisioning-log", "retention"],
    queryFn: ({ signal }) => get<Retention>("/provisioning-log/retention", { signal }),
  });
  if (!retention.data || !may("provisioning:edit")) return null;
  const { keepDays } = retention.data;
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        Kept: {sayDays(keepDays).toLowerCase()}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title="How long to keep the log">
        <RetentionForm key={valueOf(keepDays)} retention={retention.data} onDone={dialog.close} />
      </Modal>
    </>
  );
};

type Props = { retention: Retention; onDone: () => void };

const RetentionForm = ({ retention: { keepDays }, onDone }: Props) => {
  const [wanted, setWanted] = useState(valueOf(keepDays));
  const save = useMutation({
    mutationFn: () =>
      call("PUT", "/provisioning-log/retention", {
        body: { keepDays: wanted === "ever" ? null : Number(wanted) },
      }),
    meta: { shownInForm: true, done: "How long the log is kept is saved." },
    onSuccess: onDone,
  });
  const days = [...new Set([...usual, ...(keepDays === null ? [] : [keepDays])])];
  const choices = [...days.toSorted((a, b) => a - b), null];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <Text size="sm">
          Older requests and answers are removed for good, a few each minute. What they changed
          stays in the history of people and assets. Export the log first if you need it longer.
        </Text>
        <ProblemNote error={save.error} />
        <Select
          label="Keep each request for"
          data={choices.map((one) => ({ value: valueOf(one), label: sayDays(one) }))}
          value={wanted}
          onChange={(value) => setWanted(value ?? wanted)}
          allowDeselect={false}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
