/** A statement that a connection may know by name, and the columns its rows have once that has been seen. */
export type Prepared = {
  readonly name: string;
  columns: readonly Column[] | undefined;
  /** When it was used last, as a count. */
  used: number;
};

export type Column = {
  readonly name: string;
  readonly parse: (text: string) => unknown;
};

/**
 * A connection keeps this many statements: enough for all of ours, and no more than so many for the filters that a client
 * thinks up.
 */
const mostKept = 250;
/** And so many of those that bind to an organisation or a tenant, each another text: many of them push nothing else out. */
const mostBindings = 100;

/** The statements that one connection has prepared, by their texts. */
export type PreparedStatements = {
  /** The statement of this text, if it is prepared. */
  find(text: string): Prepared | undefined;
  /** Gives a name to a text that is about to be prepared. The one of its kind used longest ago makes room. */
  add(text: string, isBinding: boolean): Prepared;
  /** The statement may or may not have been prepared: it is not used again. */
  forget(text: string): void;
  /** Names that the database may drop. Asking takes them off the list. */
  takeDropped(): string[];
};

export const createPreparedStatements = (): PreparedStatements => {
  const kept = new Map<string, Prepared>();
  const bindings = new Map<string, Prepared>();
  let dropped: string[] = [];
  let named = 0;
  let uses = 0;
  const forget = (text: string): void => {
    const known = kept.get(text) ?? bindings.get(text);
    if (known === undefined) return;
    if (!kept.delete(text)) bindings.delete(text);
    dropped.push(known.name);
  };
  const forgetOldest = (shelf: ReadonlyMap<string, Prepared>): void => {
    let oldest: string | undefined;
    let usedFirst = Infinity;
    for (const [text, { used }] of shelf) if (used < usedFirst) [oldest, usedFirst] = [text, used];
    if (oldest !== undefined) forget(oldest);
  };
  return {
    find: (text) => {
      const known = kept.get(text) ?? bindings.get(text);
      if (known !== undefined) known.used = uses += 1;
      return known;
    },
    add: (text, isBinding) => {
      const shelf = isBinding ? bindings : kept;
      if (shelf.size >= (isBinding ? mostBindings : mostKept)) forgetOldest(shelf);
      // Never a name twice: one that was forgotten may still be there.
      named += 1;
      const prepared: Prepared = { name: `s${named}`, columns: undefined, used: (uses += 1) };
      shelf.set(text, prepared);
      return prepared;
    },
    forget,
    takeDropped: () => {
      const taken = dropped;
      dropped = [];
      return taken;
    },
  };
};
