import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Rehire } from "../api/contract.ts";
import { Note } from "../elements/note.tsx";
import { Decision } from "./decision.tsx";
import { describeFormer } from "./describe-rehire.ts";
import { rehiresOfQuery } from "./queries.ts";
import classes from "./rehires.module.css";

/** On a person's page: whether they may be, or are, somebody who left before. */
export const RehireNotes = ({ accountId }: { accountId: string }) => {
  const { data } = useQuery(rehiresOfQuery(accountId));
  const shown = data?.items.filter(({ state }) => state !== "apart") ?? [];
  if (shown.length === 0) return null;
  return (
    <div className={classes["notes"]}>
      {shown.map((rehire) => (
        <RehireNote key={rehire.id} rehire={rehire} accountId={accountId} />
      ))}
    </div>
  );
};

const RehireNote = ({ rehire, accountId }: { rehire: Rehire; accountId: string }) => {
  const isReturned = rehire.returned.accountId === accountId;
  const other = isReturned ? rehire.former : rehire.returned;
  return (
    <Note
      tone={rehire.state === "suggested" ? "warn" : "calm"}
      title={
        rehire.state === "suggested"
          ? isReturned
            ? "Is this somebody who left before?"
            : "Has this person come back?"
          : isReturned
            ? "The same person as somebody who left before"
            : "This person has come back"
      }
    >
      {isReturned
        ? `${rehire.former.name}, ${describeFormer(rehire)}.`
        : `${rehire.returned.name} arrived with the same employee number, ${rehire.employeeNumber}.`}{" "}
      {other.accountId !== null && other.accountId !== accountId && (
        <Link to="/accounts/$id" params={{ id: other.accountId }}>
          {isReturned ? "Their old Sub Account" : "Their new Sub Account"}
        </Link>
      )}
      <div className={classes["deeds"]}>
        <Decision rehire={rehire} />
      </div>
    </Note>
  );
};
