import { Button, Group, Modal, Select, Stack, TextInput, Tooltip } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors } from "../../api/api-error.ts";
import { call } from "../../api/client.ts";
import type { Connection } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { useKeepFreshToken } from "../fresh-token.ts";

const lifetimes = [
  { value: "90", label: "In 90 days" },
  { value: "180", label: "In 180 days" },
  { value: "365", label: "In a year" },
  { value: "730", label: "In two years" },
  { value: "never", label: "Never" },
];

const expiryOf = (lifetime: string): string | null =>
  lifetime === "never" ? null : new Date(Date.now() + Number(lifetime) * 86_400_000).toISOString();

/** A second token lets one change over without a gap; more than two live ones are not allowed. */
export const MakeToken = ({ connection }: { connection: Connection }) => {
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  if (!may("provisioning:credentials")) return null;
  const isFull = connection.liveTokens >= 2;
  return (
    <>
      <Tooltip label="Two tokens are live. Revoke one first." disabled={!isFull}>
        <Button
          variant="default"
          aria-disabled={isFull}
          {...(isFull ? { "data-disabled": true } : { onClick: dialog.open })}
        >
          Make a token
        </Button>
      </Tooltip>
      <Modal opened={isOpen} onClose={dialog.close} title="Make a token">
        <TokenForm connectionId={connection.id} onDone={dialog.close} />
      </Modal>
    </>
  );
};

const TokenForm = ({ connectionId, onDone }: { connectionId: string; onDone: () => void }) => {
  const keepFreshToken = useKeepFreshToken();
  const form = useForm({ initialValues: { label: "", lifetime: "365" } });
  const make = useMutation({
    mutationFn: ({ label, lifetime }: typeof form.values) =>
      call<{ token: string }>("POST", `/connections/${connectionId}/tokens`, {
        body: { label: label.trim(), expiresAt: expiryOf(lifetime) },
      }),
    meta: { shownInForm: true },
    onSuccess: ({ token }) => {
      keepFreshToken(connectionId, token);
      onDone();
    },
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <Stack>
        <ProblemNote error={make.error} />
        <TextInput
          label="Label"
          description="To know later where it is used."
          placeholder="Entra, from November"
          required
          maxLength={100}
          data-autofocus
          {...form.getInputProps("label")}
        />
        <Select label="Expires" data={lifetimes} {...form.getInputProps("lifetime")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make the token
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
