import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { giveableChoices, useRoles } from "../access/roles.ts";
import type { Account } from "../api/contract.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { Note } from "../elements/note.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { dayOf, endOf } from "./lock-end.ts";
import { useLock } from "./use-lock.ts";

type Props = { account: Account; isOpen: boolean; onClose: () => void };

/** A role given by hand is a lock; whom no directory manages has no other role. */
export const LockDialog = ({ account, isOpen, onClose }: Props) => (
  <Modal
    opened={isOpen}
    onClose={onClose}
    title={account.local ? "Change the role" : "Lock the role"}
  >
    <LockForm account={account} onClose={onClose} />
  </Modal>
);

const LockForm = ({ account, onClose }: Omit<Props, "isOpen">) => {
  const roles = useRoles();
  const lock = useLock(account);
  const form = useForm({
    initialValues: {
      roleId: account.role.id,
      reason: account.lock?.reason ?? "",
      lastDay: account.lock?.expiresAt ? dayOf(account.lock.expiresAt) : "",
    },
    validate: { roleId: needed("Choose an access role.") },
  });
  return (
    <Form
      form={form}
      onSend={({ roleId, reason, lastDay }) =>
        lock.mutate(
          {
            roleId,
            ...(reason.trim() && { reason: reason.trim() }),
            ...(lastDay && { expiresAt: endOf(lastDay) }),
          },
          { onSuccess: onClose },
        )
      }
    >
      <Stack>
        <ProblemNote error={lock.error} />
        {account.directoryRole && (
          <Note tone="calm">
            The directory would give <b>{account.directoryRole.role.name}</b>. Locked, the role
            stays whatever is provisioned or mapped; disabling still works.
          </Note>
        )}
        <Select
          label="Access role"
          required
          data={giveableChoices(roles)}
          description={roles.find(({ id }) => id === form.values.roleId)?.description}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("roleId")}
        />
        <Textarea
          label="Reason"
          description="For whoever wonders later."
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps("reason")}
        />
        {!account.local && (
          <TextInput
            type="date"
            label="Last day"
            description="Then the directory decides again by itself. Without one, the lock stays until somebody removes it."
            {...form.getInputProps("lastDay")}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={lock.isPending}>
            {account.local ? "Change role" : "Lock role"}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
