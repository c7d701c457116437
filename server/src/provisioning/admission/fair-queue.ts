/** How much may be under way. */
export type QueueLimits = {
  /** So many are in work at once, whosever they are. */
  readonly slots: number;
  /** So many slots the lanes share while there are several. */
  readonly shared: number;
  /** A lane's share is no less, however many they are: one in work at a time may be too slow, where the database is far. */
  readonly least: number;
  /** So many of one lane wait; more are refused. */
  readonly mostWaiting: number;
  /** A lane keeps its claim to a share for so long after it was last seen. */
  readonly companyMs: number;
};

/** What a lane's ticket has got: it works now, it waits, or there is no room for it. */
export type Place = "working" | "waiting" | "refused";

/** Decides who works next. Pure but for what it remembers: the time is given, and it starts nothing itself. */
export type FairQueue<Ticket> = {
  offer(lane: string, ticket: Ticket, now: number): Place;
  /** Takes back one that waits. */
  withdraw(lane: string, ticket: Ticket): void;
  /** One of the lane has ended. Gives those that work from now on. */
  finish(lane: string, now: number): Ticket[];
  /** Seconds in which the lane works off what waits in it, going by how fast it did lately. */
  drainSeconds(lane: string, now: number): number;
  /** Says which lanes are active elsewhere, in other processes: they are company too. */
  setElsewhere: (lanes: readonly string[]) => void;
  readonly working: () => number;
  readonly waiting: () => number;
  /** The lanes with a claim to a share. */
  readonly lanes: () => string[];
};

type Lane<Ticket> = {
  readonly waiting: Set<Ticket>;
  working: number;
  /** When it was given a slot last, as a count: who was served longest ago goes first. */
  served: number;
  seenAt: number;
  /** How many have ended since a moment. */
  ended: { count: number; since: number };
  readonly hasClaim: boolean;
};

/** The pace of a lane is taken over at least so long. */
const paceMs = 5000;

/**
 * A queue for each lane (each connection, that is), served in turn: a flood waits behind itself only.
 *
 * A lone lane has all slots but a quarter, which is kept for whoever comes. In company the lanes share fewer, and the
 * others are kept: who asks little finds a free slot at once, and few others to share the processor with.
 *
 * @param hasClaim whether a lane has a claim to a share, which it keeps for a while after its last request. One without takes
 * nothing from those with: beside them it has the least that a lane has
 */
export const createFairQueue = <Ticket>(
  { slots, shared, least, mostWaiting, companyMs }: QueueLimits,
  hasClaim: (lane: string) => boolean = () => true,
): FairQueue<Ticket> => {
  /** In the order in which they were seen. */
  const lanes = new Map<string, Lane<Ticket>>();
  let elsewhere: readonly string[] = [];
  let claims = 0;
  let working = 0;
  let waiting = 0;
  let turn = 0;

  /** Lanes with a claim, here and elsewhere. */
  const countClaims = (): number => claims + elsewhere.filter((name) => !lanes.has(name)).length;

  /** How many a lane may have in work. */
  const share = (isClaimed: boolean, claimed: number): number => {
    const others = isClaimed ? claimed - 1 : claimed;
    if (others <= 0) return slots - Math.floor(slots / 4);
    return isClaimed ? Math.max(least, Math.floor(shared / claimed)) : least;
  };

  const see = (name: string, now: number): Lane<Ticket> => {
    const lane = lanes.get(name) ?? create(name, now);
    lane.seenAt = now;
    lanes.delete(name);
    lanes.set(name, lane);
    return lane;
  };

  const create = (name: string, now: number): Lane<Ticket> => {
    const isClaimed = hasClaim(name);
    if (isClaimed) claims += 1;
    return {
      waiting: new Set<Ticket>(),
      working: 0,
      served: 0,
      seenAt: now,
      ended: { count: 0, since: now },
      hasClaim: isClaimed,
    };
  };

  const forget = (name: string, lane: Lane<Ticket>): void => {
    if (lane.hasClaim) claims -= 1;
    lanes.delete(name);
  };

  /** Forgets lanes that have been quiet; those seen last stand at the end. */
  const forgetQuiet = (now: number): void => {
    for (const [name, lane] of lanes) {
      if (lane.seenAt + companyMs > now) break;
      if (lane.working === 0 && lane.waiting.size === 0) forget(name, lane);
    }
  };

  const start = (lane: Lane<Ticket>): void => {
    lane.working += 1;
    lane.served = turn += 1;
    working += 1;
  };

  /** Of the lanes that may go on, the one with the least in work; among equals who was served longest ago. */
  const next = (): Lane<Ticket> | undefined => {
    if (working >= slots || waiting === 0) return undefined;
    const claimed = countClaims();
    const most = share(true, claimed);
    const mostUnclaimed = share(false, claimed);
    let chosen: Lane<Ticket> | undefined;
    for (const lane of lanes.values()) {
      if (lane.waiting.size === 0 || lane.working >= (lane.hasClaim ? most : mostUnclaimed))
        continue;
      if (
        chosen === undefined ||
        lane.working < chosen.working ||
        (lane.working === chosen.working && lane.served < chosen.served)
      )
        chosen = lane;
    }
    return chosen;
  };

  return {
    offer: (name, ticket, now) => {
      forgetQuiet(now);
      const lane = see(name, now);
      if (
        lane.waiting.size === 0 &&
        working < slots &&
        lane.working < share(lane.hasClaim, countClaims())
      ) {
        start(lane);
        return "working";
      }
      if (lane.waiting.size >= mostWaiting) return "refused";
      lane.waiting.add(ticket);
      waiting += 1;
      return "waiting";
    },
    withdraw: (name, ticket) => {
      if (lanes.get(name)?.waiting.delete(ticket)) waiting -= 1;
    },
    finish: (name, now) => {
      const ended = lanes.get(name);
      if (ended !== undefined) {
        ended.working -= 1;
        working -= 1;
        keepPace(ended, now);
        if (!ended.hasClaim && ended.working === 0 && ended.waiting.size === 0) forget(name, ended);
      }
      forgetQuiet(now);
      const started: Ticket[] = [];
      for (let lane = next(); lane !== undefined; lane = next()) {
        const [ticket] = lane.waiting as Iterable<Ticket> as [Ticket];
        lane.waiting.delete(ticket);
        waiting -= 1;
        start(lane);
        started.push(ticket);
      }
      return started;
    },
    drainSeconds: (name, now) => {
      const lane = lanes.get(name);
      if (lane === undefined || lane.ended.count === 0) return 1;
      const perMs = lane.ended.count / Math.max(1, now - lane.ended.since);
      return lane.waiting.size / perMs / 1000;
    },
    setElsewhere: (names) => {
      elsewhere = names;
    },
    working: () => working,
    waiting: () => waiting,
    lanes: () => [...lanes.keys()],
  };
};

/** Halves what is remembered now and then, so that the pace is that of the last seconds. */
const keepPace = (lane: { ended: { count: number; since: number } }, now: number): void => {
  lane.ended.count += 1;
  const length = now - lane.ended.since;
  if (length > 2 * paceMs)
    lane.ended = { count: (lane.ended.count * paceMs) / length, since: now - paceMs };
};
