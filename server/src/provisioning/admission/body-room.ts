/** Room in memory for bodies that have come and wait for their turn. */
export type BodyRoom = {
  /** Whether there is room for so many bytes more; if so they are held until they are given back. */
  take(lane: string, bytes: number): boolean;
  giveBack(lane: string, bytes: number): void;
};

/**
 * A lane may hold as much as is free: alone it has half of the room, two have a third each, and there is always
 * something left for whoever comes next. Pure but for what it remembers.
 */
export const createBodyRoom = (total: number): BodyRoom => {
  const held = new Map<string, number>();
  let used = 0;
  return {
    take: (lane, bytes) => {
      const own = held.get(lane) ?? 0;
      if (own + bytes > total - used) return false;
      held.set(lane, own + bytes);
      used += bytes;
      return true;
    },
    giveBack: (lane, bytes) => {
      const left = (held.get(lane) ?? 0) - bytes;
      if (left > 0) held.set(lane, left);
      else held.delete(lane);
      used -= bytes;
    },
  };
};
