/* eslint-disable */
/* tslint:disable */
// @ts-nocheck
/*
 * ---------------------------------------------------------------
 * ## THIS FILE WAS GENERATED VIA SWAGGER-TYPESCRIPT-API        ##
 * ##                                                           ##
 * ## AUTHOR: acacode                                           ##
 * ## SOURCE: https://github.com/acacode/swagger-typescript-api ##
 * ---------------------------------------------------------------
 */

export interface Account {
  id: string;
  name: string;
  email: string | null;
  userName: string | null;
  status: "active" | "disabled";
  role: {
    id: string;
    name: string;
  };
  /** `hand`: of somebody whom no directory manages; `lock`: held against the directory */
  origin: "lock" | "mapping" | "default" | "hand";
  originGroup: {
    id: string;
    name: string;
  } | null;
  drift: {
    id: string;
    name: string;
  } | null;
  lockEndsAt: string | null;
  /** the attribute condition of the rule, in words */
  originCondition: string | null;
  /** the first three by name */
  groups: {
    id: string;
    name: string;
  }[];
  groupCount: number;
  tenant: {
    id: string;
    name: string;
  };
  /** items held now */
  held: number;
  /** of the person in the directory */
  personId: string | null;
  /** made by hand, not by a directory */
  local: boolean;
  /** @format date-time */
  changedAt: string;
  /** the role with its reason, in a sentence */
  reason: string;
  directoryRole: {
    role: {
      id: string;
      name: string;
    };
    reason: string;
  } | null;
  lock: {
    role: {
      id: string;
      name: string;
    };
    reason: string | null;
    by: string | null;
    /** @format date-time */
    at: string;
    expiresAt: string | null;
    /** within a week */
    endsSoon: boolean;
  } | null;
  statusReason: string;
  allGroups: {
    id: string;
    name: string;
    mappedRole: {
      id: string;
      name: string;
    } | null;
  }[];
  identity: {
    userName: string;
    externalId: string | null;
    /** attributes that the connection shows under a name of its own */
    fields: {
      label: string;
      value: string;
    }[];
    attributes: {
      path: string;
      label: string;
      value: string;
      account: {
        id: string;
        name: string;
      } | null;
    }[];
    raw: Record<string, any>;
  } | null;
  connection: {
    id: string;
    name: string;
  } | null;
  heldChange: {
    because: "dry-run" | "guard" | "last-administrator";
    /** what the directory wants instead */
    sentences: string[];
    /** @format date-time */
    heldAt: string;
    discarded: {
      /** @format date-time */
      at: string;
      by: string;
    } | null;
  } | null;
  canSignIn: boolean;
  lastSignInAt: string | null;
  /** @format date-time */
  createdAt: string;
}

export interface AccountRow {
  id: string;
  name: string;
  email: string | null;
  userName: string | null;
  status: "active" | "disabled";
  role: {
    id: string;
    name: string;
  };
  /** `hand`: of somebody whom no directory manages; `lock`: held against the directory */
  origin: "lock" | "mapping" | "default" | "hand";
  originGroup: {
    id: string;
    name: string;
  } | null;
  drift: {
    id: string;
    name: string;
  } | null;
  lockEndsAt: string | null;
  /** the attribute condition of the rule, in words */
  originCondition: string | null;
  /** the first three by name */
  groups: {
    id: string;
    name: string;
  }[];
  groupCount: number;
  tenant: {
    id: string;
    name: string;
  };
  /** items held now */
  held: number;
  /** of the person in the directory */
  personId: string | null;
  /** made by hand, not by a directory */
  local: boolean;
  /** @format date-time */
  changedAt: string;
}

export interface Arrivals {
  firstRequestAt: string | null;
  lastRequestAt: string | null;
  testConnectionAt: string | null;
  lastRefusedAt: string | null;
  lastRefusedReason: string | null;
  /** the address it came from */
  lastRefusedFrom: string | null;
  users: number;
  activeUsers: number;
  groups: number;
  memberships: number;
  lastChangeAt: string | null;
  lastChange: string | null;
  /** counted up to 10,000 */
  requestsLastHour: number;
  attributes: {
    path: string;
    people: number | null;
  }[];
  checks: {
    id: string;
    title: string;
    /** nothing has shown yet */
    state: "done" | "todo" | "warning" | "unknown";
    /** what was seen */
    sentence: string;
    /** why it matters */
    meaning: string;
    /** where to mend it, click by click */
    clicks: string[];
    evidence: {
      kind: "entry" | "person" | "group";
      id: string;
      text: string;
    }[];
    /** it may be so on purpose, and be muted */
    isChoice: boolean;
    muted: {
      reason: string;
      by: string;
      /** @format date-time */
      at: string;
    } | null;
  }[];
}

export interface Asset {
  id: string;
  tag: string;
  name: string;
  serial: string | null;
  model: {
    id: string;
    name: string;
  } | null;
  category: {
    id: string;
    name: string;
  } | null;
  status: {
    id: string;
    name: string;
    kind: "deployable" | "pending" | "undeployable" | "archived";
  };
  location: {
    id: string;
    name: string;
  } | null;
  holder: {
    id: string;
    name: string;
    status: "active" | "disabled";
  } | null;
  tenant: {
    id: string;
    name: string;
  };
  /** @format date-time */
  changedAt: string;
  manufacturer: string | null;
  purchasedOn: string | null;
  cost: number | null;
  notes: string | null;
  /** @format date-time */
  createdAt: string;
  custody: Custody | null;
}

export interface AssetRow {
  id: string;
  tag: string;
  name: string;
  serial: string | null;
  model: {
    id: string;
    name: string;
  } | null;
  category: {
    id: string;
    name: string;
  } | null;
  status: {
    id: string;
    name: string;
    kind: "deployable" | "pending" | "undeployable" | "archived";
  };
  location: {
    id: string;
    name: string;
  } | null;
  holder: {
    id: string;
    name: string;
    status: "active" | "disabled";
  } | null;
  tenant: {
    id: string;
    name: string;
  };
  /** @format date-time */
  changedAt: string;
}

export interface AttributeReading {
  state: "running" | "done";
  total: number;
  done: number;
  /** people of whom a value is given in another form now */
  changed: number;
  /** @format date-time */
  startedAt: string;
  finishedAt: string | null;
}

export interface ClientSecret {
  id: string;
  label: string;
  prefix: string;
  /** @format date-time */
  createdAt: string;
  createdBy: string | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  state: "live" | "expired" | "revoked";
}

export interface Collision {
  id: string;
  /** suggested; same: one person, joined; apart: two people */
  state: "suggested" | "same" | "apart";
  /** 0 to 100; from 90 on it is certain */
  score: number;
  reasons: string[];
  local: {
    name: string;
    email: string | null;
    accountId: string;
    held: number;
  };
  person: {
    name: string;
    email: string | null;
    accountId: string | null;
  };
  decidedAt: string | null;
  decidedBy: string | null;
}

export interface Connection {
  id: string;
  name: string;
  tenant: {
    id: string;
    name: string;
  };
  /** Entra calls it the Tenant URL */
  endpoint: string;
  defaultRole: {
    id: string;
    name: string;
  } | null;
  /** @format date-time */
  createdAt: string;
  liveTokens: number;
  lastRequestAt: string | null;
  users: number;
  groups: number;
}

export interface ConnectionAttribute {
  id: string;
  urn: string;
  name: string;
  type: "string" | "boolean" | "integer" | "decimal" | "dateTime" | "reference";
  multiValued: boolean;
  caseExact: boolean;
  description: string;
  shownAs: string | null;
}

export interface ConnectionSwitch {
  key: string;
  group: "unknown" | "quirks";
  title: string;
  /** what happens when it is on, and when it is off */
  does: string;
  neededBy: string;
  /** the clause of an RFC, or rows of the corpus */
  source: string;
  default: boolean;
  on: boolean;
}

export interface Custody {
  id: string;
  asset: {
    id: string;
    tag: string;
    name: string;
    model: string | null;
    category: string | null;
  };
  account: {
    id: string;
    name: string;
  };
  /** @format date-time */
  checkedOutAt: string;
  checkedOutBy: string | null;
  dueOn: string | null;
  note: string | null;
  endedAt: string | null;
  endedBy: string | null;
  endNote: string | null;
  outcome: ("returned" | "written-off") | null;
}

export interface Explanation {
  role: {
    id: string;
    name: string;
  };
  /** the role with the reason that won */
  sentence: string;
  /** all that could give a role here, in the order in which they are asked */
  candidates: {
    /** `hand`: of somebody whom no directory manages; `lock`: held against the directory */
    origin: "lock" | "mapping" | "default" | "hand";
    role: {
      id: string;
      name: string;
    };
    group: {
      id: string;
      name: string;
    } | null;
    wins: boolean;
    sentence: string;
  }[];
  /** where the rules give another role than the one in force */
  pending: string | null;
  status: {
    status: "active" | "disabled";
    sentence: string;
  };
  /** what made it so: the change in the ledger, with its cause */
  because: {
    of: "role" | "status";
    entry: LedgerEntry;
  }[];
}

