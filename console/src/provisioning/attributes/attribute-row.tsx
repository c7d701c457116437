import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import type { ConnectionAttribute } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { ask } from "../../elements/ask.tsx";
import classes from "./attributes.module.css";
import { EditAttribute } from "./define-attribute.tsx";

type Props = { connectionId: string; item: ConnectionAttribute };

export const AttributeRow = ({ connectionId, item }: Props) => {
  const may = useMay();
  const said = [
    item.multiValued ? `list of ${item.type}` : item.type,
    item.caseExact && "case counts",
    item.shownAs !== null && `shown as “${item.shownAs}”`,
  ].filter((part) => part !== false);
  return (
    <li className={classes["row"]}>
      <div className={classes["what"]}>
        <div className={classes["name"]}>{item.name}</div>
        <div className={classes["detail"]}>{item.urn}</div>
        <div className={classes["detail"]}>{said.join(" · ")}</div>
        {item.description !== "" && <div className={classes["detail"]}>{item.description}</div>}
      </div>
      {may("provisioning:edit") && (
        <div className={classes["deeds"]}>
          <EditAttribute connectionId={connectionId} item={item} />
          <Remove connectionId={connectionId} item={item} />
        </div>
      )}
    </li>
  );
};

const Remove = ({ connectionId, item }: Props) => {
  const remove = useMutation({
    mutationFn: () => call("DELETE", `/connections/${connectionId}/attributes/${item.id}`),
    meta: { done: `${item.name} is no longer defined.` },
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={remove.isPending}
      aria-label={`Remove ${item.name}`}
      onClick={() =>
        ask({
          title: `Remove the definition of ${item.name}?`,
          consequence:
            "People keep the values they have, and Entra may go on sending them: they are kept and returned as sent. They are no longer checked by type, in /Schemas, or shown on Sub Accounts.",
          deed: "Remove",
          isDangerous: true,
          onConfirm: () => remove.mutate(),
        })
      }
    >
      Remove
    </Button>
  );
};
