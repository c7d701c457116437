import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FederatedCredential } from "../../api/contract.ts";
import { call } from "../../api/client.ts";
import { useMay } from "../../app-shell/session.ts";
import { ask } from "../../elements/ask.tsx";
import { Facts } from "../../elements/facts.tsx";
import { Moment } from "../../elements/moment.tsx";
import { Tone } from "../../elements/tone.tsx";
import classes from "./credential-list.module.css";

type Props = {
  connectionId: string;
  credential: FederatedCredential;
  /** No other works. */
  isLast: boolean;
};

/** Who is let in, and by whose keys. */
export const FederatedRow = (props: Props) => {
  const may = useMay();
  const { label, lastUsedAt, state, issuer, subject, audience, keysUrl, keyIds } = props.credential;
  return (
    <li className={classes["row"]}>
      <div className={classes["what"]}>
        <div className={classes["label"]}>{label}</div>
        <div className={classes["detail"]}>
          {lastUsedAt ? (
            <>
              Last used <Moment at={lastUsedAt} />
            </>
          ) : (
            "Never used"
          )}
        </div>
      </div>
      {state === "live" ? <Tone tone="ok">Live</Tone> : <Tone tone="calm">Revoked</Tone>}
      {state === "live" && may("provisioning:credentials") && <Revoke {...props} />}
      <div className={classes["facts"]}>
        <Facts
          facts={{
            Issuer: issuer,
            Subject: subject,
            Audience: audience,
            Keys: keysUrl ?? `Given here: ${keyIds.join(", ")}`,
          }}
        />
      </div>
    </li>
  );
};

const Revoke = ({ connectionId, credential: { id, label }, isLast }: Props) => {
  const revoke = useMutation({
    mutationFn: () => call("DELETE", `/connections/${connectionId}/federated-credentials/${id}`),
    meta: { done: `${label} is revoked.` },
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={revoke.isPending}
      aria-label={`Revoke ${label}`}
      onClick={() =>
        ask({
          title: `Revoke ${label}?`,
          consequence: isLast
            ? "It is the only one, and the access tokens that were given for it end too: from this moment Entra is refused, unless it uses a token or a client secret."
            : "The access tokens that were given for it end too. Make sure that Entra is let in by the other one first.",
          deed: "Revoke",
          isDangerous: true,
          onConfirm: () => revoke.mutate(),
        })
      }
    >
      Revoke
    </Button>
  );
};
