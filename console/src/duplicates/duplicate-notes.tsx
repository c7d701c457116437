import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Note } from "../elements/note.tsx";
import { Decision } from "./decision.tsx";
import classes from "./duplicates.module.css";
import type { Pair } from "./pair.ts";
import { duplicatesOfQuery } from "./queries.ts";

/** On a person's page: who else they may be, or are. */
export const DuplicateNotes = ({ accountId }: { accountId: string }) => {
  const { data } = useQuery(duplicatesOfQuery(accountId));
  const shown = data?.filter(({ state }) => state !== "apart") ?? [];
  if (shown.length === 0) return null;
  return (
    <div className={classes["notes"]}>
      {shown.map((pair) => (
        <DuplicateNote key={pair.id} pair={pair} accountId={accountId} />
      ))}
    </div>
  );
};

/** Asked, and answered; of who is in the directory now, and of who was here before. */
const titles = {
  collision: {
    suggested: ["Was this person here before?", "Does the directory send this person too?"],
    same: ["The same person as somebody made by hand", "The directory sends this person too"],
  },
  rehire: {
    suggested: ["Is this somebody who left before?", "Has this person come back?"],
    same: ["The same person as somebody who left before", "This person has come back"],
  },
} as const;

const DuplicateNote = ({ pair, accountId }: { pair: Pair; accountId: string }) => {
  if (pair.state === "apart") return null;
  const isCurrent = pair.current.accountId === accountId;
  const other = isCurrent ? pair.former : pair.current;
  return (
    <Note
      tone={pair.state === "suggested" ? "warn" : "calm"}
      title={titles[pair.kind][pair.state][isCurrent ? 0 : 1]}
    >
      {other.accountId === null || other.accountId === accountId ? (
        other.name
      ) : (
        <Link to="/accounts/$id" params={{ id: other.accountId }}>
          {other.name}
        </Link>
      )}
      {other.detail && ` · ${other.detail}`} · {pair.reasons} · {pair.weight}{" "}
      {pair.state === "suggested" && "· "}
      {pair.state === "suggested" && (
        <Link to="/duplicates" search={pair.kind === "rehire" ? { tab: "returned" } : {}}>
          All duplicates
        </Link>
      )}
      <div className={classes["deeds"]}>
        <Decision pair={pair} />
      </div>
    </Note>
  );
};
