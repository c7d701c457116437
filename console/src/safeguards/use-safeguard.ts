import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import type { HeldChoice, HeldReleased, Safeguard, SafeguardChange } from "../api/contract.ts";
import { showError, showSuccess } from "../elements/toast.tsx";

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
    onError: showError,
    onSettled,
  });
  const apply = useMutation({
    mutationFn: (body: HeldChoice) =>
      call<HeldReleased>("POST", `${path}/held-changes/apply`, { body }),
    onSuccess: ({ application }, { personIds = [] }) => {
      if (application === null)
        showSuccess(`${personIds.length === 1 ? "1 person" : `${personIds.length} people`} let go`);
    },
    onError: showError,
    onSettled,
  });
  const discard = useMutation({
    mutationFn: (body: HeldChoice) =>
      call<{ people: number }>("POST", `${path}/held-changes/discard`, { body }),
    onSuccess: ({ people }) =>
      showSuccess(`${people === 1 ? "1 person stays" : `${people} people stay`} as they are`),
    onError: showError,
    onSettled,
  });
  return { change, apply, discard };
};
