import { Button, Progress, SegmentedControl } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { call, get } from "../api/client.ts";
import type { Undo, UndoItem } from "../api/contract.ts";
import { PageSkeleton } from "../app-shell/page-skeleton.tsx";
import { ProblemPage } from "../app-shell/problem-page.tsx";
import { ButtonLink } from "../elements/button-link.tsx";
import { EmptyState } from "../elements/empty-state.tsx";
import { Note } from "../elements/note.tsx";
import { PageHead } from "../elements/page-head.tsx";
import { Tone, type ToneName } from "../elements/tone.tsx";
import { RecordTable } from "../table/record-table.tsx";
import { usePages } from "../table/use-pages.ts";
import classes from "./undo.module.css";
import { showItemCard, undoColumns } from "./undo-columns.tsx";

const route = getRouteApi("/signed-in/ledger/undos/$id");

type Shown = "all" | UndoItem["state"];

const states: Record<Undo["state"], { label: string; tone: ToneName }> = {
  planned: { label: "Preview", tone: "calm" },
  running: { label: "Running", tone: "warn" },
  done: { label: "Done", tone: "ok" },
};

/** What undoing would do, or did: thing by thing, and what it leaves alone with the reason. */
export const UndoPage = () => {
  const { id } = route.useParams();
  const [shown, setShown] = useState<Shown>("all");
  const query = useQuery({
    queryKey: ["/ledger/undos", id],
    queryFn: ({ signal }) => get<Undo>(`/ledger/undos/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? 500 : false),
  });
  const pages = usePages<UndoItem>(
    `/ledger/undos/${id}/items`,
    { state: shown === "all" ? undefined : shown },
    { rereadOn: query.data?.state, ...(query.data?.state === "running" && { liveEvery: 1000 }) },
  );
  const apply = useMutation({ mutationFn: () => call<Undo>("POST", `/ledger/undos/${id}/apply`) });
  if (query.isPending) return <PageSkeleton />;
  if (query.error) return <ProblemPage error={query.error} onRetry={query.refetch} />;
  const undo = query.data;
  const { label, tone } = states[undo.state];
  return (
    <>
      <PageHead
        title="Undo"
        crumbs={[<Link key="ledger" to="/ledger" children="Ledger" />]}
        aside={<Tone tone={tone}>{label}</Tone>}
        lead={`Takes back ${undo.what}.`}
        actions={
          undo.state !== "planned" ? (
            <ButtonLink variant="default" to="/ledger/causes/$id" params={{ id }}>
              What it changed
            </ButtonLink>
          ) : (
            undo.planned.things > 0 && (
              <Button
                loading={apply.isPending}
                onClick={() => apply.mutate()}
                leftSection={<IconArrowBackUp size={16} aria-hidden />}
              >
                Undo {sayThings(undo.planned.things)}
              </Button>
            )
          )
        }
      />
      <UndoState undo={undo} />
      <SegmentedControl
        aria-label="Show"
        className={classes["show"] ?? ""}
        value={shown}
        onChange={(value) => setShown(value as Shown)}
        data={choices(undo)}
      />
      <RecordTable
        label="What is undone"
        columns={undoColumns}
        pages={pages}
        card={showItemCard}
        empty={
          <EmptyState icon={IconArrowBackUp} title="There is nothing here to take back">
            Nothing was done in that span, or nothing is shown with this choice.
          </EmptyState>
        }
      />
    </>
  );
};

const UndoState = ({ undo }: { undo: Undo }) => {
  const { planned, done, refused } = undo;
  const all = planned.things + done.things + refused.things;
  if (undo.state === "running")
    return (
      <div className={classes["progress"]}>
        <Progress
          value={all === 0 ? 100 : (100 * (all - planned.things)) / all}
          aria-label="How far it is"
          animated
        />
        <p role="status">
          {done.things.toLocaleString()} undone, {planned.things.toLocaleString()} to go. You can
          leave this page.
        </p>
      </div>
    );
  if (undo.state === "done")
    return (
      <Note tone={refused.things > 0 ? "warn" : "ok"} title={`Undid ${sayThings(done.things)}`}>
        {refused.things > 0
          ? `${sayThings(refused.things)} could not be undone; the reason stands beside each. `
          : ""}
        This undo is in the ledger, and can be undone from there.
      </Note>
    );
  if (planned.things === 0 && refused.things > 0)
    return (
      <Note tone="warn" title="Nothing of this can be undone here">
        Nothing has been changed. The reason stands beside each.
      </Note>
    );
  return (
    <Note tone="calm" title="Nothing has been changed yet">
      This is what would become of {sayThings(planned.things)}. What somebody changes before you
      press the button is left alone.
    </Note>
  );
};

const choices = ({ planned, done, refused }: Undo) => [
  { value: "all", label: "All" },
  ...(planned.things > 0 ? [{ value: "planned", label: `To undo ${planned.things}` }] : []),
  ...(done.things > 0 ? [{ value: "done", label: `Undone ${done.things}` }] : []),
  ...(refused.things > 0 ? [{ value: "refused", label: `Left alone ${refused.things}` }] : []),
];

const sayThings = (count: number): string =>
  count === 1 ? "1 thing" : `${count.toLocaleString()} things`;
