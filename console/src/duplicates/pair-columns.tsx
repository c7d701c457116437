import { Link } from "@tanstack/react-router";
import { Moment } from "../elements/moment.tsx";
import { describeColumns } from "../table/columns.ts";
import { Decision } from "./decision.tsx";
import classes from "./duplicates.module.css";
import type { Pair } from "./pair.ts";

/** Two people stand in a row, so that none of them is what the row leads to. */
const Who = ({ side: { name, accountId, detail } }: { side: Pair["former"] }) => (
  <div className={classes["who"]}>
    {accountId === null ? (
      name
    ) : (
      <Link data-row-link className={classes["link"]} to="/accounts/$id" params={{ id: accountId }}>
        {name}
      </Link>
    )}
    <div className={classes["detail"]}>{detail}</div>
  </div>
);

const Why = ({ pair: { reasons, weight, decided } }: { pair: Pair }) => (
  <>
    <div className={classes["reasons"]}>{reasons}</div>
    <div className={classes["detail"]}>
      {weight}
      {decided && (
        <>
          {" "}
          · {decided.by}, <Moment at={decided.at} />
        </>
      )}
    </div>
  </>
);

const describe = describeColumns<Pair>();

export const pairColumns = describe.columns([
  describe.display({
    id: "former",
    header: "Was here before",
    cell: ({ row }) => <Who side={row.original.former} />,
  }),
  describe.display({
    id: "current",
    header: "In the directory",
    cell: ({ row }) => <Who side={row.original.current} />,
  }),
  describe.display({
    id: "why",
    header: "Why",
    cell: ({ row }) => <Why pair={row.original} />,
    meta: { width: 20 },
  }),
  describe.display({
    id: "decision",
    header: "Same person?",
    cell: ({ row }) => <Decision pair={row.original} />,
    meta: { width: 16 },
  }),
]);

const PairCard = ({ pair }: { pair: Pair }) => (
  <div className={classes["card"]}>
    <Who side={pair.former} />
    <Who side={pair.current} />
    <div>
      <Why pair={pair} />
    </div>
    <Decision pair={pair} />
  </div>
);

export const showPairCard = (pair: Pair) => <PairCard pair={pair} />;
