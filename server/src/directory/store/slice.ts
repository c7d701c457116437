/** Part of a list in the order of ids: by position from the start, or from an id on. */
export type Slice = {
  readonly after?: string | undefined;
  readonly offset: number;
  readonly limit: number;
};
