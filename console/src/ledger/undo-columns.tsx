import { VisuallyHidden } from "@mantine/core";
import type { UndoItem } from "../api/contract.ts";
import { Tone, type ToneName } from "../elements/tone.tsx";
import { describeColumns } from "../table/columns.ts";
import { sayAction, sayNoun } from "./actions.ts";
import { StartUndo } from "./start-undo.tsx";
import { SubjectLink } from "./subject-link.tsx";
import { UndoEffect } from "./undo-effect.tsx";
import classes from "./undo.module.css";

const describe = describeColumns<UndoItem>();

const states: Record<UndoItem["state"], { label: string; tone: ToneName }> = {
  planned: { label: "To undo", tone: "calm" },
  done: { label: "Undone", tone: "ok" },
  refused: { label: "Left alone", tone: "warn" },
};

const State = ({ state }: { state: UndoItem["state"] }) => (
  <Tone tone={states[state].tone}>{states[state].label}</Tone>
);

const Subject = ({ subject: { kind, id, name } }: { subject: UndoItem["subject"] }) =>
  id === null ? name : <SubjectLink subject={{ kind, id, name }} />;

/** "asset.changed" of a group of entries, or words already. */
const sayLabel = ({ label, entries }: UndoItem): string => {
  const said = /^[a-z]+\.[a-z-]+$/.test(label)
    ? `${sayNoun(label.split(".", 1)[0] ?? "")}: ${sayAction(label).toLowerCase()}`
    : label;
  return entries > 1 ? `${said} (${entries.toLocaleString()} entries)` : said;
};

/** From what to what, or why not. */
const Values = ({ item }: { item: UndoItem }) => (
  <>
    <ul className={classes["values"]}>
      {item.difference.map(({ label, before, after }) => (
        <li key={label}>
          {label}: <span className={classes["from"]}>{before ?? "none"}</span>{" "}
          <span aria-hidden>→</span>
          <VisuallyHidden>becomes</VisuallyHidden> {after ?? "none"}
        </li>
      ))}
    </ul>
    {item.consequence && <div className={classes["why"]}>{item.consequence}</div>}
    {item.reaches && <UndoEffect item={item.id} />}
    {item.why && <div className={classes["why"]}>{item.why}</div>}
    {item.causeId !== null && (
      <div className={classes["instead"]}>
        <StartUndo scope={{ causeId: item.causeId }} label="Undo all of its cause…" isSmall />
      </div>
    )}
  </>
);

export const undoColumns = describe.columns([
  describe.display({
    id: "subject",
    header: "What",
    cell: ({ row: { original: item } }) => (
      <div className={classes["wrap"]}>
        <Subject subject={item.subject} />
        <div className={classes["why"]}>{sayLabel(item)}</div>
      </div>
    ),
    meta: { width: 18 },
  }),
  describe.display({
    id: "values",
    header: "From what to what",
    cell: ({ row }) => (
      <div className={classes["wrap"]}>
        <Values item={row.original} />
      </div>
    ),
  }),
  describe.display({
    id: "state",
    header: "State",
    cell: ({ row }) => <State state={row.original.state} />,
    meta: { width: 8 },
  }),
]);

/** A thing where there is no room for columns. */
export const showItemCard = (item: UndoItem) => (
  <>
    <Subject subject={item.subject} />
    <div className={classes["why"]}>{sayLabel(item)}</div>
    <Values item={item} />
    <State state={item.state} />
  </>
);
