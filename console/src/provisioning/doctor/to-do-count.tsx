import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { arrivalsQuery } from "../queries.ts";
import classes from "./setup-doctor.module.css";

/** How many checks ask for something; nothing where none does. */
export const ToDoCount = ({ connectionId }: { connectionId: string }) => {
  const { data } = useQuery(arrivalsQuery(connectionId));
  const asking = (data?.checks ?? []).filter(
    ({ state, muted }) => muted === null && (state === "todo" || state === "warning"),
  );
  if (asking.length === 0) return null;
  const isWarning = asking.some(({ state }) => state === "warning");
  return (
    <span className={classes["count"]} data-warning={isWarning || undefined}>
      <VisuallyHidden>, </VisuallyHidden>
      {asking.length}
      <VisuallyHidden> to look at</VisuallyHidden>
    </span>
  );
};
