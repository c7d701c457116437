import { SegmentedControl } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery, type UseMutationResult } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { HeldChange, HeldChoice, Safeguard } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { ProblemPage } from "../app-shell/problem-page.tsx";
import { useMay } from "../app-shell/session.ts";
import { PageHead } from "../elements/page-head.tsx";
import { ProblemNote } from "../elements/problem-note.tsx";
import { connectionQuery } from "../provisioning/queries.ts";
import { FilterSelect } from "../table/filter-select.tsx";
import { RecordList } from "../table/record-list.tsx";
import { SearchBox } from "../table/search-box.tsx";
import { usePages } from "../table/use-pages.ts";
import {
  Cause,
  ChooseBox,
  heldColumns,
  Kind,
  Person,
  Since,
  type Choice,
} from "./held-columns.tsx";
import { HeldDeeds } from "./held-deeds.tsx";
import { HeldNote } from "./held-note.tsx";
import classes from "./held.module.css";
import { kinds } from "./kinds.ts";
import { isReleasing, safeguardQuery } from "./queries.ts";
import { useSafeguard } from "./use-safeguard.ts";

const route = getRouteApi("/signed-in/settings/integrations/scim/$connectionId/held");

const states = [
  { value: "held", label: "Waiting" },
  { value: "discarded", label: "Left as they are" },
];
const kindChoices = Object.entries(kinds).map(([value, { label }]) => ({ value, label }));

/** What the directory wants and does not get yet: looked at, let go or discarded. */
export const HeldChangesPage = () => {
  const { connectionId } = route.useParams();
  const connection = useQuery(connectionQuery(connectionId));
  if (connection.isPending) return <PageSkeleton />;
  if (connection.error)
    return <ProblemPage error={connection.error} onRetry={connection.refetch} />;
  return <HeldChanges connectionId={connectionId} name={connection.data.name} />;
};

const HeldChanges = ({ connectionId, name }: { connectionId: string; name: string }) => {
  const { search, kind, state = "held" } = route.useSearch();
  const navigate = route.useNavigate();
  const isDiscarded = state === "discarded";
  const mayDecide = useMay()("provisioning:edit");
  const safeguard = useQuery(safeguardQuery(connectionId));
  const deeds = useSafeguard(connectionId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const pages = usePages<HeldChange>(
    `/connections/${connectionId}/held-changes`,
    { search, kind, discarded: isDiscarded },
    { liveEvery: 5000, rereadOn: safeguard.data && sayRelease(safeguard.data) },
  );
  const choice = useMemo(
    (): Choice => ({
      has: (id) => chosen.has(id),
      toggle: (id) =>
        setChosen((before) => {
          const after = new Set(before);
          if (!after.delete(id)) after.add(id);
          return after;
        }),
    }),
    [chosen],
  );
  const columns = useMemo(() => heldColumns(mayDecide ? choice : undefined), [mayDecide, choice]);
  const card = useMemo(() => showCard(mayDecide ? choice : undefined), [mayDecide, choice]);
  const isFiltered = search !== undefined || kind !== undefined;
  const forget = () => setChosen(new Set());
  const filter = (change: object) => {
    forget();
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  const clear = () => filter({ search: undefined, kind: undefined });
  return (
    <>
      <PageHead
        title="Held changes"
        crumbs={[
          "Settings",
          <Link key="scim" to="/settings/integrations/scim" children="SCIM" />,
          <Link
            key="up"
            to="/settings/integrations/scim/$connectionId"
            params={{ connectionId }}
            search={{ tab: "safeguards" }}
            children={name}
          />,
        ]}
        lead="What the directory wants, and what has not taken effect yet."
        actions={
          mayDecide && (
            <HeldDeeds
              deeds={deeds}
              chosen={chosen}
              kind={kind}
              total={pages.total ?? 0}
              isDiscarded={isDiscarded}
              isSearching={search !== undefined}
              onDone={forget}
            />
          )
        }
      />
      <DeedProblem deed={deeds.apply} onDone={forget} />
      <DeedProblem deed={deeds.discard} onDone={forget} />
      {safeguard.data && isReleasing(safeguard.data) && <HeldNote connectionId={connectionId} />}
      <RecordList
        label="Held changes"
        columns={columns}
        pages={pages}
        card={card}
        nouns={["person", "people"]}
        isFiltered={isFiltered}
        onClear={clear}
        filters={
          <>
            <SegmentedControl
              aria-label="Which changes"
              data={states}
              value={state}
              onChange={(wanted) => filter({ state: wanted === "held" ? undefined : wanted })}
            />
            <SearchBox
              label="Search by name"
              value={search}
              onChange={(wanted) => filter({ search: wanted })}
            />
            <FilterSelect
              label="Effect"
              value={kind}
              choices={kindChoices}
              onChange={(wanted) => filter({ kind: wanted })}
            />
          </>
        }
        icon={IconShieldCheck}
        nothing={
          isDiscarded
            ? {
                title: "Nothing has been discarded",
                text: "People you leave as they are stand here, until the directory wants something else of them.",
              }
            : {
                title: "Nothing is held",
                text: "What the directory says takes effect. When it would take access from unusually many people, or during a dry run, the changes wait here.",
              }
        }
        noMatch={{
          title: "Nobody is like that",
          text: "Take a filter away or search for somebody else.",
        }}
      />
    </>
  );
};

type Deed = {
  deed: Pick<UseMutationResult<unknown, Error, HeldChoice>, "error" | "variables" | "mutate">;
  onDone: () => void;
};

/** Why what was decided did not come about, and the way to decide it again. */
const DeedProblem = ({ deed: { error, variables, mutate }, onDone }: Deed) => (
  <div className={classes["note"]}>
    <ProblemNote
      error={error}
      {...(variables && { onRetry: () => mutate(variables, { onSuccess: onDone }) })}
    >
      Whoever was held is held as before.
    </ProblemNote>
  </div>
);

/** Which letting go was the last, and how far it is. */
const sayRelease = ({ application }: Safeguard): string =>
  application ? `${application.id} ${application.state}` : "none";

const HeldCard = ({ held, choice }: { held: HeldChange; choice: Choice | undefined }) => (
  <div className={classes["card"]}>
    {choice && <ChooseBox held={held} choice={choice} />}
    <div className={classes["grow"]}>
      <Person held={held} />
      <div className={classes["foot"]}>
        <Kind held={held} />
        <Since held={held} />
        <Cause held={held} />
      </div>
    </div>
  </div>
);

const showCard = (choice: Choice | undefined) => (held: HeldChange) => (
  <HeldCard held={held} choice={choice} />
);
