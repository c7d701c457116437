import { Button, CopyButton as Copying, type ButtonProps } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

type Props = Omit<ButtonProps, "children" | "leftSection"> & { value: string; what: string };

/** Copies `value`; `what` names it for those who cannot see what it stands beside. */
export const CopyButton = ({ value, what, ...rest }: Props) => (
  <Copying value={value} timeout={2500}>
    {({ copied, copy }) => (
      <Button
        variant="default"
        {...rest}
        onClick={copy}
        aria-label={copied ? `${what} copied` : `Copy ${what}`}
        leftSection={
          copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />
        }
      >
        <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
      </Button>
    )}
  </Copying>
);
