import { Button, Menu } from "@mantine/core";
import { IconBook2, IconDownload } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import type { UndoRequest } from "../api/contract.ts";
import { PageHead } from "../elements/page-head.tsx";
import { RecordList } from "../table/record-list.tsx";
import { readChoice } from "./actions.ts";
import { ledgerColumns, showEntryCard } from "./ledger-columns.tsx";
import { LedgerFilters, type LedgerSearch } from "./ledger-filters.tsx";
import { StartUndo } from "./start-undo.tsx";
import { useEntries } from "./use-entries.ts";

const route = getRouteApi("/signed-in/ledger");

export const LedgerPage = () => {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const asked = toQuery(filters);
  const pages = useEntries(asked);
  const filter = (change: LedgerSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const clear = () => void navigate({ search: {} });
  return (
    <>
      <PageHead
        title="Ledger"
        lead="Every change: what, to what, by whom, when and why. Nothing in it is ever altered or removed."
        actions={
          <>
            {isUndoable(filters) && <StartUndo scope={spanOf(filters)} label="Undo this span…" />}
            <Export asked={asked} />
          </>
        }
      />
      <RecordList
        label="Changes, newest first"
        columns={ledgerColumns}
        pages={pages}
        card={showEntryCard}
        isFiltered={isFiltered}
        onClear={clear}
        filters={<LedgerFilters filters={filters} onChange={filter} />}
        icon={IconBook2}
        nothing={{
          title: "Nothing has happened yet",
          text: "The first change of anything appears here.",
        }}
        noMatch={{
          title: "No entry is like that",
          text: "Take a filter away, or search for the beginning of a word.",
        }}
      />
    </>
  );
};

type Filters = LedgerSearch & {
  subject?: string | undefined;
  cause?: string | undefined;
  tenant?: string | undefined;
};

const toQuery = ({ what, person, kind, subject, cause, tenant, ...rest }: Filters) => ({
  ...rest,
  ...readChoice(what),
  actorId: person,
  causeKind: kind,
  subjectId: subject,
  causeId: cause,
  tenantId: tenant,
});

/** A span of time with nothing that hides part of it: what is undone is what is seen. */
const isUndoable = ({ from, to, search, what, kind, cause }: Filters): boolean =>
  from !== undefined && to !== undefined && !(search || what || kind || cause);

/** What an undo of the chosen span is narrowed by. */
const spanOf = ({ from, to, person, subject, tenant }: Filters): UndoRequest => ({
  ...(from && { from }),
  ...(to && { to }),
  ...(person && { actorId: person }),
  ...(subject && { subjectId: subject }),
  ...(tenant && { tenantId: tenant }),
});

/** What is shown, all of it, as a file. */
const Export = ({ asked }: { asked: Record<string, string | undefined> }) => {
  const address = (format: string) => {
    const parameters = new URLSearchParams({ format });
    for (const [name, value] of Object.entries(asked)) if (value) parameters.set(name, value);
    return `/api/v1/ledger/export?${parameters.toString()}`;
  };
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address("csv")} download>
          CSV, for a spreadsheet
        </Menu.Item>
        <Menu.Item component="a" href={address("ndjson")} download>
          NDJSON, for a program
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
