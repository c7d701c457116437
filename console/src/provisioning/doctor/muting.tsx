import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import type { Check } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { Form } from "../../elements/form.tsx";
import { needed } from "../../elements/needed.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { arrivalsQuery } from "../queries.ts";

type Props = { connectionId: string; check: Check };

/** What is so on purpose warns nobody any more; the reason stays with the check. */
export const Muting = ({ connectionId, check }: Props) => {
  const may = useMay();
  const queries = useQueryClient();
  const [isOpen, dialog] = useDisclosure(false);
  const path = `/connections/${connectionId}/checks/${check.id}/mute`;
  const refresh = () => queries.invalidateQueries(arrivalsQuery(connectionId));
  const unmute = useMutation({ mutationFn: () => call("DELETE", path), onSuccess: refresh });
  if (!check.isChoice || !may("provisioning:edit")) return null;
  if (check.muted)
    return (
      <Button
        variant="default"
        size="compact-sm"
        loading={unmute.isPending}
        onClick={() => unmute.mutate()}
      >
        Look at it again
      </Button>
    );
  if (check.state === "done" || check.state === "unknown") return null;
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={dialog.open}>
        Mute with a reason
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={`Mute: ${check.title}`}>
        <ReasonForm path={path} onClose={dialog.close} onDone={refresh} />
      </Modal>
    </>
  );
};

type FormProps = { path: string; onClose: () => void; onDone: () => Promise<void> };

const ReasonForm = ({ path, onClose, onDone }: FormProps) => {
  const form = useForm({
    initialValues: { reason: "" },
    validate: { reason: needed("Say why it should be so.") },
  });
  const mute = useMutation({
    mutationFn: ({ reason }: typeof form.values) =>
      call("PUT", path, { body: { reason: reason.trim() } }),
    meta: { shownInForm: true },
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  return (
    <Form form={form} onSend={(values) => mute.mutate(values)}>
      <Stack>
        <ProblemNote error={mute.error} />
        <TextInput
          label="Reason"
          description="Why it should be so. Shown with the check and kept in the history."
          placeholder="Partners work with us and hold our equipment"
          required
          maxLength={300}
          data-autofocus
          {...form.getInputProps("reason")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={mute.isPending}>
            Mute
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