export interface FederatedCredential {
  id: string;
  /**
   * @minLength 1
   * @maxLength 100
   * @pattern \S
   */
  label: string;
  /**
   * @minLength 1
   * @maxLength 500
   * @pattern ^\S(.*\S)?$
   */
  issuer: string;
  /**
   * @minLength 1
   * @maxLength 500
   * @pattern ^\S(.*\S)?$
   */
  subject: string;
  /**
   * @minLength 1
   * @maxLength 500
   * @pattern ^\S(.*\S)?$
   */
  audience: string;
  keysUrl: string | null;
  /** of the keys that were given */
  keyIds: string[];
  /** @format date-time */
  createdAt: string;
  createdBy: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  state: "live" | "revoked";
}

export interface FilterAttribute {
  id: string;
  label: string;
  type: "string" | "boolean" | "integer" | "decimal" | "dateTime" | "reference";
  connection: {
    id: string;
    name: string;
  };
}

export interface GroupMapping {
  group: {
    id: string;
    name: string;
    externalId: string | null;
    deleted: boolean;
  } | null;
  /** `is` means any of the values; `present` takes none */
  attribute: {
    /**
     * @minLength 1
     * @maxLength 300
     * @pattern \S
     */
    path: string;
    operator: "is" | "starts-with" | "ends-with" | "domain" | "present";
    /** @maxItems 100 */
    values: string[];
  } | null;
  /** what the rule asks for, in words */
  sentence: string;
  /** of the group */
  members: number | null;
  /** why nobody gets anything by it */
  blocked: string | null;
  role: {
    id: string;
    name: string;
  } | null;
  tenant: {
    id: string;
    name: string;
  } | null;
  priority: number | null;
}

export interface HeldChange {
  /** of the person in the directory */
  id: string;
  person: {
    id: string;
    name: string;
  };
  /** none for whoever has no Sub Account yet */
  accountId: string | null;
  because: "dry-run" | "guard" | "last-administrator";
  kind:
    | "disabled"
    | "moved"
    | "role-changed"
    | "created"
    | "enabled"
    | "identity-changed";
  /** what would happen */
  sentences: string[];
  /** @format date-time */
  heldAt: string;
  cause: {
    kind: string;
    id: string | null;
    sentence: string;
  };
  discarded: {
    /** @format date-time */
    at: string;
    by: string;
  } | null;
}

export interface LedgerCause {
  id: string;
  kind: "scim" | "administrator" | "rules" | "undo" | "system";
  sentence: string;
  actor: string;
  /** @format date-time */
  at: string;
  effects: number;
}

export interface LedgerDetail {
  id: string;
  /** @format date-time */
  at: string;
  action: string;
  sentence: string;
  subject: {
    kind: string;
    id: string;
    name: string;
  };
  actor: string;
  cause: {
    kind: "scim" | "administrator" | "rules" | "undo" | "system";
    id: string | null;
    sentence: string;
  };
  before: Record<string, any> | null;
  after: Record<string, any> | null;
  actorId: string | null;
  tenant: {
    id: string;
    name: string;
  } | null;
  difference: {
    label: string;
    before: string | null;
    after: string | null;
  }[];
  seal: {
    number: number;
    hash: string;
    /** @format date-time */
    sealedAt: string;
  } | null;
}

export interface LedgerEntry {
  id: string;
  /** @format date-time */
  at: string;
  action: string;
  sentence: string;
  subject: {
    kind: string;
    id: string;
    name: string;
  };
  actor: string;
  cause: {
    kind: "scim" | "administrator" | "rules" | "undo" | "system";
    id: string | null;
    sentence: string;
  };
  before: Record<string, any> | null;
  after: Record<string, any> | null;
}

export interface LobbyPerson {
  /** of the person in the directory */
  id: string;
  name: string;
  email: string | null;
  /** in the directory */
  active: boolean;
  connection: {
    id: string;
    name: string;
  };
  /** the first three by name */
  groups: {
    id: string;
    name: string;
  }[];
  groupCount: number;
  /** why they wait */
  reason: string;
  /** @format date-time */
  since: string;
}

export interface LogRetention {
  /** null: for ever */
  keepDays: number | null;
  defaultKeepDays: number;
}

export interface Me {
  account: {
    id: string;
    name: string;
    email: string | null;
  };
  organisation: {
    id: string;
    name: string;
  };
  tenant: {
    id: string;
    name: string;
    isSuper: boolean;
  };
  role: {
    id: string;
    key: "administrator" | "editor" | "viewer" | "loanee" | null;
    name: string;
  };
  permissions: string[];
  /** Active accounts of the same person, one in each tenant, this one too */
  accounts: {
    id: string;
    tenant: {
      id: string;
      name: string;
    };
    role: {
      id: string;
      name: string;
    };
  }[];
}

export interface OfferedAttribute {
  urn: string;
  name: string;
  /** about how many have it */
  people: number;
  examples: string[];
  guess: {
    type:
      | "string"
      | "boolean"
      | "integer"
      | "decimal"
      | "dateTime"
      | "reference";
    multiValued: boolean;
  } | null;
}

export interface Overview {
  accounts: {
    active: number;
    disabled: number;
    locked: number;
    /** locked in a role that the directory would not give */
    drifted: number;
    /** whose lock ends within a week */
    ending: number;
  };
  connections: {
    total: number;
    receiving: number;
  };
  groups: {
    total: number;
    mapped: number;
  };
  assets: {
    total: number;
    held: number;
    available: number;
  };
  recoveries: {
    open: number;
    items: number;
  };
  recentChanges: LedgerEntry[];
}

export interface PermissionNoun {
  noun: string;
  label: string;
  verbs: {
    verb: string;
    permission: string;
    label: string;
    /** what somebody who has it can do */
    sentence: string;
  }[];
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: {
    path: string;
    message: string;
  }[];
}

export interface ProvisioningLogEntry {
  id: string;
  /** @format date-time */
  at: string;
  connection: {
    id: string;
    name: string;
  };
  method: string;
  path: string;
  status: number;
  outcome:
    | "created"
    | "changed"
    | "unchanged"
    | "deleted"
    | "read"
    | "refused"
    | "failed";
  resourceType: ("User" | "Group") | null;
  resource: {
    id: string;
    name: string;
  } | null;
  summary: string;
  ignored: string[];
  durationMs: number;
}

export interface Recovery {
  id: string;
  account: {
    id: string;
    name: string;
    email: string | null;
  };
  /** @format date-time */
  openedAt: string;
  openedBecause: string;
  closedAt: string | null;
  closedBecause: string | null;
  /** items still out, now or when it was closed */
  outstanding: number;
  /** items returned or written off */
  returned: number;
  items: Custody[];
}

export interface RecoveryRow {
  id: string;
  account: {
    id: string;
    name: string;
    email: string | null;
  };
  /** @format date-time */
  openedAt: string;
  openedBecause: string;
  closedAt: string | null;
  closedBecause: string | null;
  /** items still out, now or when it was closed */
  outstanding: number;
  /** items returned or written off */
  returned: number;
}

export interface Rehire {
  id: string;
  employeeNumber: string;
  /** suggested; same: one person, joined; apart: two people */
  state: "suggested" | "same" | "apart";
  former: {
    name: string;
    email: string | null;
    /** their Sub Account */
    accountId: string | null;
    leftAt: string | null;
    /** items they hold under their old Sub Accounts */
    held: number;
  };
  returned: {
    name: string;
    email: string | null;
    /** their Sub Account */
    accountId: string | null;
    /** @format date-time */
    since: string;
  };
  /** @format date-time */
  suggestedAt: string;
  decidedAt: string | null;
  decidedBy: string | null;
}

export interface RequestLimits {
  limit: {
    /**
     * @min 1
     * @max 100000
     */
    perSecond: number;
    /**
     * at once, after a rest
     * @min 1
     * @max 1000000
     */
    burst: number;
  } | null;
  /** no lower limit can be set */
  lowestPerSecond: number;
  /** requests told to come back later (429) */
  refusedLastHour: number;
  lastRefusedAt: string | null;
}

export interface Role {
  id: string;
  key: "administrator" | "editor" | "viewer" | "loanee" | null;
  name: string;
  description: string;
  permissions: string[];
  /** what it is limited to; null is no limit */
  scope: {
    /** @maxItems 500 */
    tenantIds: string[] | null;
    /** @maxItems 500 */
    locationIds: string[] | null;
    /** @maxItems 500 */
    categoryIds: string[] | null;
  };
  /** it may do no more than you, so you may give it */
  grantable: boolean;
}

