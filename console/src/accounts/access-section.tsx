import { Button, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Account } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { Section } from "../elements/section.tsx";
import { Tone } from "../elements/tone.tsx";
import { sayExactly } from "../elements/time.ts";
import classes from "./access-section.module.css";
import { LockDialog } from "./lock-dialog.tsx";
import { useUnlock } from "./use-lock.ts";

/** The access role with its reason, and whether it is kept whatever the directory says. */
export const AccessSection = ({ account }: { account: Account }) => {
  const mayLock = useMay()("accounts:lock");
  const [isOpen, dialog] = useDisclosure(false);
  const unlock = useUnlock(account);
  const { lock, local } = account;
  return (
    <Section
      title="Access role"
      actions={
        mayLock && (
          <Button variant="default" size="compact-sm" onClick={dialog.open}>
            Change role
          </Button>
        )
      }
    >
      <p className={classes["role"]}>{account.role.name}</p>
      <p className={classes["reason"]}>{account.reason}</p>
      {!local && (
        <div className={classes["lock"]}>
          <div>
            <Switch
              label="Role lock"
              description="Keeps the role whatever is provisioned or mapped."
              checked={lock !== null}
              disabled={!mayLock}
              onChange={({ currentTarget }) => (currentTarget.checked ? dialog.open() : unlock())}
            />
            <Drift account={account} />
          </div>
        </div>
      )}
      <LockDialog account={account} isOpen={isOpen} onClose={dialog.close} />
    </Section>
  );
};

const Drift = ({ account: { lock, directoryRole } }: { account: Account }) =>
  lock && (
    <div className={classes["drift"]}>
      Locked{lock.by && ` by ${lock.by}`}, {sayExactly(lock.at)}
      {lock.reason && `: ${lock.reason}`}
      {lock.expiresAt && (
        <>
          <br />
          {lock.endsSoon ? (
            <Tone tone="warn">Ends soon, {sayExactly(lock.expiresAt)}</Tone>
          ) : (
            `Ends ${sayExactly(lock.expiresAt)}`
          )}
        </>
      )}
      {directoryRole && (
        <>
          <br />
          The directory would give <b>{directoryRole.role.name}</b>.
        </>
      )}
    </div>
  );
