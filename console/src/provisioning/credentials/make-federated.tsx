import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors } from "../../api/api-error.ts";
import { call } from "../../api/client.ts";
import { useMay } from "../../app-shell/session.ts";
import { Form } from "../../elements/form.tsx";
import { needed } from "../../elements/needed.ts";
import { ProblemNote } from "../../elements/problem-note.tsx";
import { entraKeysOf, readKeys } from "./issuer-keys.ts";
import { MakeButton } from "./make-button.tsx";

type Props = { connectionId: string };

export const MakeFederated = ({ connectionId, live }: Props & { live: number }) => {
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  if (!may("provisioning:credentials")) return null;
  return (
    <>
      <MakeButton
        label="Make a federated credential"
        full="Two federated credentials are live. Revoke one first."
        live={live}
        onOpen={dialog.open}
      />
      <Modal opened={isOpen} onClose={dialog.close} title="Make a federated credential" size="lg">
        <FederatedForm connectionId={connectionId} onDone={dialog.close} />
      </Modal>
    </>
  );
};

/** What its assertions say, and what Entra says there. */
const claims = [
  {
    path: "issuer",
    label: "Issuer",
    description:
      "The iss of its assertions, to the letter. Entra: https://login.microsoftonline.com/{directory id}/v2.0",
  },
  {
    path: "subject",
    label: "Subject",
    description:
      "The sub. Entra: the object id of the service principal that provisions, in that directory.",
  },
  {
    path: "audience",
    label: "Audience",
    description: "The aud. Entra: api:// and the application id.",
  },
] as const;

const FederatedForm = ({ connectionId, onDone }: Props & { onDone: () => void }) => {
  const form = useForm({
    initialValues: { label: "", issuer: "", subject: "", audience: "", keys: "" },
    validate: {
      label: needed("Say where it is used."),
      issuer: needed("Enter the issuer."),
      subject: needed("Enter the subject."),
      audience: needed("Enter the audience."),
      keys: (text) =>
        readKeys(text) === undefined
          ? "This is neither an address nor a JSON Web Key Set. Copy it again."
          : null,
    },
  });
  const make = useMutation({
    mutationFn: ({ label, issuer, subject, audience, keys }: typeof form.values) =>
      call("POST", `/connections/${connectionId}/federated-credentials`, {
        body: {
          label: label.trim(),
          issuer: issuer.trim(),
          subject: subject.trim(),
          audience: audience.trim(),
          ...readKeys(keys),
        },
      }),
    meta: { shownInForm: true },
    onSuccess: onDone,
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  const { issuer, keys } = form.getValues();
  const suggestKeys = () => {
    if (keys.trim() === "") form.setFieldValue("keys", entraKeysOf(issuer.trim()));
  };
  return (
    <Form form={form} onSend={(values) => make.mutate(values)}>
      <Stack>
        <ProblemNote error={make.error} />
        <TextInput
          label="Label"
          description="To know later where it is used."
          placeholder="Entra"
          required
          maxLength={100}
          data-autofocus
          {...form.getInputProps("label")}
        />
        {claims.map(({ path, ...said }) => (
          <TextInput
            key={path}
            {...said}
            required
            maxLength={500}
            {...form.getInputProps(path)}
            {...(path === "issuer" && { onBlur: suggestKeys })}
          />
        ))}
        <Textarea
          label="Keys"
          description="The https address of the issuer's keys, or the keys themselves (a JSON Web Key Set). For Entra the address is filled in."
          required
          autosize
          minRows={2}
          maxRows={8}
          {...form.getInputProps("keys")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make it
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
