import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/client.ts";
import type { Collision } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { ask } from "../elements/ask.tsx";

/** The buttons that answer whether somebody made by hand is the one the directory sent. */
export const Decision = ({ collision }: { collision: Collision }) => {
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  const { id, local, person, state } = collision;
  const decide = useMutation({
    mutationFn: (deed: "keep-apart" | "split") => call("POST", `/collisions/${id}/${deed}`),
    meta: { done: "They are two people. You are not asked again." },
  });
  if (!may("accounts:lock")) return null;
  if (state === "same")
    return (
      <Button
        variant="default"
        size="compact-md"
        loading={decide.isPending}
        onClick={() =>
          ask({
            title: "Split them again?",
            consequence: `${local.name}, made by hand, gets back the items, the password and the role that came from them. What ${person.name} got since stays; both have to sign in again.`,
            deed: "Split",
            isDangerous: true,
            onConfirm: () => decide.mutate("split"),
          })
        }
      >
        Split again
      </Button>
    );
  return (
    <Group gap="xs">
      <Button size="compact-md" onClick={dialog.open}>
        Same person
      </Button>
      {state === "suggested" && (
        <Button
          variant="default"
          size="compact-md"
          loading={decide.isPending}
          onClick={() => decide.mutate("keep-apart")}
        >
          Keep apart
        </Button>
      )}
      <Modal opened={isOpen} onClose={dialog.close} title="Join them?">
        <Confirmation collision={collision} onClose={dialog.close} />
      </Modal>
    </Group>
  );
};

type Props = { collision: Collision; onClose: () => void };

const Confirmation = ({ collision: { id, local, person }, onClose }: Props) => {
  const [keepRole, setKeepRole] = useState(false);
  const confirm = useMutation({
    mutationFn: () => call("POST", `/collisions/${id}/confirm`, { body: { keepRole } }),
    meta: { done: `${person.name} has the history and the items of ${local.name}.` },
    onSettled: onClose,
  });
  return (
    <Stack>
      <Text>
        The Sub Account that the directory sent goes on. It gets the items, the history and the
        password of {local.name}, made by hand. You can split them again.
      </Text>
      <Checkbox
        label="Keep the role that was given by hand, as a lock"
        checked={keepRole}
        onChange={({ currentTarget }) => setKeepRole(currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={confirm.isPending} onClick={() => confirm.mutate()}>
          Join
        </Button>
      </Group>
    </Stack>
  );
};
