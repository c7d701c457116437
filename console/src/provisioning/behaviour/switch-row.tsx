import { Switch } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import type { ConnectionSwitch } from "../../api/contract.ts";
import { useMay } from "../../app-shell/session.ts";
import { Tone } from "../../elements/tone.tsx";
import classes from "./behaviour.module.css";

export const SwitchRow = (props: { connectionId: string; item: ConnectionSwitch }) => {
  const { connectionId, item } = props;
  const may = useMay();
  const turn = useMutation({
    mutationFn: (on: boolean) =>
      call("PUT", `/connections/${connectionId}/behaviour/${item.key}`, { body: { on } }),
    meta: { done: `"${item.title}" is ${item.on ? "off" : "on"} from the next request on.` },
  });
  return (
    <li className={classes["switch"]}>
      <div className={classes["what"]}>
        <div className={classes["title"]} id={`switch-${item.key}`}>
          {item.title}
        </div>
        <p id={`does-${item.key}`}>{item.does}</p>
        <p className={classes["dimmed"]}>
          Needed by: {item.neededBy}. Source: {item.source}.
        </p>
      </div>
      {item.on !== item.default && <Tone tone="warn">Not the default</Tone>}
      <Switch
        aria-labelledby={`switch-${item.key}`}
        aria-describedby={`does-${item.key}`}
        checked={turn.isPending ? turn.variables : item.on}
        disabled={!may("provisioning:edit") || turn.isPending}
        onChange={({ currentTarget }) => turn.mutate(currentTarget.checked)}
      />
    </li>
  );
};
