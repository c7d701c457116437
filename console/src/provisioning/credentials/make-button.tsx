import { Button, Tooltip } from "@mantine/core";

type Props = {
  label: string;
  /** Why there is no more to make, and what to do first. */
  full: string;
  /** How many work already. */
  live: number;
  onOpen: () => void;
};

const most = 2;

/** A second one lets one change over without a gap; more live ones are not allowed. */
export const MakeButton = ({ label, full, live, onOpen }: Props) => {
  const isFull = live >= most;
  return (
    <Tooltip label={full} disabled={!isFull} events={{ hover: true, focus: true, touch: true }}>
      <Button
        variant="default"
        aria-disabled={isFull}
        {...(isFull ? { "data-disabled": true } : { onClick: onOpen })}
      >
        {label}
      </Button>
    </Tooltip>
  );
};