export interface RoleApplication {
  id: string;
  state: "running" | "done" | "failed";
  total: number;
  done: number;
  changed: number;
  /** @format date-time */
  startedAt: string;
  finishedAt: string | null;
  /** why; where it has not finished, it is tried again by itself */
  error: string | null;
}

export interface RoleDetail {
  id: string;
  key: "administrator" | "editor" | "viewer" | "loanee" | null;
  name: string;
  description: string;
  permissions: string[];
  /** what it is limited to; null is no limit */
  scope: {
    /** @maxItems 500 */
    tenantIds: string[] | null;
    /** @maxItems 500 */
    locationIds: string[] | null;
    /** @maxItems 500 */
    categoryIds: string[] | null;
  };
  /** it may do no more than you, so you may give it */
  grantable: boolean;
  /** the locations and categories that it is limited to, by name */
  places: {
    id: string;
    name: string;
    tenant: {
      id: string;
      name: string;
    };
  }[];
  usage: {
    /** of all that holds on to the role */
    total: number;
    /** Sub Accounts that have it */
    accounts: number;
    /** role locks to it */
    locks: number;
    /** rules that give it: group mappings and attribute rules */
    mappings: number;
    /** connections whose default access role it is */
    defaults: number;
    sentence: string;
  };
}

export interface RuleEffect {
  /** looked at in this answer */
  people: number;
  /** people of the connection */
  total: number;
  /** `position` of the next request; null at the end */
  next: string | null;
  counts: {
    /** get access to a tenant */
    gain: number;
    /** lose access to a tenant */
    lose: number;
    /** lose one tenant and get another */
    move: number;
    /** get another access role */
    role: number;
    toLobby: number;
    fromLobby: number;
    becomeAdministrator: number;
    loseAdministrator: number;
    /** lose a tenant in which a lock keeps their role */
    locked: number;
  };
  /** the first 100 of this answer */
  changes: {
    person: {
      id: string;
      name: string;
    };
    kind: "lose" | "move" | "toLobby" | "gain" | "fromLobby" | "role";
    from: {
      tenant: {
        id: string;
        name: string;
      };
      role: {
        id: string;
        name: string;
      };
    } | null;
    to: {
      tenant: {
        id: string;
        name: string;
      };
      role: {
        id: string;
        name: string;
      };
    } | null;
    becomesAdministrator: boolean;
    losesAdministrator: boolean;
  }[];
}

export interface Safeguard {
  mode: "live" | "dry-run";
  guard: {
    /**
     * @min 1
     * @max 1000000
     */
    people: number;
    /**
     * of all people; the larger counts
     * @min 0
     * @max 100
     */
    percent: number;
    /**
     * @min 1
     * @max 10080
     */
    minutes: number;
  } | null;
  trippedAt: string | null;
  /** people who lost something before the guard stepped in */
  passed: number;
  /** people whose changes wait for an administrator */
  held: number;
  discarded: number;
  byKind: {
    kind:
      | "disabled"
      | "moved"
      | "role-changed"
      | "created"
      | "enabled"
      | "identity-changed";
    people: number;
  }[];
  application: RoleApplication | null;
}

export interface Simulation {
  person: {
    id: string;
    name: string;
  } | null;
  rules: {
    /** 1 is asked first */
    place: number;
    asks: string;
    tenant: {
      id: string;
      name: string;
    };
    role: {
      id: string;
      name: string;
    };
    outcome: "decides" | "overruled" | "blocked" | "passes-by";
    why: string;
  }[];
  accounts: {
    tenant: {
      id: string;
      name: string;
    };
    role: {
      id: string;
      name: string;
    };
    status: "active" | "disabled";
    why: string;
  }[];
  /** in the lobby */
  isWaiting: boolean;
  summary: string;
}

export interface Tenant {
  id: string;
  name: string;
  /** the organisation's top-level view */
  isSuper: boolean;
  archivedAt: string | null;
  /** Active Sub Accounts */
  people: number;
  /** Disabled Sub Accounts */
  disabled: number;
  assets: number;
  /** Disabled people who still hold something */
  disabledHolders: number;
  connections: number;
  /** connections whose last call was refused */
  failingConnections: number;
}

export interface Token {
  id: string;
  label: string;
  prefix: string;
  /** @format date-time */
  createdAt: string;
  createdBy: string | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  state: "live" | "expired" | "revoked";
}

export interface Undo {
  id: string;
  /** what is undone, in words */
  what: string;
  state: "planned" | "running" | "done";
  /** @format date-time */
  plannedAt: string;
  plannedBy: string;
  startedAt: string | null;
  finishedAt: string | null;
  planned: {
    things: number;
    /** entries of the ledger */
    entries: number;
  };
  done: {
    things: number;
    /** entries of the ledger */
    entries: number;
  };
  refused: {
    things: number;
    /** entries of the ledger */
    entries: number;
  };
}

export interface UndoEffect {
  /** how many were looked at for this answer */
  people: number;
  total: number;
  changes: number;
  /** whom it changes: the first of them */
  names: string[];
  /** where to go on; null when all were looked at */
  next: string | null;
}

export interface UndoItem {
  id: string;
  state: "planned" | "done" | "refused";
  label: string;
  subject: {
    kind: string;
    id: string | null;
    name: string;
  };
  entries: number;
  /** the newest entry it takes back */
  entryId: string | null;
  difference: {
    label: string;
    before: string | null;
    after: string | null;
  }[];
  consequence: string | null;
  /** whether it changes others too, as its effect tells */
  reaches: boolean;
  /** why it is not undone */
  why: string | null;
  /** where it goes back when all of this cause is undone */
  causeId: string | null;
}

