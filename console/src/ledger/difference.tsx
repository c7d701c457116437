import { Text, VisuallyHidden } from "@mantine/core";
import classes from "./ledger.module.css";

type Value = { label: string; before: string | null; after: string | null };

/** What is otherwise than before, value by value. */
export const Difference = ({ values }: { values: readonly Value[] }) =>
  values.length === 0 ? (
    <Text c="dimmed">No values were kept with this entry.</Text>
  ) : (
    <table className={classes["difference"]}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{before === null ? <None /> : <s className={classes["before"]}>{before}</s>}</td>
            <td>{after === null ? <None /> : after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );

const None = () => (
  <span className={classes["none"]}>
    <span aria-hidden>–</span>
    <VisuallyHidden>none</VisuallyHidden>
  </span>
);
