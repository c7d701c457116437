import { SegmentedControl, Tabs } from "@mantine/core";
import { IconUserCheck, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Collision, Rehire } from "../api/contract.ts";
import { PageHead } from "../elements/page-head.tsx";
import { RecordList } from "../table/record-list.tsx";
import { usePages, type Pages } from "../table/use-pages.ts";
import classes from "./duplicates.module.css";
import { JoinCertain } from "./join-certain.tsx";
import { pairColumns, showPairCard } from "./pair-columns.tsx";
import { pairOfCollision, pairOfRehire, type Pair } from "./pair.ts";
import { openDuplicatesQuery } from "./queries.ts";

const route = getRouteApi("/signed-in/duplicates");

/** Two Sub Accounts that may be one person's, and what was said of them. */
export const DuplicatesPage = () => {
  const { tab = "already-here" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: open } = useQuery(openDuplicatesQuery);
  const count = (many: number | undefined) => (many ? ` (${many.toLocaleString()})` : "");
  const { List } = tab === "returned" ? { List: Returned } : { List: AlreadyHere };
  return (
    <>
      <PageHead
        title="Duplicates"
        crumbs={[<Link key="list" to="/accounts" children="Sub Accounts" />]}
        lead="Two who may be one person. Nothing is joined until you say so, and what was joined can be split again."
        actions={tab !== "returned" && <JoinCertain />}
      />
      <Tabs
        value={tab}
        className={classes["tabs"] ?? ""}
        activateTabWithKeyboard={false}
        onChange={(wanted) =>
          void navigate({ search: wanted === "returned" ? { tab: wanted } : {} })
        }
      >
        <Tabs.List aria-label="How they came to be two">
          <Tabs.Tab value="already-here">Already here{count(open?.collisions)}</Tabs.Tab>
          <Tabs.Tab value="returned">Returned{count(open?.rehires)}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <List />
        </Tabs.Panel>
      </Tabs>
    </>
  );
};

const useAsPairs = <Item,>(pages: Pages<Item>, present: (item: Item) => Pair): Pages<Pair> => {
  const rows = useMemo(() => pages.rows.map(present), [pages.rows, present]);
  return { ...pages, rows };
};

const collisionStates = [
  { value: "suggested", label: "To decide" },
  { value: "certain", label: "Certain" },
  { value: "same", label: "Same person" },
  { value: "apart", label: "Kept apart" },
];

/** Made by hand, and perhaps the same as somebody the directory sends. */
const AlreadyHere = () => {
  const { state = "suggested" } = route.useSearch();
  const query = state === "certain" ? { state: "suggested", certain: true } : { state };
  return (
    <RecordList
      {...shared}
      label="People who were already here"
      pages={useAsPairs(usePages<Collision>("/collisions", query), pairOfCollision)}
      filters={<States choices={collisionStates} />}
      icon={IconUsers}
      nothing={
        decidedNothing[state] ?? {
          title: "Nobody to decide about",
          text: "People made by hand whose e-mail address, other address or employee number comes from the directory too are listed here, for you to say whether they are the same.",
        }
      }
    />
  );
};

const rehireStates = collisionStates.filter(({ value }) => value !== "certain");

/** New to the directory, with the employee number of somebody who left. */
const Returned = () => {
  const { state = "suggested" } = route.useSearch();
  return (
    <RecordList
      {...shared}
      label="Returned people"
      pages={useAsPairs(usePages<Rehire>("/rehires", { state }), pairOfRehire)}
      filters={<States choices={rehireStates} />}
      icon={IconUserCheck}
      nothing={
        decidedNothing[state] ?? {
          title: "Nobody to decide about",
          text: "When somebody arrives with the employee number of a person who was deleted, you are asked here whether it is the same person. Map employeeId to employeeNumber in Entra for it.",
        }
      }
    />
  );
};

const toBeChanged = "What you decide is listed here, to be changed if it was wrong.";

/** Where nobody was decided about like that. */
const decidedNothing: Record<string, { title: string; text: string } | undefined> = {
  same: { title: "Nobody was confirmed yet", text: toBeChanged },
  apart: { title: "Nobody was kept apart yet", text: toBeChanged },
};

const shared = {
  columns: pairColumns,
  card: showPairCard,
  nouns: ["pair", "pairs"] as const,
  // What is chosen above the list is no filter: it has no "all".
  isFiltered: false,
  onClear: () => {},
  noMatch: { title: "", text: "" },
};

const States = ({ choices }: { choices: { value: string; label: string }[] }) => {
  const { state = "suggested" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SegmentedControl
      aria-label="Which pairs"
      data={choices}
      value={state}
      onChange={(wanted) =>
        void navigate({
          search: ({ tab }) => ({
            ...(tab && { tab }),
            ...(wanted !== "suggested" && { state: wanted }),
          }),
        })
      }
    />
  );
};
