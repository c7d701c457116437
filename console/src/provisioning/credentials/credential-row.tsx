import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import { useMay } from "../../app-shell/session.ts";
import { ask } from "../../elements/ask.tsx";
import { Moment } from "../../elements/moment.tsx";
import { Tone, type ToneName } from "../../elements/tone.tsx";
import classes from "./credential-list.module.css";
import { kinds, type Credential, type CredentialKind } from "./kinds.ts";

const states: Record<Credential["state"], { tone: ToneName; label: string }> = {
  live: { tone: "ok", label: "Live" },
  expired: { tone: "warn", label: "Expired" },
  revoked: { tone: "calm", label: "Revoked" },
};

type Props = {
  connectionId: string;
  kind: CredentialKind;
  credential: Credential;
  /** No other of its kind works. */
  isLast: boolean;
};

export const CredentialRow = (props: Props) => {
  const { credential } = props;
  const may = useMay();
  const { tone, label } = states[credential.state];
  return (
    <li className={classes["row"]}>
      <div className={classes["what"]}>
        <div className={classes["label"]}>
          {credential.label} <code>{credential.prefix}</code>
        </div>
        <div className={classes["detail"]}>
          {credential.lastUsedAt ? (
            <>
              Last used <Moment at={credential.lastUsedAt} />
            </>
          ) : (
            "Never used"
          )}
          {credential.state === "live" && <Expiry at={credential.expiresAt} />}
        </div>
      </div>
      <Tone tone={tone}>{label}</Tone>
      {credential.state === "live" && may("provisioning:credentials") && <Revoke {...props} />}
    </li>
  );
};

const Expiry = ({ at }: { at: string | null }) =>
  at === null ? (
    " · never expires"
  ) : (
    <>
      {" · expires "}
      <Moment at={at} />
    </>
  );

const Revoke = ({ connectionId, kind, credential, isLast }: Props) => {
  const revoke = useMutation({
    mutationFn: () =>
      call("DELETE", `/connections/${connectionId}/${kinds[kind].path}/${credential.id}`),
    meta: { done: `${credential.label} is revoked.` },
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={revoke.isPending}
      aria-label={`Revoke ${credential.label}`}
      onClick={() =>
        ask({
          title: `Revoke ${credential.label}?`,
          consequence: isLast
            ? kinds[kind].last
            : "Whoever still uses it is refused from this moment. Make sure that Entra has the other one first.",
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
