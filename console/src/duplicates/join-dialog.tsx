import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Pair } from "./pair.ts";

type Props = {
  pair: Pair;
  isBusy: boolean;
  onJoin: (choice: { keepRole: boolean }) => void;
  onClose: () => void;
};

/** Somebody made by hand has a role of their own, which may be kept. */
export const JoinDialog = ({ pair: { former }, isBusy, onJoin, onClose }: Props) => {
  const [keepRole, setKeepRole] = useState(false);
  return (
    <Modal opened onClose={onClose} title="Join them?">
      <Stack>
        <Text>
          The Sub Account that the directory sent goes on. It gets the items, the history and the
          password of {former.name}, made by hand. You can split them again.
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
          <Button loading={isBusy} onClick={() => onJoin({ keepRole })}>
            Join
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
