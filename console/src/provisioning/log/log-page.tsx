import { Group, Switch } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import type { ProvisioningLogEntry } from "../../api/contract.ts";
import { Moment } from "../../elements/moment.tsx";
import { PageHead } from "../../elements/page-head.tsx";
import { FilterSelect } from "../../table/filter-select.tsx";
import { RecordList } from "../../table/record-list.tsx";
import { RowLink } from "../../table/row-link.tsx";
import { SearchBox } from "../../table/search-box.tsx";
import { usePages } from "../../table/use-pages.ts";
import { useGroupChoices } from "../group-choices.ts";
import { ExportLog } from "./export-log.tsx";
import classes from "./log.module.css";
import { logColumns } from "./log-columns.tsx";
import { LogRetention } from "./log-retention.tsx";
import { Outcome, outcomes } from "./outcome.tsx";
import { PersonFilter } from "./person-filter.tsx";

const route = getRouteApi("/signed-in/provisioning-log");

const outcomeChoices = Object.entries(outcomes).map(([value, { label }]) => ({ value, label }));

export const ProvisioningLogPage = () => {
  const { live, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const groups = useGroupChoices();
  const isLive = live !== "off";
  const { search, outcome, person, group, connection } = filters;
  const asked = { search, outcome, personId: person, groupId: group, connectionId: connection };
  const pages = usePages<ProvisioningLogEntry>(
    "/provisioning-log",
    asked,
    isLive ? { liveEvery: 4000 } : {},
  );
  const filter = (change: Partial<typeof filters>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const clear = () => void navigate({ search: live ? { live } : {} });
  return (
    <>
      <PageHead
        title="Provisioning log"
        lead="Every request from the identity provider, the answer, and what it changed."
        actions={
          <Group gap="sm">
            <LogRetention />
            <ExportLog filters={asked} />
            <Switch
              label="Live"
              checked={isLive}
              onChange={({ currentTarget }) =>
                void navigate({
                  search: (before) => ({
                    ...before,
                    live: currentTarget.checked ? undefined : "off",
                  }),
                  replace: true,
                })
              }
            />
          </Group>
        }
      />
      <RecordList
        label="Requests, newest first"
        columns={logColumns}
        pages={pages}
        card={showCard}
        nouns={["request", "requests"]}
        isFiltered={isFiltered}
        onClear={clear}
        filters={
          <>
            <SearchBox
              label="Search the log"
              value={search}
              onChange={(wanted) => filter({ search: wanted })}
            />
            <FilterSelect
              label="Outcome"
              value={outcome}
              choices={outcomeChoices}
              onChange={(wanted) => filter({ outcome: wanted })}
            />
            <PersonFilter value={person} onChange={(wanted) => filter({ person: wanted })} />
            <FilterSelect
              label="Group"
              value={group}
              choices={groups}
              onChange={(wanted) => filter({ group: wanted })}
            />
          </>
        }
        icon={IconListSearch}
        nothing={{
          title: "No request has come yet",
          text: "As soon as the identity provider calls, every request appears here.",
        }}
        noMatch={{
          title: "No request is like that",
          text: "Take a filter away or search for something else.",
        }}
      />
    </>
  );
};

const LogCard = ({ entry }: { entry: ProvisioningLogEntry }) => (
  <>
    <RowLink to="/provisioning-log/$id" params={{ id: entry.id }}>
      {entry.summary}
    </RowLink>
    <div className={classes["call"]}>
      {entry.method} {entry.path}
    </div>
    <div className={classes["foot"]}>
      <Outcome outcome={entry.outcome} />
      <Moment at={entry.at} />
    </div>
  </>
);

const showCard = (entry: ProvisioningLogEntry) => <LogCard entry={entry} />;
