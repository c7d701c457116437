import { Button, Group } from "@mantine/core";
import type { Rehire } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { useDecision } from "./use-decision.ts";

/** The buttons that answer whether somebody has come back. */
export const Decision = ({ rehire }: { rehire: Rehire }) => {
  const may = useMay();
  const { isBusy, confirm, keepApart, split } = useDecision(rehire);
  if (!may("accounts:lock")) return null;
  if (rehire.state === "same")
    return (
      <Button variant="default" size="compact-md" loading={isBusy} onClick={split}>
        Split again
      </Button>
    );
  return (
    <Group gap="xs">
      <Button size="compact-md" loading={isBusy} onClick={confirm}>
        Same person
      </Button>
      {rehire.state === "suggested" && (
        <Button variant="default" size="compact-md" loading={isBusy} onClick={keepApart}>
          Keep apart
        </Button>
      )}
    </Group>
  );
};
