import { useMutation } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import { ask } from "../elements/ask.tsx";
import { showUndo } from "../elements/toast.tsx";
import type { Pair } from "./pair.ts";

/** What an administrator can say of two who may be one person. */
export const useDecision = ({ id, kind, former, current }: Pair) => {
  const decide = (deed: string, body?: object) =>
    call("POST", `/${kind}s/${id}/${deed}`, body && { body });
  const split = useMutation({
    mutationFn: () => decide("split"),
    meta: { done: `${former.name} and ${current.name} are two people again.` },
  });
  const confirm = useMutation({
    mutationFn: (choice?: { keepRole: boolean }) => decide("confirm", choice),
    onSuccess: () =>
      showUndo(`${current.name} has the history and the items of ${former.name}.`, () =>
        split.mutate(),
      ),
  });
  const keepApart = useMutation({
    mutationFn: () => decide("keep-apart"),
    meta: {
      done: `${former.name} and ${current.name} stay two people. You are not asked again.`,
    },
  });
  return {
    isBusy: [split, confirm, keepApart].some(({ isPending }) => isPending),
    confirm,
    keepApart: () => keepApart.mutate(),
    split: () =>
      ask({
        title: "Split them again?",
        consequence:
          kind === "collision"
            ? `${former.name}, made by hand, gets back the items, the password and the role that came from them. What ${current.name} got since stays; both have to sign in again.`
            : `${former.name} who left gets back the items, the history and the role lock that came from them. What ${current.name} got since stays.`,
        deed: "Split",
        isDangerous: true,
        onConfirm: () => split.mutate(),
      }),
  };
};
