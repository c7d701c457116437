import { Checkbox, Fieldset } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { KeyboardEvent } from "react";
import type { PermissionNoun } from "../api/contract.ts";
import { choose, columnsOf, stateOf, type Chosen, type Verb } from "./matrix.ts";
import classes from "./permission-matrix.module.css";

type Props = {
  nouns: readonly PermissionNoun[];
  chosen: Chosen;
  /** What whoever edits may do themselves, and so may give. */
  allowed: Chosen;
  isReadOnly: boolean;
  onChange: (chosen: Set<string>) => void;
};

/** What a role may do with what: a row for each noun, a column for each deed that several nouns know. */
export const PermissionMatrix = (props: Props) => {
  const isNarrow = useMediaQuery("(width < 60rem)", undefined, { getInitialValueInEffect: false });
  return isNarrow ? <Lists {...props} /> : <Grid {...props} />;
};

const Grid = (props: Props) => {
  const { nouns } = props;
  const columns = columnsOf(nouns);
  return (
    <table className={classes["table"]} onKeyDown={moveBetweenBoxes}>
      <thead>
        <tr>
          <th scope="col">With</th>
          {columns.map((verb) => (
            <th key={verb} scope="col" className={classes["column"]}>
              <Column {...props} verb={verb} />
            </th>
          ))}
          <th scope="col">And</th>
        </tr>
      </thead>
      <tbody>
        {nouns.map((noun) => (
          <tr key={noun.noun}>
            <th scope="row">
              <Several {...props} label={noun.label} verbsOf={[[noun, noun.verbs]]} />
            </th>
            {columns.map((wanted) => {
              const verb = noun.verbs.find((one) => one.verb === wanted);
              return (
                <td key={wanted} className={classes["column"]}>
                  {verb && <One {...props} noun={noun} verb={verb} />}
                </td>
              );
            })}
            <td>
              <div className={classes["own"]}>
                {noun.verbs
                  .filter(({ verb }) => !columns.includes(verb))
                  .map((verb) => (
                    <One key={verb.verb} {...props} noun={noun} verb={verb} isLabelled />
                  ))}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** The same where there is no room for columns, with what each permission means. */
const Lists = (props: Props) =>
  props.nouns.map((noun) => (
    <Fieldset
      key={noun.noun}
      variant="unstyled"
      className={classes["list"] ?? ""}
      legend={<Several {...props} label={noun.label} verbsOf={[[noun, noun.verbs]]} />}
    >
      {noun.verbs.map((verb) => (
        <One key={verb.verb} {...props} noun={noun} verb={verb} isLabelled isExplained />
      ))}
    </Fieldset>
  ));

type OneProps = Props & {
  noun: PermissionNoun;
  verb: Verb;
  isLabelled?: boolean;
  isExplained?: boolean;
};

const One = (props: OneProps) => {
  const { noun, verb, chosen, allowed, isReadOnly, onChange, isLabelled, isExplained } = props;
  return (
    <Checkbox
      size="sm"
      aria-label={`${noun.label}: ${verb.label}`}
      {...(isLabelled && { label: verb.label })}
      {...(isExplained ? { description: verb.sentence } : { title: verb.sentence })}
      checked={chosen.has(verb.permission)}
      disabled={isReadOnly || !allowed.has(verb.permission)}
      onChange={({ currentTarget }) =>
        onChange(choose(chosen, { noun, verbs: [verb], isOn: currentTarget.checked, allowed }))
      }
    />
  );
};

const Column = (props: Props & { verb: string }) => {
  const verbsOf = props.nouns.flatMap((noun): [PermissionNoun, Verb[]][] => {
    const verbs = noun.verbs.filter((one) => one.verb === props.verb);
    return verbs.length === 0 ? [] : [[noun, verbs]];
  });
  return <Several {...props} label={verbsOf[0]?.[1][0]?.label ?? ""} verbsOf={verbsOf} />;
};

/** Chooses a whole row or column. */
const Several = ({
  label,
  verbsOf,
  chosen,
  allowed,
  isReadOnly,
  onChange,
}: Props & { label: string; verbsOf: readonly (readonly [PermissionNoun, readonly Verb[]])[] }) => {
  const all = verbsOf.flatMap(([, verbs]) => verbs);
  const free = all.filter(({ permission }) => allowed.has(permission));
  const state = stateOf(chosen, free.length > 0 ? free : all);
  return (
    <Checkbox
      size="sm"
      label={label}
      aria-label={`Everything: ${label}`}
      checked={state === "all"}
      indeterminate={state === "some"}
      disabled={isReadOnly || free.length === 0}
      onChange={() => {
        let next = new Set(chosen);
        for (const [noun, verbs] of verbsOf)
          next = choose(next, { noun, verbs, isOn: state !== "all", allowed });
        onChange(next);
      }}
    />
  );
};

const steps: Record<string, [row: number, cell: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Arrow keys go from box to box as in a spreadsheet; Tab still goes through all of them. */
const moveBetweenBoxes = (event: KeyboardEvent<HTMLTableElement>): void => {
  const step = steps[event.key];
  const cell = (event.target as Element).closest("th, td");
  const row = cell?.closest("tr");
  if (!step || !cell || !row) return;
  const rows = [...event.currentTarget.rows];
  const cells = [...row.cells];
  let [y, x] = [rows.indexOf(row), cells.indexOf(cell as HTMLTableCellElement)];
  for (;;) {
    y += step[0];
    x += step[1];
    const next = rows[y]?.cells[x];
    if (!next) return;
    const box = next.querySelector<HTMLInputElement>("input:not(:disabled)");
    if (!box) continue;
    event.preventDefault();
    box.focus();
    return;
  }
};