export namespace Api {
  /**
   * No description
   * @tags Access
   * @name GetSetup
   * @request GET:/api/v1/setup
   */
  export namespace GetSetup {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @maxLength 200 */
      token?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      /** no organisation exists yet */
      needed: boolean;
      /** the token is the one of the printed link */
      valid: boolean;
    };
  }

  /**
   * No description
   * @tags Access
   * @name CompleteSetup
   * @request POST:/api/v1/setup
   */
  export namespace CompleteSetup {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /** @maxLength 200 */
      token: string;
      /**
       * @minLength 1
       * @maxLength 200
       * @pattern \S
       */
      organisation: string;
      /**
       * @minLength 1
       * @maxLength 200
       * @pattern \S
       */
      name: string;
      /**
       * @format email
       * @maxLength 254
       */
      email: string;
      /** @maxLength 1024 */
      password: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Me;
  }

  /**
   * @description Needs accounts:sign-in: Make the one-time link by which a person sets a password.
   * @tags Access
   * @name CreateSignInLink
   * @request POST:/api/v1/accounts/{id}/sign-in-link
   * @secure
   */
  export namespace CreateSignInLink {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      /** shown once */
      url: string;
      /** @format date-time */
      expiresAt: string;
    };
  }

  /**
   * No description
   * @tags Access
   * @name GetSignInLink
   * @request GET:/api/v1/sign-in-links/{token}
   */
  export namespace GetSignInLink {
    export type RequestParams = {
      /** @maxLength 200 */
      token: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      valid: boolean;
      name?: string;
      email?: string;
      organisation?: string;
    };
  }

  /**
   * No description
   * @tags Access
   * @name UseSignInLink
   * @request POST:/api/v1/sign-in-links/{token}
   */
  export namespace UseSignInLink {
    export type RequestParams = {
      /** @maxLength 200 */
      token: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** @maxLength 1024 */
      password: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Me;
  }

  /**
   * @description Needs roles:view: See what each access role may do, and who has it.
   * @tags Access roles
   * @name ListPermissions
   * @request GET:/api/v1/permissions
   * @secure
   */
  export namespace ListPermissions {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: PermissionNoun[];
    };
  }

  /**
   * No description
   * @tags Access roles
   * @name ListRoles
   * @request GET:/api/v1/roles
   * @secure
   */
  export namespace ListRoles {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Role[];
    };
  }

  /**
   * @description Needs roles:administer: Make, change and delete access roles, up to what they may do themselves.
   * @tags Access roles
   * @name CreateRole
   * @request POST:/api/v1/roles
   * @secure
   */
  export namespace CreateRole {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      name: string;
      /** @maxLength 500 */
      description: string;
      /** @maxItems 500 */
      permissions: string[];
      /** limits; without ids there is none */
      scope?: {
        /** @maxItems 500 */
        tenantIds?: string[] | null;
        /** @maxItems 500 */
        locationIds?: string[] | null;
        /** @maxItems 500 */
        categoryIds?: string[] | null;
      };
    };
    export type RequestHeaders = {};
    export type ResponseBody = RoleDetail;
  }

  /**
   * @description Needs roles:view: See what each access role may do, and who has it.
   * @tags Access roles
   * @name CountRoleHolders
   * @request GET:/api/v1/roles/counts
   * @secure
   */
  export namespace CountRoleHolders {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: {
        roleId: string;
        accounts: number;
      }[];
    };
  }

  /**
   * @description Needs roles:view: See what each access role may do, and who has it.
   * @tags Access roles
   * @name GetRole
   * @request GET:/api/v1/roles/{id}
   * @secure
   */
  export namespace GetRole {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = RoleDetail;
  }

  /**
   * @description Needs roles:administer: Make, change and delete access roles, up to what they may do themselves.
   * @tags Access roles
   * @name ChangeRole
   * @request PUT:/api/v1/roles/{id}
   * @secure
   */
  export namespace ChangeRole {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      name: string;
      /** @maxLength 500 */
      description: string;
      /** @maxItems 500 */
      permissions: string[];
      /** limits; without ids there is none */
      scope?: {
        /** @maxItems 500 */
        tenantIds?: string[] | null;
        /** @maxItems 500 */
        locationIds?: string[] | null;
        /** @maxItems 500 */
        categoryIds?: string[] | null;
      };
    };
    export type RequestHeaders = {};
    export type ResponseBody = RoleDetail;
  }

  /**
   * @description Needs roles:administer: Make, change and delete access roles, up to what they may do themselves.
   * @tags Access roles
   * @name DeleteRole
   * @request DELETE:/api/v1/roles/{id}
   * @secure
   */
  export namespace DeleteRole {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {
      /**
       * the access role to put in its place everywhere
       * @format uuid
       */
      replaceBy?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * @description Needs ledger:view: See every change with its cause.
   * @tags Access roles
   * @name GetRoleHistory
   * @request GET:/api/v1/roles/{id}/history
   * @secure
   */
  export namespace GetRoleHistory {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: LedgerEntry[];
      next: string | null;
      total: number;
    };
  }

  /**
   * No description
   * @tags Access
   * @name SignIn
   * @request POST:/api/v1/sign-in
   */
  export namespace SignIn {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /** @maxLength 254 */
      email: string;
      /** @maxLength 1024 */
      password: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Me;
  }

  /**
   * No description
   * @tags Access
   * @name SignOut
   * @request POST:/api/v1/sign-out
   * @secure
   */
  export namespace SignOut {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * No description
   * @tags Access
   * @name SignOutEverywhere
   * @request POST:/api/v1/sign-out-everywhere
   * @secure
   */
  export namespace SignOutEverywhere {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * No description
   * @tags Access
   * @name GetMe
   * @request GET:/api/v1/me
   * @secure
   */
  export namespace GetMe {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Me;
  }

  /**
   * No description
   * @tags Access
   * @name ChangePassword
   * @request POST:/api/v1/me/password
   * @secure
   */
  export namespace ChangePassword {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /** @maxLength 1024 */
      current: string;
      /** @maxLength 1024 */
      next: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * No description
   * @tags Access
   * @name SwitchAccount
   * @request PUT:/api/v1/me/account
   * @secure
   */
  export namespace SwitchAccount {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /** @format uuid */
      accountId: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Me;
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Sub Accounts
   * @name ListAccounts
   * @request GET:/api/v1/accounts
   * @secure
   */
  export namespace ListAccounts {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      /** @maxLength 200 */
      search?: string;
      status?: "active" | "disabled";
      /** @format uuid */
      roleId?: string;
      /** `hand`: of somebody whom no directory manages; `lock`: held against the directory */
      origin?: "lock" | "mapping" | "default" | "hand";
      /** `drifted`: a lock keeps a role that the directory would not give; `ending`: the lock ends within a week */
      lock?: "drifted" | "ending";
      /** @format uuid */
      groupId?: string;
      /**
       * a custom attribute; goes with attributeValue
       * @format uuid
       */
      attributeId?: string;
      /**
       * @minLength 1
       * @maxLength 500
       */
      attributeValue?: string;
      /** @format uuid */
      tenantId?: string;
      sort?: "name" | "-name" | "changed" | "-changed" | "email" | "-email";
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: AccountRow[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs accounts:create: Add people by hand.
   * @tags Sub Accounts
   * @name CreateAccount
   * @request POST:/api/v1/accounts
   * @secure
   */
  export namespace CreateAccount {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 200
       * @pattern \S
       */
      name: string;
      /**
       * @format email
       * @maxLength 254
       */
      email: string;
      /** @format uuid */
      roleId: string;
      /**
       * how they are recognised when the directory sends them
       * @minLength 1
       * @maxLength 100
       */
      employeeNumber?: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Account;
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Sub Accounts
   * @name ListAccountAttributes
   * @request GET:/api/v1/accounts/attributes
   * @secure
   */
  export namespace ListAccountAttributes {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: FilterAttribute[];
    };
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Sub Accounts
   * @name GetAccount
   * @request GET:/api/v1/accounts/{id}
   * @secure
   */
  export namespace GetAccount {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Account;
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Sub Accounts
   * @name ExplainAccount
   * @request GET:/api/v1/accounts/{id}/explanation
   * @secure
   */
  export namespace ExplainAccount {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Explanation;
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name LockRole
   * @request PUT:/api/v1/accounts/{id}/lock
   * @secure
   */
  export namespace LockRole {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** @format uuid */
      roleId?: string;
      /** @maxLength 500 */
      reason?: string;
      /**
       * when the directory decides again by itself
       * @format date-time
       */
      expiresAt?: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Account;
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name UnlockRole
   * @request DELETE:/api/v1/accounts/{id}/lock
   * @secure
   */
  export namespace UnlockRole {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Account;
  }

  /**
   * @description Needs accounts:edit: Disable and enable people who were added by hand.
   * @tags Sub Accounts
   * @name SetAccountStatus
   * @request PUT:/api/v1/accounts/{id}/status
   * @secure
   */
  export namespace SetAccountStatus {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      status: "active" | "disabled";
    };
    export type RequestHeaders = {};
    export type ResponseBody = Account;
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Sub Accounts
   * @name GetAccountHistory
   * @request GET:/api/v1/accounts/{id}/history
   * @secure
   */
  export namespace GetAccountHistory {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: LedgerEntry[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Role assignments
   * @name ListGroupMappings
   * @request GET:/api/v1/connections/{id}/group-mappings
   * @secure
   */
  export namespace ListGroupMappings {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      /** mapped ones by priority, then the others by name */
      items: GroupMapping[];
      application: RoleApplication | null;
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Role assignments
   * @name SaveGroupMappings
   * @request PUT:/api/v1/connections/{id}/group-mappings
   * @secure
   */
  export namespace SaveGroupMappings {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** @maxItems 2000 */
      mappings: {
        /** @format uuid */
        groupId?: string;
        /** `is` means any of the values; `present` takes none */
        attribute?: {
          /**
           * @minLength 1
           * @maxLength 300
           * @pattern \S
           */
          path: string;
          operator: "is" | "starts-with" | "ends-with" | "domain" | "present";
          /** @maxItems 100 */
          values: string[];
        };
        /** @format uuid */
        roleId: string;
        /** @format uuid */
        tenantId?: string;
      }[];
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: GroupMapping[];
      application: RoleApplication;
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Role assignments
   * @name PreviewGroupMappings
   * @request POST:/api/v1/connections/{id}/group-mappings/preview
   * @secure
   */
  export namespace PreviewGroupMappings {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** @maxItems 2000 */
      mappings: {
        /** @format uuid */
        groupId?: string;
        /** `is` means any of the values; `present` takes none */
        attribute?: {
          /**
           * @minLength 1
           * @maxLength 300
           * @pattern \S
           */
          path: string;
          operator: "is" | "starts-with" | "ends-with" | "domain" | "present";
          /** @maxItems 100 */
          values: string[];
        };
        /** @format uuid */
        roleId: string;
        /** @format uuid */
        tenantId?: string;
      }[];
      /** @format uuid */
      defaultRoleId?: string | null;
      /** @format uuid */
      position?: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = RuleEffect;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Role assignments
   * @name SimulateRules
   * @request POST:/api/v1/connections/{id}/simulation
   * @secure
   */
  export namespace SimulateRules {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** @format uuid */
      personId?: string;
      active?: boolean;
      /** @maxItems 500 */
      groupIds?: string[];
      /** @maxItems 100 */
      attributes?: {
        /**
         * @minLength 1
         * @maxLength 300
         */
        path: string;
        /** @maxLength 1000 */
        value: string;
      }[];
      /** @maxItems 2000 */
      mappings?: {
        /** @format uuid */
        groupId?: string;
        /** `is` means any of the values; `present` takes none */
        attribute?: {
          /**
           * @minLength 1
           * @maxLength 300
           * @pattern \S
           */
          path: string;
          operator: "is" | "starts-with" | "ends-with" | "domain" | "present";
          /** @maxItems 100 */
          values: string[];
        };
        /** @format uuid */
        roleId: string;
        /** @format uuid */
        tenantId?: string;
      }[];
      /** @format uuid */
      defaultRoleId?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Simulation;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Role assignments
   * @name GetRoleApplication
   * @request GET:/api/v1/role-applications/{id}
   * @secure
   */
  export namespace GetRoleApplication {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = RoleApplication;
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Lobby
   * @name ListLobby
   * @request GET:/api/v1/lobby
   * @secure
   */
  export namespace ListLobby {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      /** @maxLength 200 */
      search?: string;
      /** @format uuid */
      connectionId?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: LobbyPerson[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Lobby
   * @name PlacePerson
   * @request POST:/api/v1/lobby/{id}/placement
   * @secure
   */
  export namespace PlacePerson {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** @format uuid */
      tenantId: string;
      /** @format uuid */
      roleId: string;
      /** @maxLength 500 */
      reason?: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      accountId: string;
    };
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Safeguards
   * @name ListSafeguards
   * @request GET:/api/v1/safeguards
   * @secure
   */
  export namespace ListSafeguards {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: {
        connectionId: string;
        mode: "live" | "dry-run";
        trippedAt: string | null;
        held: number;
      }[];
    };
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Safeguards
   * @name GetSafeguard
   * @request GET:/api/v1/connections/{id}/safeguard
   * @secure
   */
  export namespace GetSafeguard {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Safeguard;
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Safeguards
   * @name ChangeSafeguard
   * @request PATCH:/api/v1/connections/{id}/safeguard
   * @secure
   */
  export namespace ChangeSafeguard {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      mode?: "live" | "dry-run";
      guard?: {
        /**
         * @min 1
         * @max 1000000
         */
        people: number;
        /**
         * of all people; the larger counts
         * @min 0
         * @max 100
         */
        percent: number;
        /**
         * @min 1
         * @max 10080
         */
        minutes: number;
      };
    };
    export type RequestHeaders = {};
    export type ResponseBody = Safeguard;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Safeguards
   * @name ListHeldChanges
   * @request GET:/api/v1/connections/{id}/held-changes
   * @secure
   */
  export namespace ListHeldChanges {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      kind?:
        | "disabled"
        | "moved"
        | "role-changed"
        | "created"
        | "enabled"
        | "identity-changed";
      /** @maxLength 200 */
      search?: string;
      /** @default false */
      discarded?: boolean;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: HeldChange[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Safeguards
   * @name ApplyHeldChanges
   * @request POST:/api/v1/connections/{id}/held-changes/apply
   * @secure
   */
  export namespace ApplyHeldChanges {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @maxItems 200
       * @minItems 1
       */
      personIds?: string[];
      kind?:
        | "disabled"
        | "moved"
        | "role-changed"
        | "created"
        | "enabled"
        | "identity-changed";
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      /** Sub Accounts that changed at once */
      changed: number;
      /** people who are the last Administrator of a tenant */
      stillHeld: number;
      application: RoleApplication | null;
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Safeguards
   * @name DiscardHeldChanges
   * @request POST:/api/v1/connections/{id}/held-changes/discard
   * @secure
   */
  export namespace DiscardHeldChanges {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @maxItems 200
       * @minItems 1
       */
      personIds?: string[];
      kind?:
        | "disabled"
        | "moved"
        | "role-changed"
        | "created"
        | "enabled"
        | "identity-changed";
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      people: number;
    };
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Sub Accounts
   * @name ListRehires
   * @request GET:/api/v1/rehires
   * @secure
   */
  export namespace ListRehires {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      state?: "suggested" | "same" | "apart";
      /**
       * of who left, or came back
       * @format uuid
       */
      accountId?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Rehire[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name ConfirmRehire
   * @request POST:/api/v1/rehires/{id}/confirm
   * @secure
   */
  export namespace ConfirmRehire {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Rehire;
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name KeepRehireApart
   * @request POST:/api/v1/rehires/{id}/keep-apart
   * @secure
   */
  export namespace KeepRehireApart {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Rehire;
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name SplitRehire
   * @request POST:/api/v1/rehires/{id}/split
   * @secure
   */
  export namespace SplitRehire {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Rehire;
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Sub Accounts
   * @name ListCollisions
   * @request GET:/api/v1/collisions
   * @secure
   */
  export namespace ListCollisions {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      state?: "suggested" | "same" | "apart";
      /**
       * of this Sub Account only, made by hand or from the directory
       * @format uuid
       */
      accountId?: string;
      /** only those with a score of 90 or more */
      certain?: boolean;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Collision[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name ConfirmCollision
   * @request POST:/api/v1/collisions/{id}/confirm
   * @secure
   */
  export namespace ConfirmCollision {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** hold the role that was given by hand, as a lock; else the directory's answer counts */
      keepRole: boolean;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Collision;
  }

  /**
   * @description Each for itself: what cannot be confirmed is given back with the reason, also where that is a fault of the server; the others are. Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name ConfirmCollisions
   * @request POST:/api/v1/collisions/confirm
   * @secure
   */
  export namespace ConfirmCollisions {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @maxItems 100
       * @minItems 1
       * @uniqueItems true
       */
      ids: string[];
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      confirmed: number;
      refused: {
        id: string;
        title: string;
        detail: string;
      }[];
    };
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name KeepCollisionApart
   * @request POST:/api/v1/collisions/{id}/keep-apart
   * @secure
   */
  export namespace KeepCollisionApart {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Collision;
  }

  /**
   * @description Needs accounts:lock: Change and lock a person's access role.
   * @tags Sub Accounts
   * @name SplitCollision
   * @request POST:/api/v1/collisions/{id}/split
   * @secure
   */
  export namespace SplitCollision {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Collision;
  }

  /**
   * @description Needs assets:view: See the register: assets, their fields and their history.
   * @tags Assets
   * @name ListAssets
   * @request GET:/api/v1/assets
   * @secure
   */
  export namespace ListAssets {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      /** @maxLength 200 */
      search?: string;
      /** @format uuid */
      tenantId?: string;
      /** @format uuid */
      statusId?: string;
      /** @format uuid */
      categoryId?: string;
      /** @format uuid */
      modelId?: string;
      /** @format uuid */
      locationId?: string;
      /** @format uuid */
      holderId?: string;
      held?: boolean;
      sort?: "tag" | "-tag" | "name" | "-name" | "changed" | "-changed";
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: AssetRow[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs assets:create: Register assets.
   * @tags Assets
   * @name CreateAsset
   * @request POST:/api/v1/assets
   * @secure
   */
  export namespace CreateAsset {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * Asset tag
       * @maxLength 200
       * @pattern \S
       */
      tag?: string;
      /**
       * Name
       * @maxLength 200
       */
      name?: string | null;
      /**
       * Serial number
       * @maxLength 200
       */
      serial?: string | null;
      /**
       * Model
       * @format uuid
       */
      modelId?: string | null;
      /**
       * Category
       * @format uuid
       */
      categoryId?: string | null;
      /**
       * Status
       * @format uuid
       */
      statusId?: string;
      /**
       * Location
       * @format uuid
       */
      locationId?: string | null;
      /**
       * Purchased on
       * @format date
       */
      purchasedOn?: string | null;
      /**
       * Cost
       * @min 0
       * @max 999999999999
       */
      cost?: number | null;
      /**
       * Notes
       * @maxLength 10000
       */
      notes?: string | null;
      /**
       * where to register it; only at the super tenant
       * @format uuid
       */
      tenantId?: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Asset;
  }

  /**
   * @description Needs assets:view: See the register: assets, their fields and their history.
   * @tags Assets
   * @name GetAsset
   * @request GET:/api/v1/assets/{id}
   * @secure
   */
  export namespace GetAsset {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Asset;
  }

  /**
   * @description Needs assets:edit: Change the fields of an asset.
   * @tags Assets
   * @name UpdateAsset
   * @request PATCH:/api/v1/assets/{id}
   * @secure
   */
  export namespace UpdateAsset {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * Asset tag
       * @maxLength 200
       * @pattern \S
       */
      tag?: string;
      /**
       * Name
       * @maxLength 200
       */
      name?: string | null;
      /**
       * Serial number
       * @maxLength 200
       */
      serial?: string | null;
      /**
       * Model
       * @format uuid
       */
      modelId?: string | null;
      /**
       * Category
       * @format uuid
       */
      categoryId?: string | null;
      /**
       * Status
       * @format uuid
       */
      statusId?: string;
      /**
       * Location
       * @format uuid
       */
      locationId?: string | null;
      /**
       * Purchased on
       * @format date
       */
      purchasedOn?: string | null;
      /**
       * Cost
       * @min 0
       * @max 999999999999
       */
      cost?: number | null;
      /**
       * Notes
       * @maxLength 10000
       */
      notes?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Asset;
  }

  /**
   * @description Needs assets:view: See the register: assets, their fields and their history.
   * @tags Assets
   * @name GetAssetHistory
   * @request GET:/api/v1/assets/{id}/history
   * @secure
   */
  export namespace GetAssetHistory {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: LedgerEntry[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs assets:view: See the register: assets, their fields and their history.
   * @tags Assets
   * @name ListAssetFields
   * @request GET:/api/v1/asset-fields
   * @secure
   */
  export namespace ListAssetFields {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: {
        key: string;
        label: string;
        type: "text" | "number" | "date" | "select" | "textarea";
        required: boolean;
        searchable: boolean;
        sortable: boolean;
        inList: boolean;
        options?: "models" | "categories" | "statuses" | "locations";
      }[];
    };
  }

  /**
   * @description Needs assets:view: See the register: assets, their fields and their history.
   * @tags Assets
   * @name ListAssetModels
   * @request GET:/api/v1/asset-models
   * @secure
   */
  export namespace ListAssetModels {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: {
        id: string;
        name: string;
        manufacturer: string | null;
        category: {
          id: string;
          name: string;
        } | null;
      }[];
    };
  }

  /**
   * @description Needs assets:administer: Add models, categories, statuses and locations to choose from.
   * @tags Assets
   * @name CreateAssetModel
   * @request POST:/api/v1/asset-models
   * @secure
   */
  export namespace CreateAssetModel {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = {
      /**
       * @maxLength 200
       * @pattern \S
       */
      name: string;
      /** @maxLength 200 */
      manufacturer?: string | null;
      /** @format uuid */
      categoryId?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      id: string;
      name: string;
      manufacturer: string | null;
      category: {
        id: string;
        name: string;
      } | null;
    };
  }

  /**
   * @description Needs assets:view: See the register: assets, their fields and their history.
   * @tags Assets
   * @name ListAssetCategories
   * @request GET:/api/v1/asset-categories
   * @secure
   */
  export namespace ListAssetCategories {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: {
        id: string;
        name: string;
      }[];
    };
  }

  /**
   * @description Needs assets:administer: Add models, categories, statuses and locations to choose from.
   * @tags Assets
   * @name CreateAssetCategory
   * @request POST:/api/v1/asset-categories
   * @secure
   */
  export namespace CreateAssetCategory {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = {
      /**
       * @maxLength 200
       * @pattern \S
       */
      name: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      id: string;
      name: string;
    };
  }

  /**
   * @description Needs assets:view: See the register: assets, their fields and their history.
   * @tags Assets
   * @name ListAssetStatuses
   * @request GET:/api/v1/asset-statuses
   * @secure
   */
  export namespace ListAssetStatuses {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: {
        id: string;
        name: string;
        kind: "deployable" | "pending" | "undeployable" | "archived";
      }[];
    };
  }

  /**
   * @description Needs assets:administer: Add models, categories, statuses and locations to choose from.
   * @tags Assets
   * @name CreateAssetStatus
   * @request POST:/api/v1/asset-statuses
   * @secure
   */
  export namespace CreateAssetStatus {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = {
      /**
       * @maxLength 200
       * @pattern \S
       */
      name: string;
      kind: "deployable" | "pending" | "undeployable" | "archived";
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      id: string;
      name: string;
      kind: "deployable" | "pending" | "undeployable" | "archived";
    };
  }

  /**
   * @description Needs assets:view: See the register: assets, their fields and their history.
   * @tags Assets
   * @name ListLocations
   * @request GET:/api/v1/locations
   * @secure
   */
  export namespace ListLocations {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: {
        id: string;
        name: string;
      }[];
    };
  }

  /**
   * @description Needs assets:administer: Add models, categories, statuses and locations to choose from.
   * @tags Assets
   * @name CreateLocation
   * @request POST:/api/v1/locations
   * @secure
   */
  export namespace CreateLocation {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = {
      /**
       * @maxLength 200
       * @pattern \S
       */
      name: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      id: string;
      name: string;
    };
  }

  /**
   * @description Needs custody:check-out: Hand assets out.
   * @tags Custody
   * @name CheckOut
   * @request POST:/api/v1/assets/{id}/check-out
   * @secure
   */
  export namespace CheckOut {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** @format uuid */
      accountId: string;
      /** @format date */
      dueOn?: string | null;
      /** @maxLength 1000 */
      note?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Asset;
  }

  /**
   * @description Needs custody:check-in: Take assets back, or write them off.
   * @tags Custody
   * @name CheckIn
   * @request POST:/api/v1/assets/{id}/check-in
   * @secure
   */
  export namespace CheckIn {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /** @format uuid */
      statusId?: string;
      /** @format uuid */
      locationId?: string | null;
      /** @maxLength 1000 */
      note?: string | null;
      outcome?: "returned" | "written-off";
    };
    export type RequestHeaders = {};
    export type ResponseBody = Asset;
  }

  /**
   * @description Needs custody:view: See who holds what, and the recoveries of people who left.
   * @tags Custody
   * @name ListAssetCustody
   * @request GET:/api/v1/assets/{id}/custody
   * @secure
   */
  export namespace ListAssetCustody {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Custody[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs custody:view: See who holds what, and the recoveries of people who left.
   * @tags Custody
   * @name ListHeldItems
   * @request GET:/api/v1/accounts/{id}/items
   * @secure
   */
  export namespace ListHeldItems {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      /** held now, which is the default, or ever */
      state?: "open" | "all";
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Custody[];
      next: string | null;
      total: number;
    };
  }

  /**
   * No description
   * @tags Custody
   * @name ListMyItems
   * @request GET:/api/v1/me/items
   * @secure
   */
  export namespace ListMyItems {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      /** held now, which is the default, or ever */
      state?: "open" | "all";
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Custody[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs custody:view: See who holds what, and the recoveries of people who left.
   * @tags Custody
   * @name ListRecoveries
   * @request GET:/api/v1/recoveries
   * @secure
   */
  export namespace ListRecoveries {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      state?: "open" | "closed";
      /** @maxLength 200 */
      search?: string;
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: RecoveryRow[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Needs custody:view: See who holds what, and the recoveries of people who left.
   * @tags Custody
   * @name GetRecovery
   * @request GET:/api/v1/recoveries/{id}
   * @secure
   */
  export namespace GetRecovery {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Recovery;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name ListConnections
   * @request GET:/api/v1/connections
   * @secure
   */
  export namespace ListConnections {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Connection[];
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name CreateConnection
   * @request POST:/api/v1/connections
   * @secure
   */
  export namespace CreateConnection {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      name: string;
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      id: string;
      name: string;
      tenant: {
        id: string;
        name: string;
      };
      /** Entra calls it the Tenant URL */
      endpoint: string;
      defaultRole: {
        id: string;
        name: string;
      } | null;
      /** @format date-time */
      createdAt: string;
      liveTokens: number;
      lastRequestAt: string | null;
      users: number;
      groups: number;
      /** shown this once; Entra calls it the Secret token */
      token: string;
      tokenId: string;
    };
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name GetConnection
   * @request GET:/api/v1/connections/{id}
   * @secure
   */
  export namespace GetConnection {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Connection;
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name UpdateConnection
   * @request PATCH:/api/v1/connections/{id}
   * @secure
   */
  export namespace UpdateConnection {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      name?: string;
      /**
       * null: whom no rule takes waits in the lobby
       * @format uuid
       */
      defaultRoleId?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Connection;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name GetArrivals
   * @request GET:/api/v1/connections/{id}/arrivals
   * @secure
   */
  export namespace GetArrivals {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Arrivals;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name ListAttributes
   * @request GET:/api/v1/connections/{id}/attributes
   * @secure
   */
  export namespace ListAttributes {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: ConnectionAttribute[];
      /** what people have under extension URNs and nobody has defined */
      offers: OfferedAttribute[];
      reading: AttributeReading | null;
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name DefineAttribute
   * @request POST:/api/v1/connections/{id}/attributes
   * @secure
   */
  export namespace DefineAttribute {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * of the extension, such as urn:ietf:params:scim:schemas:extension:contoso:2.0:User
       * @maxLength 250
       * @pattern ^[uU][rR][nN]:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9._:-]*[A-Za-z0-9_-]$
       */
      urn: string;
      /** @pattern ^[A-Za-z][A-Za-z0-9_-]{0,99}$ */
      name: string;
      type:
        | "string"
        | "boolean"
        | "integer"
        | "decimal"
        | "dateTime"
        | "reference";
      multiValued?: boolean;
      caseExact?: boolean;
      /** @maxLength 500 */
      description?: string;
      /**
       * what the Sub Account's page calls it; null: it is not shown by itself
       * @minLength 1
       * @maxLength 60
       * @pattern \S
       */
      shownAs?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: ConnectionAttribute[];
      /** what people have under extension URNs and nobody has defined */
      offers: OfferedAttribute[];
      reading: AttributeReading | null;
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name ChangeAttribute
   * @request PATCH:/api/v1/connections/{id}/attributes/{attributeId}
   * @secure
   */
  export namespace ChangeAttribute {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @format uuid */
      attributeId: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      type?:
        | "string"
        | "boolean"
        | "integer"
        | "decimal"
        | "dateTime"
        | "reference";
      multiValued?: boolean;
      caseExact?: boolean;
      /** @maxLength 500 */
      description?: string;
      /**
       * what the Sub Account's page calls it; null: it is not shown by itself
       * @minLength 1
       * @maxLength 60
       * @pattern \S
       */
      shownAs?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: ConnectionAttribute[];
      /** what people have under extension URNs and nobody has defined */
      offers: OfferedAttribute[];
      reading: AttributeReading | null;
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name RemoveAttribute
   * @request DELETE:/api/v1/connections/{id}/attributes/{attributeId}
   * @secure
   */
  export namespace RemoveAttribute {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @format uuid */
      attributeId: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: ConnectionAttribute[];
      /** what people have under extension URNs and nobody has defined */
      offers: OfferedAttribute[];
      reading: AttributeReading | null;
    };
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name GetBehaviour
   * @request GET:/api/v1/connections/{id}/behaviour
   * @secure
   */
  export namespace GetBehaviour {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: ConnectionSwitch[];
    };
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name SetSwitch
   * @request PUT:/api/v1/connections/{id}/behaviour/{key}
   * @secure
   */
  export namespace SetSwitch {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @maxLength 100 */
      key: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      on: boolean;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: ConnectionSwitch[];
    };
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name ListTokens
   * @request GET:/api/v1/connections/{id}/tokens
   * @secure
   */
  export namespace ListTokens {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Token[];
    };
  }

  /**
   * @description Needs provisioning:credentials: Make and revoke the tokens and client secrets of connections.
   * @tags Connections
   * @name CreateToken
   * @request POST:/api/v1/connections/{id}/tokens
   * @secure
   */
  export namespace CreateToken {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      label: string;
      /** @format date-time */
      expiresAt?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      /** shown this once */
      token: string;
      item: Token;
    };
  }

  /**
   * @description Needs provisioning:credentials: Make and revoke the tokens and client secrets of connections.
   * @tags Connections
   * @name RevokeToken
   * @request DELETE:/api/v1/connections/{id}/tokens/{tokenId}
   * @secure
   */
  export namespace RevokeToken {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @format uuid */
      tokenId: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name ListClientSecrets
   * @request GET:/api/v1/connections/{id}/client-secrets
   * @secure
   */
  export namespace ListClientSecrets {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      /** of the connection as an OAuth 2.0 client */
      clientId: string;
      tokenEndpoint: string;
      items: ClientSecret[];
    };
  }

  /**
   * @description Needs provisioning:credentials: Make and revoke the tokens and client secrets of connections.
   * @tags Connections
   * @name CreateClientSecret
   * @request POST:/api/v1/connections/{id}/client-secrets
   * @secure
   */
  export namespace CreateClientSecret {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      label: string;
      /** @format date-time */
      expiresAt?: string | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      /** of the connection as an OAuth 2.0 client */
      clientId: string;
      tokenEndpoint: string;
      /** shown this once */
      secret: string;
      item: ClientSecret;
    };
  }

  /**
   * @description Needs provisioning:credentials: Make and revoke the tokens and client secrets of connections.
   * @tags Connections
   * @name RevokeClientSecret
   * @request DELETE:/api/v1/connections/{id}/client-secrets/{secretId}
   * @secure
   */
  export namespace RevokeClientSecret {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @format uuid */
      secretId: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name MuteCheck
   * @request PUT:/api/v1/connections/{id}/checks/{checkId}/mute
   * @secure
   */
  export namespace MuteCheck {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @maxLength 50 */
      checkId: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 300
       * @pattern \S
       */
      reason: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name UnmuteCheck
   * @request DELETE:/api/v1/connections/{id}/checks/{checkId}/mute
   * @secure
   */
  export namespace UnmuteCheck {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @maxLength 50 */
      checkId: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name ListFederatedCredentials
   * @request GET:/api/v1/connections/{id}/federated-credentials
   * @secure
   */
  export namespace ListFederatedCredentials {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: FederatedCredential[];
    };
  }

  /**
   * @description Needs provisioning:credentials: Make and revoke the tokens and client secrets of connections.
   * @tags Connections
   * @name CreateFederatedCredential
   * @request POST:/api/v1/connections/{id}/federated-credentials
   * @secure
   */
  export namespace CreateFederatedCredential {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      label: string;
      /**
       * @minLength 1
       * @maxLength 500
       * @pattern ^\S(.*\S)?$
       */
      issuer: string;
      /**
       * @minLength 1
       * @maxLength 500
       * @pattern ^\S(.*\S)?$
       */
      subject: string;
      /**
       * @minLength 1
       * @maxLength 500
       * @pattern ^\S(.*\S)?$
       */
      audience: string;
      /**
       * where the issuer's JSON Web Key Set is
       * @maxLength 500
       */
      keysUrl?: string;
      /** the issuer's JSON Web Key Set itself, instead of its address */
      keys?: {
        /**
         * @maxItems 20
         * @minItems 1
         */
        keys: Record<string, any>[];
      };
    };
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: FederatedCredential[];
    };
  }

  /**
   * @description Needs provisioning:credentials: Make and revoke the tokens and client secrets of connections.
   * @tags Connections
   * @name RevokeFederatedCredential
   * @request DELETE:/api/v1/connections/{id}/federated-credentials/{federatedId}
   * @secure
   */
  export namespace RevokeFederatedCredential {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @format uuid */
      federatedId: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name GetRequestLimit
   * @request GET:/api/v1/connections/{id}/request-limit
   * @secure
   */
  export namespace GetRequestLimit {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = RequestLimits;
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Connections
   * @name SetRequestLimit
   * @request PUT:/api/v1/connections/{id}/request-limit
   * @secure
   */
  export namespace SetRequestLimit {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      limit: {
        /**
         * @min 1
         * @max 100000
         */
        perSecond: number;
        /**
         * at once, after a rest
         * @min 1
         * @max 1000000
         */
        burst: number;
      } | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = RequestLimits;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Provisioning log
   * @name GetLogRetention
   * @request GET:/api/v1/provisioning-log/retention
   * @secure
   */
  export namespace GetLogRetention {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = LogRetention;
  }

  /**
   * @description Needs provisioning:edit: Make and change connections, their default access role and role assignment rules.
   * @tags Provisioning log
   * @name SetLogRetention
   * @request PUT:/api/v1/provisioning-log/retention
   * @secure
   */
  export namespace SetLogRetention {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @min 1
       * @max 36500
       */
      keepDays: number | null;
    };
    export type RequestHeaders = {};
    export type ResponseBody = LogRetention;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Provisioning log
   * @name ListProvisioningLog
   * @request GET:/api/v1/provisioning-log
   * @secure
   */
  export namespace ListProvisioningLog {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      /** @format uuid */
      connectionId?: string;
      /** @format uuid */
      personId?: string;
      /** @format uuid */
      groupId?: string;
      outcome?:
        | "created"
        | "changed"
        | "unchanged"
        | "deleted"
        | "read"
        | "refused"
        | "failed";
      /** @maxLength 200 */
      search?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: ProvisioningLogEntry[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description Everything that the filters leave, newest first, as CSV, or as a JSON object a line with the bodies. Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Provisioning log
   * @name ExportProvisioningLog
   * @request GET:/api/v1/provisioning-log/export
   * @secure
   */
  export namespace ExportProvisioningLog {
    export type RequestParams = {};
    export type RequestQuery = {
      /** @format uuid */
      connectionId?: string;
      /** @format uuid */
      personId?: string;
      /** @format uuid */
      groupId?: string;
      outcome?:
        | "created"
        | "changed"
        | "unchanged"
        | "deleted"
        | "read"
        | "refused"
        | "failed";
      /** @maxLength 200 */
      search?: string;
      format?: "csv" | "ndjson";
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Provisioning log
   * @name GetProvisioningLogEntry
   * @request GET:/api/v1/provisioning-log/{id}
   * @secure
   */
  export namespace GetProvisioningLogEntry {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      id: string;
      /** @format date-time */
      at: string;
      connection: {
        id: string;
        name: string;
      };
      method: string;
      path: string;
      status: number;
      outcome:
        | "created"
        | "changed"
        | "unchanged"
        | "deleted"
        | "read"
        | "refused"
        | "failed";
      resourceType: ("User" | "Group") | null;
      resource: {
        id: string;
        name: string;
      } | null;
      summary: string;
      ignored: string[];
      durationMs: number;
      /** the body as it came */
      request: string | null;
      response: string | null;
      /** the first 200 */
      effects: LedgerEntry[];
    };
  }

  /**
   * @description Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name GetAttributeMapping
   * @request GET:/api/v1/connections/{id}/attribute-mapping
   * @secure
   */
  export namespace GetAttributeMapping {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      users: {
        /** in Entra; null where only the administrator knows it */
        source: string | null;
        /** the SCIM path */
        target: string;
        /** matching precedence */
        precedence: number | null;
        level: "required" | "recommended" | "optional";
        /** what Muster makes of it */
        use: string;
      }[];
      groups: {
        /** in Entra; null where only the administrator knows it */
        source: string | null;
        /** the SCIM path */
        target: string;
        /** matching precedence */
        precedence: number | null;
        level: "required" | "recommended" | "optional";
        /** what Muster makes of it */
        use: string;
      }[];
    };
  }

  /**
   * @description The mapping as Microsoft Graph's synchronizationSchema, to import in Entra. Needs provisioning:view: See connections, role assignments and the provisioning log.
   * @tags Connections
   * @name GetSynchronizationSchema
   * @request GET:/api/v1/connections/{id}/attribute-mapping/schema
   * @secure
   */
  export namespace GetSynchronizationSchema {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Record<string, any>;
  }

  /**
   * @description Needs accounts:view: See people, their status, access role and groups, and what happened to them.
   * @tags Overview
   * @name GetOverview
   * @request GET:/api/v1/overview
   * @secure
   */
  export namespace GetOverview {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Overview;
  }

  /**
   * @description Needs ledger:view: See every change with its cause.
   * @tags Ledger
   * @name ListLedger
   * @request GET:/api/v1/ledger
   * @secure
   */
  export namespace ListLedger {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      /**
       * from this moment on
       * @format date-time
       */
      from?: string;
      /**
       * before this moment
       * @format date-time
       */
      to?: string;
      /**
       * account, asset, custody, …
       * @maxLength 100
       */
      noun?: string;
      /**
       * noun.deed
       * @maxLength 100
       */
      action?: string;
      /** @format uuid */
      subjectId?: string;
      /** @format uuid */
      actorId?: string;
      causeKind?: "scim" | "administrator" | "rules" | "undo" | "system";
      /** @format uuid */
      causeId?: string;
      /** @format uuid */
      tenantId?: string;
      /**
       * words of names and sentences, or how they begin
       * @maxLength 200
       */
      search?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: LedgerEntry[];
      /** where to go on; a page may be short, or empty, before the end */
      next: string | null;
    };
  }

  /**
   * @description Everything that the filters leave, newest first, as CSV or a JSON object a line. Needs ledger:view: See every change with its cause.
   * @tags Ledger
   * @name ExportLedger
   * @request GET:/api/v1/ledger/export
   * @secure
   */
  export namespace ExportLedger {
    export type RequestParams = {};
    export type RequestQuery = {
      format?: "csv" | "ndjson";
      /**
       * from this moment on
       * @format date-time
       */
      from?: string;
      /**
       * before this moment
       * @format date-time
       */
      to?: string;
      /**
       * account, asset, custody, …
       * @maxLength 100
       */
      noun?: string;
      /**
       * noun.deed
       * @maxLength 100
       */
      action?: string;
      /** @format uuid */
      subjectId?: string;
      /** @format uuid */
      actorId?: string;
      causeKind?: "scim" | "administrator" | "rules" | "undo" | "system";
      /** @format uuid */
      causeId?: string;
      /** @format uuid */
      tenantId?: string;
      /**
       * words of names and sentences, or how they begin
       * @maxLength 200
       */
      search?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = void;
  }

  /**
   * @description Needs ledger:view: See every change with its cause.
   * @tags Ledger
   * @name ListLedgerActions
   * @request GET:/api/v1/ledger/actions
   * @secure
   */
  export namespace ListLedgerActions {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: string[];
    };
  }

  /**
   * @description Needs ledger:view: See every change with its cause.
   * @tags Ledger
   * @name GetLedgerCause
   * @request GET:/api/v1/ledger/causes/{id}
   * @secure
   */
  export namespace GetLedgerCause {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = LedgerCause;
  }

  /**
   * @description Needs ledger:view: See every change with its cause.
   * @tags Ledger
   * @name GetLedgerEntry
   * @request GET:/api/v1/ledger/{id}
   * @secure
   */
  export namespace GetLedgerEntry {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = LedgerDetail;
  }

  /**
   * @description Needs ledger:undo: Take back what was done, as far as they may do it themselves.
   * @tags Ledger
   * @name PlanUndo
   * @request POST:/api/v1/ledger/undos
   * @secure
   */
  export namespace PlanUndo {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /** @format uuid */
      entryId?: string;
      /** @format uuid */
      causeId?: string;
      /** @format date-time */
      from?: string;
      /** @format date-time */
      to?: string;
      /** @format uuid */
      actorId?: string;
      /** @format uuid */
      subjectId?: string;
      /** @format uuid */
      tenantId?: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Undo;
  }

  /**
   * @description Needs ledger:undo: Take back what was done, as far as they may do it themselves.
   * @tags Ledger
   * @name GetUndo
   * @request GET:/api/v1/ledger/undos/{id}
   * @secure
   */
  export namespace GetUndo {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Undo;
  }

  /**
   * @description Needs ledger:undo: Take back what was done, as far as they may do it themselves.
   * @tags Ledger
   * @name ListUndoItems
   * @request GET:/api/v1/ledger/undos/{id}/items
   * @secure
   */
  export namespace ListUndoItems {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      state?: "planned" | "done" | "refused";
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: UndoItem[];
      next: string | null;
      total: number;
    };
  }

  /**
   * @description What would follow for others, some of them at a time: ask again from `next` on. Needs ledger:undo: Take back what was done, as far as they may do it themselves.
   * @tags Ledger
   * @name GetUndoEffect
   * @request GET:/api/v1/ledger/undos/{id}/items/{item}/effect
   * @secure
   */
  export namespace GetUndoEffect {
    export type RequestParams = {
      /** @format uuid */
      id: string;
      /** @maxLength 40 */
      item: string;
    };
    export type RequestQuery = {
      /**
       * `next` of the answer before
       * @format uuid
       */
      position?: string;
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = UndoEffect;
  }

  /**
   * @description Needs ledger:undo: Take back what was done, as far as they may do it themselves.
   * @tags Ledger
   * @name ApplyUndo
   * @request POST:/api/v1/ledger/undos/{id}/apply
   * @secure
   */
  export namespace ApplyUndo {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Undo;
  }

  /**
   * @description Needs tenants:view: See the tenants and how many people and assets each has.
   * @tags Tenants
   * @name ListTenants
   * @request GET:/api/v1/tenants
   * @secure
   */
  export namespace ListTenants {
    export type RequestParams = {};
    export type RequestQuery = {
      /**
       * `next` of the page before
       * @maxLength 1000
       */
      cursor?: string;
      /**
       * @min 1
       * @max 200
       * @default 50
       */
      limit?: number;
      /** @maxLength 200 */
      search?: string;
      state?: "active" | "archived";
    };
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = {
      items: Tenant[];
      next: string | null;
      total: number;
      /** of all tenants, whatever the filter */
      totals: {
        /** Active Sub Accounts */
        people: number;
        /** Disabled Sub Accounts */
        disabled: number;
        assets: number;
        /** Disabled people who still hold something */
        disabledHolders: number;
        connections: number;
        /** connections whose last call was refused */
        failingConnections: number;
      };
    };
  }

  /**
   * @description Needs tenants:edit: Make, rename, archive and restore tenants, at the super tenant.
   * @tags Tenants
   * @name CreateTenant
   * @request POST:/api/v1/tenants
   * @secure
   */
  export namespace CreateTenant {
    export type RequestParams = {};
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      name: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Tenant;
  }

  /**
   * @description Needs tenants:view: See the tenants and how many people and assets each has.
   * @tags Tenants
   * @name GetTenant
   * @request GET:/api/v1/tenants/{id}
   * @secure
   */
  export namespace GetTenant {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Tenant;
  }

  /**
   * @description Needs tenants:edit: Make, rename, archive and restore tenants, at the super tenant.
   * @tags Tenants
   * @name RenameTenant
   * @request PATCH:/api/v1/tenants/{id}
   * @secure
   */
  export namespace RenameTenant {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = {
      /**
       * @minLength 1
       * @maxLength 100
       * @pattern \S
       */
      name: string;
    };
    export type RequestHeaders = {};
    export type ResponseBody = Tenant;
  }

  /**
   * @description Needs tenants:edit: Make, rename, archive and restore tenants, at the super tenant.
   * @tags Tenants
   * @name ArchiveTenant
   * @request POST:/api/v1/tenants/{id}/archive
   * @secure
   */
  export namespace ArchiveTenant {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Tenant;
  }

  /**
   * @description Needs tenants:edit: Make, rename, archive and restore tenants, at the super tenant.
   * @tags Tenants
   * @name RestoreTenant
   * @request POST:/api/v1/tenants/{id}/restore
   * @secure
   */
  export namespace RestoreTenant {
    export type RequestParams = {
      /** @format uuid */
      id: string;
    };
    export type RequestQuery = {};
    export type RequestBody = never;
    export type RequestHeaders = {};
    export type ResponseBody = Tenant;
  }
}
