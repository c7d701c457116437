import type { Collision, Rehire } from "../api/contract.ts";
import { sayDate } from "../elements/time.ts";

type Side = {
  readonly name: string;
  readonly accountId: string | null;
  /** What else tells who they are. */
  readonly detail: string;
};

/** Two who may be one person, and what was said of it, whichever way they came to be two. */
export type Pair = {
  readonly id: string;
  /** Whoever was made by hand, or came back as somebody new. */
  readonly kind: "collision" | "rehire";
  readonly state: "suggested" | "same" | "apart";
  /** Who was here before: made by hand, or left. */
  readonly former: Side;
  /** Whom the directory has now. */
  readonly current: Side;
  readonly reasons: string;
  /** How much the reasons say: a score, or the number itself. */
  readonly weight: string;
  readonly decided: { readonly at: string; readonly by: string | null } | null;
};

const reasons: Record<string, string> = {
  email: "e-mail address",
  alias: "other address",
  "employee-number": "employee number",
  name: "name",
};

export const pairOfCollision = (collision: Collision): Pair => {
  const { local, person } = collision;
  return {
    id: collision.id,
    kind: "collision",
    state: collision.state,
    former: {
      name: local.name,
      accountId: local.accountId,
      detail: join(["made by hand", local.email, local.held > 0 && `holds ${items(local.held)}`]),
    },
    current: { name: person.name, accountId: person.accountId, detail: person.email ?? "" },
    reasons: `Same ${collision.reasons.map((reason) => reasons[reason] ?? reason).join(", ")}`,
    weight: `${collision.score} of 100`,
    decided: decisionOf(collision),
  };
};

export const pairOfRehire = (rehire: Rehire): Pair => {
  const { former, returned, state } = rehire;
  return {
    id: rehire.id,
    kind: "rehire",
    state,
    former: {
      name: former.name,
      accountId: former.accountId,
      detail: join([
        former.leftAt === null ? "left" : `left on ${sayDate(former.leftAt)}`,
        // Once they are joined the items are the other's.
        state !== "same" && (former.held === 0 ? "holds nothing" : `holds ${items(former.held)}`),
      ]),
    },
    current: {
      name: returned.name,
      accountId: returned.accountId,
      detail: join([returned.email, `since ${sayDate(returned.since)}`]),
    },
    reasons: "Same employee number",
    weight: rehire.employeeNumber,
    decided: decisionOf(rehire),
  };
};

const decisionOf = ({ decidedAt, decidedBy }: Collision | Rehire) =>
  decidedAt === null ? null : { at: decidedAt, by: decidedBy };

const items = (count: number): string =>
  count === 1 ? "1 item" : `${count.toLocaleString()} items`;

const join = (parts: readonly (string | null | false)[]): string =>
  parts.filter(Boolean).join(" · ");
