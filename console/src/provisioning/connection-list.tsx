import type { Connection } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { Tone } from "../elements/tone.tsx";
import { RowLink } from "../table/row-link.tsx";
import classes from "./connection-list.module.css";

type Props = { connections: readonly Connection[]; tab: string | undefined };

/** Whoever was led to a tab finds it open behind each of them. */
export const ConnectionList = ({ connections, tab }: Props) => (
  <ul className={classes["list"]}>
    {connections.map(({ id, name, tenant, users, groups, lastRequestAt }) => (
      <li key={id}>
        <div>
          <RowLink
            to="/settings/integrations/scim/$connectionId"
            params={{ connectionId: id }}
            search={{ tab }}
          >
            {name}
          </RowLink>
          <div className={classes["detail"]}>
            {tenant.name} · {users.toLocaleString()} people · {groups.toLocaleString()} groups
          </div>
        </div>
        {lastRequestAt ? (
          <Tone tone="ok">
            Last call <Moment at={lastRequestAt} />
          </Tone>
        ) : (
          <Tone tone="warn">Waiting for the first call</Tone>
        )}
      </li>
    ))}
  </ul>
);
