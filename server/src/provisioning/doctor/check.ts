import type { Facts } from "./facts.ts";

/** How a check stands: well, still to be done, suspicious, or nothing has shown yet. */
export type CheckState = "done" | "todo" | "warning" | "unknown";

/** What a judgement rests on: a log entry, a person or a group to look at. */
export type Evidence = {
  readonly kind: "entry" | "person" | "group";
  readonly id: string;
  readonly text: string;
};

export type Judgement = {
  readonly state: CheckState;
  /** What was seen, as a sentence. */
  readonly sentence: string;
  readonly evidence?: readonly Evidence[];
};

/** One thing that the Configure page looks after. The API and the console derive all they show from it. */
export type Check = {
  readonly id: string;
  readonly title: string;
  /** Why it matters. */
  readonly meaning: string;
  /** Where to click to mend it, from the place named first on. */
  readonly clicks: readonly string[];
  /** It may be so on purpose: an administrator may mute it with a reason. */
  readonly isChoice: boolean;
  readonly judge: (facts: Facts) => Judgement;
};

type Declared<Reads extends keyof Facts> = Omit<Check, "judge"> & {
  /** The facts that it looks at, and no others. */
  readonly reads: readonly Reads[];
  readonly judge: (facts: Pick<Facts, Reads>) => Judgement;
};

export const defineCheck = <const Reads extends keyof Facts>({
  reads: _reads,
  ...check
}: Declared<Reads>): Check => check;

const application = ["Entra admin center", "Enterprise applications", "Muster"] as const;

/** Places in Entra, as its menus name them. */
export const inEntra = {
  usersAndGroups: [...application, "Users and groups"],
  provisioning: [...application, "Provisioning", "Overview"],
  credentials: [...application, "Provisioning", "Admin Credentials"],
  userMapping: [
    ...application,
    "Provisioning",
    "Mappings",
    "Provision Microsoft Entra ID Users",
    "Attribute Mappings",
  ],
  provisioningLogs: [...application, "Provisioning logs"],
} as const;
