import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { fieldErrors } from "../api/api-error.ts";
import { call } from "../api/client.ts";
import type { Asset } from "../api/contract.ts";
import { callAsset } from "../assets/call-asset.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { showUndo } from "../elements/toast.tsx";
import { PersonInput } from "./person-input.tsx";

/** Gives an asset into somebody's hands. */
export const CheckOut = ({ asset }: { asset: Asset }) => {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button onClick={dialog.open}>Check out</Button>
      <Modal opened={isOpen} onClose={dialog.close} title={`Check out ${callAsset(asset)}`}>
        <CheckOutForm asset={asset} onDone={dialog.close} />
      </Modal>
    </>
  );
};

const CheckOutForm = ({ asset, onDone }: { asset: Asset; onDone: () => void }) => {
  const form = useForm({
    initialValues: { accountId: "", dueOn: "", note: "" },
    validate: { accountId: needed("Choose who gets it.") },
  });
  const undo = useMutation({
    mutationFn: () =>
      call<Asset>("POST", `/assets/${asset.id}/check-in`, {
        body: { note: "Checked out by mistake" },
      }),
    meta: { done: `${callAsset(asset)} is taken back.` },
  });
  const checkOut = useMutation({
    mutationFn: ({ dueOn, ...values }: typeof form.values) =>
      call<Asset>("POST", `/assets/${asset.id}/check-out`, {
        body: { ...values, dueOn: dueOn || null },
      }),
    meta: { shownInForm: true },
    onSuccess: ({ holder }) => {
      showUndo(`Checked out to ${holder?.name ?? "them"}.`, undo.mutate);
      onDone();
    },
    onError: (error, values) => form.setErrors(fieldErrors(error, values)),
  });
  return (
    <Form form={form} onSend={(values) => checkOut.mutate(values)}>
      <Stack>
        <ProblemNote error={checkOut.error} />
        <PersonInput tenantId={asset.tenant.id} {...form.getInputProps("accountId")} />
        <TextInput
          type="date"
          label="Due back on"
          description="Leave it empty if it stays with them."
          maw="14rem"
          {...form.getInputProps("dueOn")}
        />
        <Textarea
          label="Note"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1000}
          {...form.getInputProps("note")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={checkOut.isPending}>
            Check out
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
