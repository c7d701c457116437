import { IconUsers } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { roleChoices, useRoles } from "../access/roles.ts";
import type { AccountRow } from "../api/contract.ts";
import { useMay, useSession } from "../app-shell/session.ts";
import { DuplicatesLink } from "../duplicates/duplicates-link.tsx";
import { ButtonLink } from "../elements/button-link.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { useGroupChoices } from "../provisioning/group-choices.ts";
import { FilterSelect } from "../table/filter-select.tsx";
import { RecordList } from "../table/record-list.tsx";
import { SearchBox } from "../table/search-box.tsx";
import { usePages } from "../table/use-pages.ts";
import { AccountCard } from "./account-card.tsx";
import { accountColumns } from "./account-columns.tsx";
import { AddPerson } from "./add-person.tsx";
import { AttributeFilter } from "./attribute-filter.tsx";
import { lockChoices, originChoices } from "./role-origin.tsx";

const route = getRouteApi("/signed-in/accounts");

const statusChoices = [
  { value: "active", label: "Active" },
  { value: "disabled", label: "Disabled" },
];

const showCard = (account: AccountRow) => <AccountCard account={account} />;

export const AccountsPage = () => {
  const { sort, ...filters } = route.useSearch();
  const { search, status, role, origin, lock, group, attribute, value } = filters;
  const navigate = route.useNavigate();
  const may = useMay();
  const roles = useRoles();
  const groups = useGroupChoices();
  const pages = usePages<AccountRow>("/accounts", {
    search,
    status,
    origin,
    lock,
    sort,
    roleId: role,
    groupId: group,
    // One without the other narrows nothing.
    attributeId: value === undefined ? undefined : attribute,
    attributeValue: attribute === undefined ? undefined : value,
  });
  const { tenant } = useSession();
  const showsTenant = pages.rows.some((row) => row.tenant.id !== tenant.id);
  const columns = useMemo(() => accountColumns(showsTenant), [showsTenant]);
  const go = (change: Partial<typeof filters> & { sort?: string | undefined }, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace });
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const clear = () => void navigate({ search: sort === undefined ? {} : { sort } });
  return (
    <>
      <PageHead
        title="Sub Accounts"
        lead="Everybody Muster knows: provisioned by the directory, or added by hand."
        actions={
          <>
            <DuplicatesLink />
            {may("accounts:create") && <AddPerson />}
          </>
        }
      />
      <RecordList
        label="Sub Accounts"
        columns={columns}
        pages={pages}
        sort={sort ?? "name"}
        onSort={(wanted) => go({ sort: wanted === "name" ? undefined : wanted })}
        card={showCard}
        nouns={["person", "people"]}
        isFiltered={isFiltered}
        onClear={clear}
        filters={
          <>
            <SearchBox
              label="Search name or e-mail"
              value={search}
              onChange={(wanted) => go({ search: wanted }, true)}
            />
            <FilterSelect
              label="Status"
              value={status}
              choices={statusChoices}
              onChange={(wanted) => go({ status: wanted })}
            />
            <FilterSelect
              label="Access role"
              value={role}
              choices={roleChoices(roles)}
              onChange={(wanted) => go({ role: wanted })}
            />
            <FilterSelect
              label="Origin"
              value={origin}
              choices={originChoices}
              onChange={(wanted) => go({ origin: wanted })}
            />
            <FilterSelect
              label="Role lock"
              value={lock}
              choices={lockChoices}
              onChange={(wanted) => go({ lock: wanted })}
            />
            {groups.length > 0 && (
              <FilterSelect
                label="Group"
                value={group}
                choices={groups}
                onChange={(wanted) => go({ group: wanted })}
              />
            )}
            <AttributeFilter attribute={attribute} value={value} onChange={go} />
          </>
        }
        icon={IconUsers}
        nothing={{
          title: "Nobody is here yet",
          text: "Connect your directory and people arrive by themselves, or add somebody by hand.",
          action: may("provisioning:view") && (
            <ButtonLink to="/settings/integrations/scim">Connect Entra</ButtonLink>
          ),
        }}
        noMatch={{
          title: "Nobody is like that",
          text: "Take a filter away or search for another part of the name or address.",
        }}
      />
    </>
  );
};
