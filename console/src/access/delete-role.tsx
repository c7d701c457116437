import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../api/client.ts";
import type { RoleDetail } from "../api/contract.ts";
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
  const roles = useRoles().filter(({ id }) => id !== role.id);
  const [replaceBy, setReplaceBy] = useState<string | null>(null);
  const isUsed = role.usage.total > 0;
  const remove = useMutation({
    mutationFn: () =>
      call("DELETE", `/roles/${role.id}`, { query: { replaceBy: replaceBy ?? undefined } }),
    meta: { shownInForm: true, done: `${role.name} is deleted.` },
    onSuccess: () => void navigate({ to: "/settings/access-roles" }),
  });
  return (
    <Stack>
      <ProblemNote error={remove.error} />
      {isUsed ? (
        <>
          <Note tone="warn" title="It is in use">
            {role.usage.sentence}
          </Note>
          <Select
            label="Put in its place"
            description="Everywhere: for people, group mappings, defaults and locks."
            data={giveableChoices(roles)}
            value={replaceBy}
            onChange={setReplaceBy}
            data-autofocus
          />
        </>
      ) : (
        <Text>Nobody has it and nothing gives it. This cannot be taken back.</Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          disabled={isUsed && replaceBy === null}
          onClick={() => remove.mutate()}
        >
          {isUsed ? "Replace and delete" : "Delete"}
        </Button>
      </Group>
    </Stack>
  );
};
