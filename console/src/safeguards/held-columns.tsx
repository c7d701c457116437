import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { HeldChange } from "../api/contract.ts";
import { Moment } from "../elements/moment.tsx";
import { Tone } from "../elements/tone.tsx";
import { describeColumns } from "../table/columns.ts";
import { RowLink } from "../table/row-link.tsx";
import classes from "./held.module.css";
import { kinds } from "./kinds.ts";

const describe = describeColumns<HeldChange>();

/** Who is chosen, and how to choose. */
export type Choice = {
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
};

export const heldColumns = (choice: Choice | undefined) =>
  describe.columns([
    ...(choice
      ? [
          describe.display({
            id: "choose",
            header: "Choose",
            cell: ({ row: { original: held } }) => <ChooseBox held={held} choice={choice} />,
            meta: { width: 5 },
          }),
        ]
      : []),
    describe.display({
      id: "person",
      header: "What would happen",
      cell: ({ row: { original: held } }) => <Person held={held} />,
    }),
    describe.display({
      id: "kind",
      header: "Effect",
      cell: ({ row }) => <Kind held={row.original} />,
      meta: { width: 9 },
    }),
    describe.display({
      id: "cause",
      header: "Because",
      cell: ({ row: { original: held } }) => <Cause held={held} />,
      meta: { width: 14 },
    }),
    describe.display({
      id: "at",
      header: "Since",
      cell: ({ row: { original: held } }) => <Since held={held} />,
      meta: { width: 9, align: "end" },
    }),
  ]);

export const ChooseBox = ({ held, choice }: { held: HeldChange; choice: Choice }) => (
  <Checkbox
    className={classes["above"] ?? ""}
    aria-label={`Choose ${held.person.name}`}
    checked={choice.has(held.id)}
    onChange={() => choice.toggle(held.id)}
  />
);

export const Person = ({ held }: { held: HeldChange }) => (
  <>
    {held.accountId === null ? (
      <span className={classes["name"]}>{held.person.name}</span>
    ) : (
      <RowLink to="/accounts/$id" params={{ id: held.accountId }}>
        {held.person.name}
      </RowLink>
    )}
    {held.because === "last-administrator" && (
      <div className={classes["sentences"]}>The tenant would lose its last Administrator</div>
    )}
    <div className={classes["sentences"]} title={held.sentences.join("; ")}>
      {held.sentences.join("; ")}
    </div>
  </>
);

export const Kind = ({ held }: { held: HeldChange }) => {
  const { label, tone } = kinds[held.kind];
  return <Tone tone={tone}>{label}</Tone>;
};

export const Cause = ({ held: { cause } }: { held: HeldChange }) =>
  cause.kind === "scim" && cause.id !== null ? (
    <Link to="/provisioning-log/$id" params={{ id: cause.id }} className={classes["above"]}>
      {cause.sentence}
    </Link>
  ) : (
    <>{cause.sentence}</>
  );

export const Since = ({ held: { discarded, heldAt } }: { held: HeldChange }) =>
  discarded === null ? (
    <Moment at={heldAt} />
  ) : (
    <>
      {discarded.by}, <Moment at={discarded.at} />
    </>
  );
