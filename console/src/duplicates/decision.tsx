import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMay } from "../app-shell/session.ts";
import { JoinDialog } from "./join-dialog.tsx";
import type { Pair } from "./pair.ts";
import { useDecision } from "./use-decision.ts";

/** The buttons that answer whether two are one person. */
export const Decision = ({ pair }: { pair: Pair }) => {
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  const { isBusy, confirm, keepApart, split } = useDecision(pair);
  if (!may("accounts:lock")) return null;
  const about = `: ${pair.former.name}, ${pair.current.name}`;
  if (pair.state === "same")
    return (
      <Button
        variant="default"
        size="compact-md"
        aria-label={`Split again${about}`}
        loading={isBusy}
        onClick={split}
      >
        Split again
      </Button>
    );
  return (
    <Group gap="xs">
      <Button
        size="compact-md"
        aria-label={`Same person${about}`}
        loading={isBusy}
        onClick={pair.kind === "collision" ? dialog.open : () => confirm.mutate(undefined)}
      >
        Same person
      </Button>
      {pair.state === "suggested" && (
        <Button
          variant="default"
          size="compact-md"
          aria-label={`Keep apart${about}`}
          loading={isBusy}
          onClick={keepApart}
        >
          Keep apart
        </Button>
      )}
      {isOpen && (
        <JoinDialog
          pair={pair}
          isBusy={confirm.isPending}
          onJoin={(choice) => confirm.mutate(choice, { onSettled: dialog.close })}
          onClose={dialog.close}
        />
      )}
    </Group>
  );
};
