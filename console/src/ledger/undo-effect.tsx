import { getRouteApi } from "@tanstack/react-router";
import { get } from "../api/client.ts";
import type { UndoEffect as Effect } from "../api/contract.ts";
import { useWalk } from "../api/use-walk.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { sayEffect } from "./say-effect.ts";
import classes from "./undo.module.css";

const route = getRouteApi("/signed-in/ledger/undos/$id");

/** Whom undoing would change beside the thing itself, told while the server goes through the people. */
export const UndoEffect = ({ item }: { item: string }) => {
  const { id } = route.useParams();
  const { parts, error, retry } = useWalk(["/ledger/undos", id, "effect", item], (query, signal) =>
    get<Effect>(`/ledger/undos/${id}/items/${item}/effect`, { query, signal }),
  );
  if (error) return <ProblemNote error={error} onRetry={retry} />;
  return (
    <div className={classes["why"]} role="status">
      {parts === undefined ? "Looking whom it changes…" : sayEffect(parts)}
    </div>
  );
};
