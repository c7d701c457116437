/** What has arrived, as far as advice needs it. */
export type Arrived = {
  readonly testConnectionAt: Date | null;
  readonly firstRequestAt: Date | null;
  readonly lastRequestAt: Date | null;
  readonly lastRefusedAt: Date | null;
  readonly lastRefusedReason: string | null;
  readonly users: number;
  readonly groups: number;
  readonly mappedGroups: number;
  /** Attribute paths seen in recent people, with how many of them carry each. */
  readonly attributes: ReadonlyMap<string, number>;
  readonly now: Date;
};

export type Advice = {
  readonly key: string;
  readonly level: "ok" | "todo" | "warning";
  readonly title: string;
  readonly detail: string;
};

const hour = 3_600_000;

/** What is well, what is still to do and what looks wrong, each with the next step. Pure. */
export const advise = (arrived: Arrived): Advice[] => [
  ...credentials(arrived),
  people(arrived),
  ...(arrived.users === 0 ? [] : [...mappingRows(arrived), groups(arrived), ...silence(arrived)]),
];

const credentials = ({
  firstRequestAt,
  lastRequestAt,
  lastRefusedAt,
  lastRefusedReason,
}: Arrived): Advice[] => {
  const refusedLast =
    lastRefusedAt !== null && (lastRequestAt === null || lastRefusedAt > lastRequestAt);
  if (refusedLast)
    return [
      {
        key: "credentials",
        level: "warning",
        title: "The last call had wrong credentials",
        detail: `${lastRefusedReason ?? "The token was refused."} Paste a live token or client secret into Entra, then press Test Connection.`,
      },
    ];
  if (firstRequestAt === null)
    return [
      {
        key: "credentials",
        level: "todo",
        title: "Waiting for the first call",
        detail:
          "Paste Endpoint and Token into Entra (Tenant URL, Secret token) and press Test Connection.",
      },
    ];
  return [
    {
      key: "credentials",
      level: "ok",
      title: "Credentials are right",
      detail: "Entra reaches Muster.",
    },
  ];
};

const people = ({ users, firstRequestAt }: Arrived): Advice =>
  users > 0
    ? { key: "people", level: "ok", title: "People arrive", detail: `${users} so far.` }
    : {
        key: "people",
        level: "todo",
        title: "Nobody has arrived yet",
        detail:
          firstRequestAt === null
            ? "They come with the first provisioning cycle."
            : "In Entra, assign users and groups to the application and start provisioning. A cycle runs every 20 to 40 minutes.",
      };

type ExpectedRow = { path: string; source: string; why: string; level: "todo" | "warning" };

/** Rows of the mapping table that Muster makes something of (docs/connect-entra.md). */
const expectedRows: ExpectedRow[] = [
  {
    path: "active",
    source: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    why: "Without it nobody ever becomes Disabled.",
    level: "warning",
  },
  {
    path: "emails.value",
    source: "mail",
    why: "People without an e-mail address cannot be written to.",
    level: "todo",
  },
  { path: "displayName", source: "displayName", why: "People are shown by it.", level: "todo" },
  {
    path: "externalId",
    source: "objectId",
    why: "It links a person for good, also when the user name changes.",
    level: "todo",
  },
];

const mappingRows = ({ attributes }: Arrived): Advice[] => {
  const missing = expectedRows.filter(({ path }) => !attributes.has(path));
  if (missing.length === 0)
    return [
      {
        key: "mapping",
        level: "ok",
        title: "Every expected attribute is mapped",
        detail: "Nothing to add in Entra.",
      },
    ];
  return missing.map(({ path, source, why, level }) => ({
    key: `mapping.${path}`,
    level,
    title: `${path} is not mapped`,
    detail: `${why} In Entra, add the mapping row ${source} → ${path === "emails.value" ? 'emails[type eq "work"].value' : path}.`,
  }));
};

const groups = ({ groups: pushed, mappedGroups }: Arrived): Advice => {
  if (pushed === 0)
    return {
      key: "groups",
      level: "todo",
      title: "No groups have arrived",
      detail:
        "Everybody gets the default access role. Assign groups to the application in Entra to map roles to them.",
    };
  if (mappedGroups === 0)
    return {
      key: "groups",
      level: "todo",
      title: "No group is mapped",
      detail:
        "Give a group an access role under Group mappings; until then everybody has the default one.",
    };
  return {
    key: "groups",
    level: "ok",
    title: "Groups are mapped",
    detail: `${mappedGroups} of ${pushed} give a role.`,
  };
};

const silence = ({ lastRequestAt, now }: Arrived): Advice[] =>
  lastRequestAt !== null && now.getTime() - lastRequestAt.getTime() > 2 * hour
    ? [
        {
          key: "silence",
          level: "warning",
          title: "Entra has gone quiet",
          detail:
            "Nothing has arrived for more than two hours. See whether provisioning is on, or in quarantine, in Entra.",
        },
      ]
    : [];
