import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client.ts";
import type { TenantTotals as Totals } from "../api/contract.ts";
import classes from "./tenants.module.css";

const shown: [keyof Totals, string][] = [
  ["people", "Active people"],
  ["disabled", "Disabled"],
  ["assets", "Assets"],
  ["disabledHolders", "Disabled holders"],
  ["failingConnections", "Connections failing"],
];

/** Of all tenants together. */
export const TenantTotals = () => {
  const { data } = useQuery({
    queryKey: ["/tenants", "totals"],
    queryFn: ({ signal }) => get<{ totals: Totals }>("/tenants", { query: { limit: 1 }, signal }),
  });
  return (
    <dl className={classes["totals"]} aria-label="All tenants together">
      {shown.map(([key, label]) => (
        <div key={key} className={classes["total"]}>
          <dt>{label}</dt>
          <dd>{data ? data.totals[key].toLocaleString() : "–"}</dd>
        </div>
      ))}
    </dl>
  );
};
