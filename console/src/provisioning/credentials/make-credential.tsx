import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors } from "../../api/api-error.ts";
import { call } from "../../api/client.ts";
import { useMay } from "../../app-shell/session.ts";
import { Form } from "../../elements/form.tsx";
import { needed } from "../../elements/needed.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { useKeepFreshCredential } from "../fresh-credential.ts";
import { MakeButton } from "./make-button.tsx";
import { kinds, type CredentialKind } from "./kinds.ts";

type Made = { token: string } | { secret: string };

const lifetimes = [
  { value: "90", label: "In 90 days" },
  { value: "180", label: "In 180 days" },
  { value: "365", label: "In a year" },
  { value: "730", label: "In two years" },
  { value: "never", label: "Never" },
];

const expiryOf = (lifetime: string): string | null =>
  lifetime === "never" ? null : new Date(Date.now() + Number(lifetime) * 86_400_000).toISOString();

type Props = { connectionId: string; kind: CredentialKind };

export const MakeCredential = ({ connectionId, kind, live }: Props & { live: number }) => {
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  if (!may("provisioning:credentials")) return null;
  const { make, full } = kinds[kind];
  return (
    <>
      <MakeButton label={make} full={full} live={live} onOpen={dialog.open} />
      <Modal opened={isOpen} onClose={dialog.close} title={make}>
        <CredentialForm connectionId={connectionId} kind={kind} onDone={dialog.close} />
      </Modal>
    </>
  );
};

const CredentialForm = ({ connectionId, kind, onDone }: Props & { onDone: () => void }) => {
  const keepFresh = useKeepFreshCredential();
  const form = useForm({
    initialValues: { label: "", lifetime: "365" },
    validate: { label: needed("Say where it is used.") },
  });
  const make = useMutation({
    mutationFn: ({ label, lifetime }: typeof form.values) =>
      call<Made>("POST", `/connections/${connectionId}/${kinds[kind].path}`, {
        body: { label: label.trim(), expiresAt: expiryOf(lifetime) },
      }),
    meta: { shownInForm: true },
    onSuccess: (created) => {
      keepFresh(connectionId, kind, "token" in created ? created.token : created.secret);
      onDone();
    },
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  return (
    <Form form={form} onSend={(values) => make.mutate(values)}>
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
            {kinds[kind].made}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
