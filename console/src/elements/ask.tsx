import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactNode } from "react";

type Question = {
  title: string;
  /** What will happen, and what it breaks. */
  consequence: ReactNode;
  /** The deed, as the button says it. */
  deed: string;
  isDangerous?: boolean;
  onConfirm: () => void;
};

/** Asks before something that is hard to take back. */
export const ask = ({ title, consequence, deed, isDangerous = false, onConfirm }: Question) => {
  modals.openConfirmModal({
    title,
    children: <Text component="div">{consequence}</Text>,
    labels: { confirm: deed, cancel: "Cancel" },
    ...(isDangerous && { confirmProps: { color: "red" } }),
    onConfirm,
  });
};
