import type { Transaction } from "#tenancy";
import type { CheckState, Evidence } from "./check.ts";
import { checks } from "./checks/index.ts";
import type { Facts } from "./facts.ts";
import { listMutes } from "./store.ts";

export type Examined = {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly clicks: readonly string[];
  readonly isChoice: boolean;
  readonly state: CheckState;
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
  readonly muted: { readonly reason: string; readonly by: string; readonly at: Date } | null;
};

/** Every check with what it says now, and whether somebody has muted it. */
export const examine = async (
  tx: Transaction,
  connectionId: string,
  facts: Facts,
): Promise<Examined[]> => {
  const mutes = new Map((await listMutes(tx, connectionId)).map((mute) => [mute.checkId, mute]));
  return checks.map(({ judge, ...check }) => {
    const { evidence = [], ...judgement } = judge(facts);
    const mute = mutes.get(check.id);
    const muted = mute ? { reason: mute.reason, by: mute.mutedBy, at: mute.mutedAt } : null;
    return { ...check, ...judgement, evidence, muted };
  });
};
