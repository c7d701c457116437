import { Button, Menu, ActionIcon, SegmentedControl } from "@mantine/core";
import { IconBuildings, IconDots, IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState, type ReactNode } from "react";
import { call } from "../api/client.ts";
import type { Tenant } from "../api/contract.ts";
import { useMay, useSession } from "../app-shell/session.ts";
import { SettingsTabs } from "../app-shell/settings-tabs.tsx";
import { ask } from "../elements/ask.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { RecordList } from "../table/record-list.tsx";
import { SearchBox } from "../table/search-box.tsx";
import { usePages } from "../table/use-pages.ts";
import { TenantCard, tenantColumns } from "./tenant-columns.tsx";
import { TenantDialog } from "./tenant-dialog.tsx";
import { TenantTotals } from "./tenant-totals.tsx";

const route = getRouteApi("/signed-in/settings/tenants");

const states = [
  { value: "active", label: "In use" },
  { value: "archived", label: "Archived" },
];

type Editing = { readonly tenant?: Tenant };

/** Every tenant with what it has; at the super tenant they are made, renamed, archived and restored here. */
export const TenantsPage = () => {
  const { search, state = "active" } = route.useSearch();
  const navigate = route.useNavigate();
  const { isSuper } = useSession().tenant;
  const mayEdit = useMay()("tenants:edit") && isSuper;
  const [editing, setEditing] = useState<Editing>();
  const pages = usePages<Tenant>("/tenants", { state, search });
  const actions = useTenantActions(setEditing);
  const showActions = useMemo(
    () => (mayEdit ? (tenant: Tenant) => <Actions tenant={tenant} {...actions} /> : undefined),
    [mayEdit, actions],
  );
  const columns = useMemo(() => tenantColumns(showActions), [showActions]);
  const card = useMemo(() => showCard(showActions), [showActions]);
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing({})}>
      Add a tenant
    </Button>
  );
  return (
    <>
      <PageHead
        title="Tenants"
        crumbs={["Settings"]}
        lead="Workspaces in this organisation, each with its own people, assets and administrators."
        actions={add}
      />
      <SettingsTabs />
      <TenantTotals />
      <RecordList
        label="Tenants"
        columns={columns}
        pages={pages}
        card={card}
        nouns={["tenant", "tenants"]}
        isFiltered={search !== undefined}
        onClear={() => void navigate({ search: (before) => ({ ...before, search: undefined }) })}
        filters={
          <>
            <SegmentedControl
              aria-label="Which tenants"
              data={states}
              value={state}
              onChange={(wanted) =>
                void navigate({
                  search: (before) => ({
                    ...before,
                    state: wanted === "active" ? undefined : wanted,
                  }),
                })
              }
            />
            <SearchBox
              label="Search name"
              value={search}
              onChange={(wanted) =>
                void navigate({
                  search: (before) => ({ ...before, search: wanted }),
                  replace: true,
                })
              }
            />
          </>
        }
        icon={IconBuildings}
        nothing={{
          title: "No tenant is here",
          text: "A tenant that is archived moves here, and can be restored.",
        }}
        noMatch={{
          title: "No tenant is named like that",
          text: `Look among those that are ${state === "archived" ? "in use" : "archived"} too.`,
        }}
      />
      {editing && (
        <TenantDialog
          {...(editing.tenant && { tenant: editing.tenant })}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
};

const showCard = (actions: ((tenant: Tenant) => ReactNode) | undefined) => (tenant: Tenant) => (
  <TenantCard tenant={tenant} actions={actions?.(tenant)} />
);

type Acts = {
  readonly onRename: (tenant: Tenant) => void;
  readonly onArchive: (tenant: Tenant) => void;
  readonly onRestore: (tenant: Tenant) => void;
};

const useTenantActions = (edit: (editing: Editing) => void): Acts => {
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ tenant, deed }: { tenant: Tenant; deed: "archive" | "restore" }) =>
      call("POST", `/tenants/${tenant.id}/${deed}`),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["/tenants"] }),
        queries.invalidateQueries({ queryKey: ["tenants"] }),
      ]),
  });
  return useMemo(
    () => ({
      onRename: (tenant) => edit({ tenant }),
      onArchive: (tenant) =>
        ask({
          title: `Archive ${tenant.name}?`,
          consequence: (
            <>
              <p>
                Its {tenant.people.toLocaleString()} active people become Disabled and are signed
                out at once. Its {tenant.assets.toLocaleString()} assets, and who holds them, stay
                as they are.
              </p>
              <p>
                Rules that lead here go on to take people, and give them a Disabled account; they
                are shown as blocked. Everything comes back when you restore the tenant.
              </p>
            </>
          ),
          deed: "Archive",
          isDangerous: true,
          onConfirm: () => mutate({ tenant, deed: "archive" }),
        }),
      onRestore: (tenant) => mutate({ tenant, deed: "restore" }),
    }),
    [edit, mutate],
  );
};

const Actions = ({ tenant, onRename, onArchive, onRestore }: Acts & { tenant: Tenant }) => (
  <Menu position="bottom-end" width={160}>
    <Menu.Target>
      <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${tenant.name}`}>
        <IconDots size={16} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item onClick={() => onRename(tenant)}>Rename</Menu.Item>
      {tenant.archivedAt !== null ? (
        <Menu.Item onClick={() => onRestore(tenant)}>Restore</Menu.Item>
      ) : (
        !tenant.isSuper && (
          <Menu.Item color="red" onClick={() => onArchive(tenant)}>
            Archive
          </Menu.Item>
        )
      )}
    </Menu.Dropdown>
  </Menu>
);
