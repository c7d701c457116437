import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { describeError } from "../api/api-error.ts";

const close = { closeButtonProps: { "aria-label": "Dismiss" } };

export const showSuccess = (message: ReactNode): void => {
  notifications.show({ message, color: "spruce", withBorder: true, ...close });
};

/** Stays until dismissed: what went wrong should be read. */
export const showError = (error: unknown): void => {
  const { title, detail } = describeError(error);
  notifications.show({
    title,
    message: detail,
    color: "red",
    withBorder: true,
    autoClose: false,
    role: "alert",
    ...close,
  });
};

/** What was done, and for ten seconds the way back. */
export const showUndo = (message: string, undo: () => void): void => {
  const id = notifications.show({
    color: "spruce",
    withBorder: true,
    autoClose: 10_000,
    ...close,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span>{message}</span>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
};
