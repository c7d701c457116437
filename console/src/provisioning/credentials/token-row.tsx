import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import type { Connection, Token } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { ask } from "../../elements/ask.tsx";
import { Moment } from "../../elements/moment.tsx";
import { Tone, type ToneName } from "../../elements/tone.tsx";
import classes from "./token-list.module.css";

const states: Record<Token["state"], { tone: ToneName; label: string }> = {
  live: { tone: "ok", label: "Live" },
  expired: { tone: "warn", label: "Expired" },
  revoked: { tone: "calm", label: "Revoked" },
};

export const TokenRow = ({ connection, token }: { connection: Connection; token: Token }) => {
  const may = useMay();
  const { tone, label } = states[token.state];
  return (
    <li className={classes["token"]}>
      <div className={classes["what"]}>
        <div className={classes["label"]}>
          {token.label} <code>{token.prefix}</code>
        </div>
        <div className={classes["detail"]}>
          {token.lastUsedAt ? (
            <>
              Last used <Moment at={token.lastUsedAt} />
            </>
          ) : (
            "Never used"
          )}
          {token.state === "live" && <Expiry at={token.expiresAt} />}
        </div>
      </div>
      <Tone tone={tone}>{label}</Tone>
      {token.state === "live" && may("provisioning:credentials") && (
        <Revoke connection={connection} token={token} />
      )}
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

const Revoke = ({ connection, token }: { connection: Connection; token: Token }) => {
  const revoke = useMutation({
    mutationFn: () => call("DELETE", `/connections/${connection.id}/tokens/${token.id}`),
    meta: { done: `${token.label} is revoked.` },
  });
  const isLast = connection.liveTokens <= 1;
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={revoke.isPending}
      aria-label={`Revoke ${token.label}`}
      onClick={() =>
        ask({
          title: `Revoke ${token.label}?`,
          consequence: isLast
            ? "It is the only live token: from this moment Entra is refused and nobody is created, changed or disabled until you make another one and paste it into Entra."
            : "Whoever still uses it is refused from this moment. Make sure that Entra has the other token first.",
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
