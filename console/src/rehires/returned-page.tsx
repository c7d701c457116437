import { SegmentedControl } from "@mantine/core";
import { IconUserCheck } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Rehire } from "../api/contract.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { Moment } from "../elements/moment.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { describeColumns } from "../table/columns.ts";
import { FilterBar } from "../table/filter-bar.tsx";
import { RecordTable } from "../table/record-table.tsx";
import { RowLink } from "../table/row-link.tsx";
import { usePages } from "../table/use-pages.ts";
import { Decision } from "./decision.tsx";
import { describeFormer } from "./describe-rehire.ts";
import classes from "./rehires.module.css";

const route = getRouteApi("/signed-in/returned");

const states = [
  { value: "suggested", label: "To decide" },
  { value: "same", label: "Same person" },
  { value: "apart", label: "Kept apart" },
] as const;

type State = Rehire["state"];

/** People whose employee number is that of somebody who left, and what was said of them. */
export const ReturnedPage = () => {
  const state = (route.useSearch().state ?? "suggested") as State;
  const navigate = route.useNavigate();
  const pages = usePages<Rehire>("/rehires", { state });
  return (
    <>
      <PageHead
        title="Returned people"
        crumbs={[<Link key="list" to="/accounts" children="Sub Accounts" />]}
        lead="New to the directory, with the employee number of somebody who left."
      />
      <FilterBar
        total={pages.total}
        nouns={["person", "people"]}
        isFiltered={false}
        onClear={() => {}}
      >
        <SegmentedControl
          aria-label="Which returned people"
          data={[...states]}
          value={state}
          onChange={(wanted) =>
            void navigate({ search: wanted === "suggested" ? {} : { state: wanted } })
          }
        />
      </FilterBar>
      <RecordTable
        label="Returned people"
        columns={columns}
        pages={pages}
        card={showCard}
        empty={<NobodyReturned state={state} />}
      />
    </>
  );
};

const Person = ({ rehire: { returned } }: { rehire: Rehire }) =>
  returned.accountId === null ? (
    returned.name
  ) : (
    <RowLink to="/accounts/$id" params={{ id: returned.accountId }}>
      {returned.name}
    </RowLink>
  );

const Decided = ({ rehire: { decidedAt, decidedBy } }: { rehire: Rehire }) =>
  decidedAt && (
    <div className={classes["detail"]}>
      {decidedBy}, <Moment at={decidedAt} />
    </div>
  );

const describe = describeColumns<Rehire>();

const columns = describe.columns([
  describe.display({
    id: "returned",
    header: "Arrived",
    cell: ({ row: { original: rehire } }) => (
      <>
        <Person rehire={rehire} />
        <div className={classes["detail"]}>
          {rehire.returned.email} · <Moment at={rehire.returned.since} />
        </div>
      </>
    ),
    meta: { width: 18 },
  }),
  describe.display({
    id: "former",
    header: "Who left",
    cell: ({ row: { original: rehire } }) => (
      <>
        {rehire.former.name}
        <div className={classes["detail"]}>{describeFormer(rehire)}</div>
        <Decided rehire={rehire} />
      </>
    ),
  }),
  describe.display({
    id: "decision",
    header: "Same person?",
    cell: ({ row }) => <Decision rehire={row.original} />,
    meta: { width: 20 },
  }),
]);

const RehireCard = ({ rehire }: { rehire: Rehire }) => (
  <>
    <Person rehire={rehire} />
    <div className={classes["detail"]}>
      {rehire.former.name}, {describeFormer(rehire)}
    </div>
    <Decided rehire={rehire} />
    <div className={classes["deeds"]}>
      <Decision rehire={rehire} />
    </div>
  </>
);

const showCard = (rehire: Rehire) => <RehireCard rehire={rehire} />;

const NobodyReturned = ({ state }: { state: State }) =>
  state === "suggested" ? (
    <EmptyState icon={IconUserCheck} title="Nobody to decide about">
      When somebody arrives with the employee number of a person who was deleted, you are asked here
      whether it is the same person. Map <b>employeeId</b> to <b>employeeNumber</b> in Entra for it.
    </EmptyState>
  ) : (
    <EmptyState
      icon={IconUserCheck}
      title={state === "same" ? "Nobody was confirmed yet" : "Nobody was kept apart yet"}
    >
      What you decide about returned people is listed here, to be changed if it was wrong.
    </EmptyState>
  );
