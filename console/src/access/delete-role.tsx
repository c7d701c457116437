import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { call } from "../api/client.ts";
import type { RoleDetail } from "../api/contract.ts";
import { useIsHere } from "../app-shell/use-is-here.ts";
import { Form } from "../elements/form.tsx";
import { needed } from "../elements/needed.ts";
import { Note } from "../elements/note.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { giveableChoices, useRoles } from "./roles.ts";

type Props = { role: RoleDetail; isOpen: boolean; onClose: () => void };

/** Deletes a role; where somebody has it, another takes its place. */
export const DeleteRole = ({ role, isOpen, onClose }: Props) => (
  <Modal opened={isOpen} onClose={onClose} title={`Delete ${role.name}?`}>
    <Deletion role={role} onClose={onClose} />
  </Modal>
);

const Deletion = ({ role, onClose }: Omit<Props, "isOpen">) => {
  const navigate = useNavigate();
  const isHere = useIsHere();
  const roles = useRoles().filter(({ id }) => id !== role.id);
  const isUsed = role.usage.total > 0;
  const form = useForm({
    initialValues: { replaceBy: null as string | null },
    validate: isUsed ? { replaceBy: needed("Choose the access role that takes its place.") } : {},
  });
  const remove = useMutation({
    mutationFn: ({ replaceBy }: typeof form.values) =>
      call("DELETE", `/roles/${role.id}`, { query: { replaceBy: replaceBy ?? undefined } }),
    meta: { shownInForm: true, done: `${role.name} is deleted.` },
    onMutate: () => isHere,
    onSuccess: (_done, _values, isStillHere) => {
      if (isStillHere()) void navigate({ to: "/settings/access-roles" });
    },
  });
  return (
    <Form form={form} onSend={(values) => remove.mutate(values)}>
      <Stack>
        <ProblemNote error={remove.error} />
        {isUsed ? (
          <>
            <Note tone="warn" title="It is in use">
              {role.usage.sentence}
            </Note>
            <Select
              label="Put in its place"
              description="Everywhere: for people, rules, defaults and locks."
              required
              data={giveableChoices(roles)}
              data-autofocus
              {...form.getInputProps("replaceBy")}
            />
          </>
        ) : (
          <Text>Nobody has it and nothing gives it. This cannot be taken back.</Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={remove.isPending}>
            {isUsed ? "Replace and delete" : "Delete"}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
};
