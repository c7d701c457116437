import { SegmentedControl } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import type { RecoveryRow } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { RecordList } from "../table/record-list.tsx";
import { RowLink } from "../table/row-link.tsx";
import { SearchBox } from "../table/search-box.tsx";
import { usePages } from "../table/use-pages.ts";
import classes from "./items.module.css";
import { recoveryColumns } from "./recovery-columns.tsx";
import { RecoveryState } from "./recovery-state.tsx";

const route = getRouteApi("/signed-in/recoveries");

const states = [
  { value: "open", label: "Open" },
  { value: "closed", label: "Closed" },
];

/** The leavers' list: who is disabled and still has something. */
export const RecoveriesPage = () => {
  const { search, state = "open" } = route.useSearch();
  const navigate = route.useNavigate();
  const pages = usePages<RecoveryRow>("/recoveries", { state, search });
  const clear = () => void navigate({ search: (before) => ({ ...before, search: undefined }) });
  return (
    <>
      <PageHead
        title="Recoveries"
        lead="People who were disabled while holding something, until every item is back."
      />
      <RecordList
        label="Recoveries"
        columns={recoveryColumns}
        pages={pages}
        card={showCard}
        nouns={["recovery", "recoveries"]}
        isFiltered={search !== undefined}
        onClear={clear}
        filters={
          <>
            <SegmentedControl
              aria-label="Which recoveries"
              data={states}
              value={state}
              onChange={(wanted) =>
                void navigate({
                  search: (before) => ({
                    ...before,
                    state: wanted === "open" ? undefined : wanted,
                  }),
                })
              }
            />
            <SearchBox
              label="Search name or e-mail"
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
        icon={IconArrowBackUp}
        nothing={
          state === "open"
            ? {
                title: "Nothing has to come back",
                text: "When somebody is disabled while holding items, a recovery opens here by itself, with what they still have.",
              }
            : {
                title: "No recovery has been closed yet",
                text: "One closes when its last item is returned or written off.",
              }
        }
        noMatch={{
          title: "Nobody is named like that",
          text: `Look among the ${state === "open" ? "closed" : "open"} ones too.`,
        }}
      />
    </>
  );
};

const RecoveryCard = ({ recovery }: { recovery: RecoveryRow }) => (
  <>
    <div className={classes["head"]}>
      <RowLink to="/recoveries/$id" params={{ id: recovery.id }}>
        {recovery.account.name}
      </RowLink>
      <RecoveryState recovery={recovery} />
    </div>
    <div className={classes["detail"]}>
      {recovery.closedBecause ?? recovery.openedBecause} · opened <Moment at={recovery.openedAt} />
    </div>
  </>
);

const showCard = (recovery: RecoveryRow) => <RecoveryCard recovery={recovery} />;
