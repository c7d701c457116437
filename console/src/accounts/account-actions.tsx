import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import type { Account, AccountStatus } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { ask } from "../elements/ask.tsx";
import { SignInLink } from "./sign-in-link.tsx";
import { ButtonLink } from "../elements/button-link.tsx";

/** What can be done with a person as a whole. */
export const AccountActions = ({ account }: { account: Account }) => {
  const may = useMay();
  return (
    <>
      {may("provisioning:view") && !account.local && (
        <ButtonLink to="/provisioning-log" search={{ person: account.id }} variant="default">
          Provisioning log
        </ButtonLink>
      )}
      {may("accounts:sign-in") && account.status === "active" && account.email !== null && (
        <SignInLink account={account} />
      )}
      {may("accounts:edit") && account.local && <SwitchStatus account={account} />}
    </>
  );
};

const SwitchStatus = ({ account: { id, name, status } }: { account: Account }) => {
  const change = useMutation({
    mutationFn: (next: AccountStatus) =>
      call("PUT", `/accounts/${id}/status`, { body: { status: next } }),
    meta: { done: status === "active" ? `${name} is disabled.` : `${name} is active again.` },
  });
  if (status === "disabled")
    return (
      <Button loading={change.isPending} onClick={() => change.mutate("active")}>
        Enable
      </Button>
    );
  return (
    <Button
      variant="default"
      loading={change.isPending}
      onClick={() =>
        ask({
          title: `Disable ${name}?`,
          consequence:
            "They are signed out at once and cannot sign in. Items they hold stay theirs and a recovery is opened for them.",
          deed: "Disable",
          isDangerous: true,
          onConfirm: () => change.mutate("disabled"),
        })
      }
    >
      Disable
    </Button>
  );
};
