import {
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Skeleton,
  Stack,
  Switch,
  Text,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import type { Safeguard } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { ask } from "../elements/ask.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { Section } from "../elements/section.tsx";
import { safeguardQuery } from "./queries.ts";
import { useSafeguard } from "./use-safeguard.ts";

/** Whether what the directory says takes effect, and what is held when it would be too much at once. */
export const Safeguards = ({ connectionId }: { connectionId: string }) => {
  const safeguard = useQuery(safeguardQuery(connectionId));
  return (
    <Section
      title="Safeguards"
      lead="Rehearse before anything happens, and hold what would take access from too many people at once."
    >
      {safeguard.isPending ? (
        <Skeleton height={160} />
      ) : safeguard.error ? (
        <ProblemNote error={safeguard.error} onRetry={safeguard.refetch} />
      ) : (
        <Stack>
          <ModeChoice connectionId={connectionId} safeguard={safeguard.data} />
          <GuardChoice
            key={JSON.stringify(safeguard.data.guard)}
            connectionId={connectionId}
            safeguard={safeguard.data}
          />
          {safeguard.data.discarded > 0 && (
            <Text size="sm">
              <Link
                to="/settings/integrations/scim/$connectionId/held"
                params={{ connectionId }}
                search={{ state: "discarded" }}
              >
                {safeguard.data.discarded.toLocaleString()} left as they are
              </Link>{" "}
              although the directory wants otherwise.
            </Text>
          )}
        </Stack>
      )}
    </Section>
  );
};

type Props = { connectionId: string; safeguard: Safeguard };

const modes = [
  { value: "live", label: "Live" },
  { value: "dry-run", label: "Dry run" },
];

const ModeChoice = ({ connectionId, safeguard: { mode, held } }: Props) => {
  const isReadOnly = !useMay()("provisioning:edit");
  const { change } = useSafeguard(connectionId);
  const choose = (wanted: string) => {
    if (wanted === mode) return;
    if (wanted === "dry-run") return change.mutate({ mode: "dry-run" });
    ask({
      title: "End the dry run?",
      consequence:
        held === 0
          ? "From now on, what the directory says takes effect."
          : `What was held of ${held.toLocaleString()} ${held === 1 ? "person" : "people"} takes effect now, and so does what the directory says from now on. Discard first what should not happen.`,
      deed: "Go live",
      onConfirm: () => change.mutate({ mode: "live" }),
    });
  };
  return (
    <div>
      <SegmentedControl
        aria-label="Mode"
        data={modes}
        value={mode}
        disabled={isReadOnly || change.isPending}
        onChange={choose}
      />
      <Text size="sm" c="dimmed" mt={6}>
        {mode === "live"
          ? "What the directory says takes effect at once."
          : "The directory gets its answers and fills Muster's mirror; Sub Accounts stay untouched."}
      </Text>
    </div>
  );
};

const fallback = { people: 20, percent: 5, minutes: 60 };

const GuardChoice = ({ connectionId, safeguard: { guard } }: Props) => {
  const isReadOnly = !useMay()("provisioning:edit");
  const { change } = useSafeguard(connectionId);
  const [draft, setDraft] = useState(guard ?? fallback);
  const isChanged = guard !== null && JSON.stringify(draft) !== JSON.stringify(guard);
  useBlocker({
    // From tab to tab only the address changes, and the numbers would be gone.
    shouldBlockFn: () =>
      isChanged && !window.confirm("Leave without saving the numbers of the guard?"),
    enableBeforeUnload: () => isChanged,
  });
  const field = (name: keyof typeof fallback, max: number) => ({
    value: draft[name],
    min: name === "percent" ? 0 : 1,
    max,
    allowDecimal: false,
    clampBehavior: "strict" as const,
    disabled: isReadOnly || guard === null,
    w: "7rem",
    onChange: (value: number | string) =>
      typeof value === "number" && setDraft((before) => ({ ...before, [name]: value })),
  });
  return (
    <Stack gap="xs">
      <Switch
        label="Guard against accidents"
        description="When more people than this would be Disabled, deleted or lose part of their access, Muster holds them and asks. The larger of the two numbers counts; the directory gets its usual answers."
        checked={guard !== null}
        disabled={isReadOnly || change.isPending}
        onChange={({ currentTarget }) =>
          change.mutate({ guard: currentTarget.checked ? draft : null })
        }
      />
      <Group align="flex-end" gap="sm">
        <NumberInput label="People" {...field("people", 1_000_000)} />
        <NumberInput label="% of everybody" {...field("percent", 100)} />
        <NumberInput label="Within minutes" {...field("minutes", 10_080)} />
        {isChanged && (
          <Button loading={change.isPending} onClick={() => change.mutate({ guard: draft })}>
            Save
          </Button>
        )}
      </Group>
    </Stack>
  );
};
