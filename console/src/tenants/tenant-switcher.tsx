import { Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { chooseTenant, chosenTenant } from "../api/chosen-tenant.ts";
import { call } from "../api/client.ts";
import { useSession } from "../app-shell/session.ts";
import classes from "./tenant-switcher.module.css";
import { useTenants } from "./tenants-query.ts";

const all = "all";

/** Which tenant is looked at: any, for somebody at the super tenant; else those one has an account in. */
export const TenantSwitcher = () => {
  const { tenant, accounts } = useSession();
  if (tenant.isSuper) return <ChooseTenant />;
  return accounts.length > 1 ? <SwitchAccount /> : null;
};

const ChooseTenant = () => {
  const { account } = useSession();
  const tenants = useTenants();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [value, setValue] = useState(chosenTenant() ?? all);
  if (tenants.length < 2) return null;
  const choose = async (wanted: string) => {
    chooseTenant(account.id, wanted === all ? undefined : wanted);
    setValue(wanted);
    await navigate({ to: "/" });
    await queries.resetQueries({
      predicate: ({ queryKey: [subject] }) => subject !== "me" && subject !== "tenants",
    });
    await queries.invalidateQueries({ queryKey: ["/tenants"] });
  };
  return (
    <Select
      className={classes["switcher"] ?? ""}
      aria-label="Tenant"
      size="xs"
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      data={[
        { value: all, label: "All tenants" },
        ...tenants.map(({ id, name, isSuper }) => ({
          value: id,
          label: isSuper ? `${name} only` : name,
        })),
      ]}
      value={value}
      onChange={(wanted) => wanted !== null && void choose(wanted)}
    />
  );
};

const SwitchAccount = () => {
  const { account, accounts } = useSession();
  const go = useMutation({
    mutationFn: (accountId: string) => call("PUT", "/me/account", { body: { accountId } }),
    // Another account is another person to every page: they start afresh.
    onSuccess: () => window.location.assign("/"),
  });
  return (
    <Select
      className={classes["switcher"] ?? ""}
      aria-label="Tenant"
      size="xs"
      allowDeselect={false}
      disabled={go.isPending}
      data={accounts.map(({ id, tenant, role }) => ({
        value: id,
        label: `${tenant.name} · ${role.name}`,
      }))}
      value={account.id}
      onChange={(wanted) => wanted !== null && wanted !== account.id && go.mutate(wanted)}
    />
  );
};
