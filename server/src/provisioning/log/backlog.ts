type Options<Item> = {
  /** Writes some of what waits; the next is written when this is over. Must not reject. */
  readonly write: (items: readonly Item[]) => Promise<void>;
  /** What an item takes, in bytes. */
  readonly weigh: (item: Item) => number;
  /** So many bytes are written at once, and without waiting for `flush`. */
  readonly portion: number;
  /** Past so many bytes (the database is away, say) the oldest are given up. */
  readonly most: number;
};

/** What waits to be written, in portions one after the other, in bounded memory. */
export type Backlog<Item> = {
  readonly add: (item: Item) => void;
  /** Writes all that waits. */
  readonly flush: () => Promise<void>;
};

export const createBacklog = <Item>({
  write,
  weigh,
  portion,
  most,
}: Options<Item>): Backlog<Item> => {
  const waiting: Item[] = [];
  let bytes = 0;
  let writing: Promise<void> | undefined;

  const takePortion = (): Item[] => {
    let taken = 0;
    let count = 0;
    while (count < waiting.length && (count === 0 || taken < portion))
      taken += weigh(waiting[count++] as Item);
    bytes -= taken;
    return waiting.splice(0, count);
  };
  const writeAll = async () => {
    while (waiting.length > 0) await write(takePortion());
    writing = undefined;
  };
  const flush = (): Promise<void> => {
    if (writing === undefined && waiting.length > 0) writing = writeAll();
    return writing ?? Promise.resolve();
  };

  return {
    add: (item) => {
      waiting.push(item);
      bytes += weigh(item);
      while (bytes > most && waiting.length > 1) bytes -= weigh(waiting.shift() as Item);
      if (bytes >= portion) void flush();
    },
    flush,
  };
};
