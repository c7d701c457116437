import { Text } from "@mantine/core";
import { useId } from "react";
import { CopyButton } from "./copy-button.tsx";
import classes from "./copy-field.module.css";

type Props = { label: string; value: string; hint?: string };

/** A value to be pasted elsewhere. */
export const CopyField = ({ label, value, hint }: Props) => {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <Text id={id} fw={550} size="sm" mb={4}>
        {label}
      </Text>
      <div className={classes["row"]}>
        <code className={classes["value"]}>{value}</code>
        <CopyButton value={value} what={label} h="auto" mih={36} />
      </div>
      {hint && (
        <Text size="xs" c="dimmed" mt={4}>
          {hint}
        </Text>
      )}
    </div>
  );
};
