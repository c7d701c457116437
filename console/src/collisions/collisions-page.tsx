import { Button, SegmentedControl } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { call } from "../api/client.ts";
import type { BulkConfirmation, Collision } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { ask } from "../elements/ask.tsx";
import { EmptyState } from "../elements/empty-state.tsx";
import { Moment } from "../elements/moment.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { describeColumns } from "../table/columns.ts";
import { FilterBar } from "../table/filter-bar.tsx";
import { RecordTable } from "../table/record-table.tsx";
import { RowLink } from "../table/row-link.tsx";
import { usePages } from "../table/use-pages.ts";
import classes from "./collisions.module.css";
import { Decision } from "./decision.tsx";

const route = getRouteApi("/signed-in/already-here");

const views = [
  { value: "certain", label: "Certain" },
  { value: "suggested", label: "To decide" },
  { value: "same", label: "Same person" },
  { value: "apart", label: "Kept apart" },
] as const;

const reasons: Record<string, string> = {
  email: "same e-mail address",
  alias: "another of their addresses",
  "employee-number": "same employee number",
  name: "same name",
};

/** People made by hand who may be somebody of the directory, and what was said of them. */
export const CollisionsPage = () => {
  const view = route.useSearch().view ?? "suggested";
  const navigate = route.useNavigate();
  const query = view === "certain" ? { state: "suggested", certain: true } : { state: view };
  const pages = usePages<Collision>("/collisions", query);
  return (
    <>
      <PageHead
        title="Already here"
        crumbs={[<Link key="list" to="/accounts" children="Sub Accounts" />]}
        lead="Made by hand, and perhaps the same as somebody the directory sends."
        actions={view === "certain" && <ConfirmAll items={pages.rows} />}
      />
      <FilterBar
        total={pages.total}
        nouns={["match", "matches"]}
        isFiltered={false}
        onClear={() => {}}
      >
        <SegmentedControl
          aria-label="Which matches"
          data={[...views]}
          value={view}
          onChange={(wanted) =>
            void navigate({ search: wanted === "suggested" ? {} : { view: wanted } })
          }
        />
      </FilterBar>
      <RecordTable
        label="Matches"
        columns={columns}
        pages={pages}
        card={showCard}
        empty={
          <EmptyState icon={IconUsers} title="Nobody here">
            People made by hand whose e-mail address, other address or employee number comes from
            the directory too are listed here, for you to say whether they are the same.
          </EmptyState>
        }
      />
    </>
  );
};

/** Joins those that are shown, each for itself. */
const ConfirmAll = ({ items }: { items: readonly Collision[] }) => {
  const may = useMay();
  const shown = items.slice(0, 100);
  const confirm = useMutation({
    mutationFn: () =>
      call<BulkConfirmation>("POST", "/collisions/confirm", {
        body: { ids: shown.map(({ id }) => id) },
      }),
    meta: { done: "Joined. Whoever could not be stays in the list; decide there to see why." },
  });
  if (!may("accounts:lock") || shown.length === 0) return null;
  return (
    <Button
      loading={confirm.isPending}
      onClick={() =>
        ask({
          title: `Join ${shown.length === 1 ? "this one" : `these ${shown.length}`}?`,
          consequence:
            "Their addresses agree, and so does their name or employee number. The directory decides about their roles from now on. Each can be split again.",
          deed: "Join them",
          onConfirm: () => confirm.mutate(),
        })
      }
    >
      Join all {shown.length}
    </Button>
  );
};

const Local = ({ collision: { local } }: { collision: Collision }) => (
  <RowLink to="/accounts/$id" params={{ id: local.accountId }}>
    {local.name}
  </RowLink>
);

const LocalDetail = ({ collision: { local } }: { collision: Collision }) => (
  <div className={classes["detail"]}>
    {local.email}
    {local.held > 0 && ` · holds ${local.held}`}
  </div>
);

const Match = ({ collision }: { collision: Collision }) => (
  <>
    {collision.person.accountId === null ? (
      collision.person.name
    ) : (
      <Link to="/accounts/$id" params={{ id: collision.person.accountId }}>
        {collision.person.name}
      </Link>
    )}
    <div className={classes["detail"]}>
      {collision.person.email} · {collision.score} of 100:{" "}
      {collision.reasons.map((reason) => reasons[reason] ?? reason).join(", ")}
    </div>
    {collision.decidedAt && (
      <div className={classes["detail"]}>
        {collision.decidedBy}, <Moment at={collision.decidedAt} />
      </div>
    )}
  </>
);

const describe = describeColumns<Collision>();

const columns = describe.columns([
  describe.display({
    id: "local",
    header: "Made by hand",
    cell: ({ row: { original: collision } }) => (
      <>
        <Local collision={collision} />
        <LocalDetail collision={collision} />
      </>
    ),
    meta: { width: 18 },
  }),
  describe.display({
    id: "person",
    header: "From the directory",
    cell: ({ row }) => <Match collision={row.original} />,
  }),
  describe.display({
    id: "decision",
    header: "Same person?",
    cell: ({ row }) => <Decision collision={row.original} />,
    meta: { width: 16 },
  }),
]);

const CollisionCard = ({ collision }: { collision: Collision }) => (
  <>
    <Local collision={collision} />
    <LocalDetail collision={collision} />
    <Match collision={collision} />
    <div className={classes["deeds"]}>
      <Decision collision={collision} />
    </div>
  </>
);

const showCard = (collision: Collision) => <CollisionCard collision={collision} />;
