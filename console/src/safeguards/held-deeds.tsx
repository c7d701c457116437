import { Button } from "@mantine/core";
import { ask } from "../elements/ask.tsx";
import type { HeldChange } from "../api/contract.ts";
import classes from "./held.module.css";
import { kinds } from "./kinds.ts";
import type { useSafeguard } from "./use-safeguard.ts";

type Props = {
  deeds: Pick<ReturnType<typeof useSafeguard>, "apply" | "discard">;
  chosen: ReadonlySet<string>;
  kind: string | undefined;
  total: number;
  isDiscarded: boolean;
  isSearching: boolean;
  onDone: () => void;
};

const mostChosen = 200;

/** Lets go or discards those chosen; or, where nobody is chosen, everybody of the list. */
export const HeldDeeds = (props: Props) => {
  const { chosen, total, isDiscarded, isSearching, onDone } = props;
  const { apply, discard } = props.deeds;
  const kind = props.kind as HeldChange["kind"] | undefined;
  const isSome = chosen.size > 0;
  // A search narrows the list only: "all" means all, and those found are chosen one by one.
  if (total === 0 || (!isSome && (isSearching || isDiscarded))) return null;
  const count = isSome ? chosen.size : total;
  const people = `${count.toLocaleString()} ${count === 1 ? "person" : "people"}`;
  const whom = isSome
    ? people
    : kind === undefined
      ? `all ${people}`
      : `all ${people} (${kinds[kind].label})`;
  const body = isSome
    ? { personIds: [...chosen].slice(0, mostChosen) }
    : { ...(kind !== undefined && { kind }) };
  const askToApply = () =>
    ask({
      title: `Apply what the directory wants of ${whom}?`,
      consequence:
        "Whoever it disables is signed out at once, and a recovery opens for what they hold. The ledger names you as the cause.",
      deed: `Apply to ${people}`,
      onConfirm: () => apply.mutate(body, { onSuccess: onDone }),
    });
  const askToDiscard = () =>
    ask({
      title: `Leave ${whom} as they are?`,
      consequence:
        "They keep their status and role although the directory wants otherwise, until it wants something else of them.",
      deed: `Discard for ${people}`,
      isDangerous: true,
      onConfirm: () => discard.mutate(body, { onSuccess: onDone }),
    });
  return (
    <div className={classes["deeds"]}>
      {!isDiscarded && (
        <Button variant="default" loading={discard.isPending} onClick={askToDiscard}>
          {isSome ? `Discard ${chosen.size}` : "Discard all"}
        </Button>
      )}
      <Button loading={apply.isPending} onClick={askToApply}>
        {isSome ? `Apply ${chosen.size}` : "Apply all"}
      </Button>
    </div>
  );
};
