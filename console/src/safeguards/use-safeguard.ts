import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import type { HeldChoice, HeldReleased, Safeguard, SafeguardChange } from "../api/contract.ts";
import { showSuccess } from "../elements/toast.tsx";

/** What an administrator does about the safeguards of a connection. */
export const useSafeguard = (connectionId: string) => {
  const queries = useQueryClient();
  const path = `/connections/${connectionId}`;
  const onSettled = () =>
    Promise.all(
      [["connections"], ["safeguards"], [`${path}/held-changes`], ["/accounts"], ["accounts"]].map(
        (queryKey) => queries.invalidateQueries({ queryKey }),
      ),
    );
  const change = useMutation({
    mutationFn: (body: SafeguardChange) => call<Safeguard>("PATCH", `${path}/safeguard`, { body }),
    onSettled,
  });
  const apply = useMutation({
    mutationFn: (body: HeldChoice) =>
      call<HeldReleased>("POST", `${path}/held-changes/apply`, { body }),
    meta: { shownInForm: true },
    onSuccess: ({ application, stillHeld }, { personIds = [] }) => {
      if (application !== null) return;
      const free = personIds.length - stillHeld;
      if (free > 0) showSuccess(`${free === 1 ? "1 person" : `${free} people`} let go`);
      if (stillHeld > 0)
        showSuccess(
          `${stillHeld === 1 ? "1 person stays" : `${stillHeld} people stay`} held: the last Administrator of a tenant. Make another one there, then apply again.`,
        );
    },
    onSettled,
  });
  const discard = useMutation({
    mutationFn: (body: HeldChoice) =>
      call<{ people: number }>("POST", `${path}/held-changes/discard`, { body }),
    meta: { shownInForm: true },
    onSuccess: ({ people }) =>
      showSuccess(`${people === 1 ? "1 person stays" : `${people} people stay`} as they are`),
    onSettled,
  });
  return { change, apply, discard };
};
