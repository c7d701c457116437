import { useMutation } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import type { Rehire } from "../api/contract.ts";
import { ask } from "../elements/ask.tsx";
import { showUndo } from "../elements/toast.tsx";

type Deed = "confirm" | "keep-apart" | "split";

const decide = (id: string, deed: Deed) => call<Rehire>("POST", `/rehires/${id}/${deed}`);

/** What an administrator can say of somebody who may have come back. */
export const useDecision = ({ id, former, returned }: Rehire) => {
  const split = useMutation({
    mutationFn: () => decide(id, "split"),
    meta: { done: "They are two people again." },
  });
  const confirm = useMutation({
    mutationFn: () => decide(id, "confirm"),
    onSuccess: () =>
      showUndo(`${returned.name} has the history and the items of ${former.name}.`, () =>
        split.mutate(),
      ),
  });
  const keepApart = useMutation({
    mutationFn: () => decide(id, "keep-apart"),
    meta: { done: "They stay two people. You are not asked again." },
  });
  return {
    isBusy: [split, confirm, keepApart].some(({ isPending }) => isPending),
    confirm: () => confirm.mutate(),
    keepApart: () => keepApart.mutate(),
    split: () =>
      ask({
        title: "Split them again?",
        consequence: `${former.name} who left gets back the items, the history and the role lock that came from them. What ${returned.name} got since stays.`,
        deed: "Split",
        isDangerous: true,
        onConfirm: () => split.mutate(),
      }),
  };
};
