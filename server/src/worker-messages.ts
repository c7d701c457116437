import type { Config } from "#config";

/** What the primary process says to a worker. */
export type ToWorker =
  | { readonly kind: "begin"; readonly config: Config; readonly ownerUrl: string }
  /** The connections that are active in the other workers. */
  | { readonly kind: "lanes"; readonly lanes: readonly string[] }
  | { readonly kind: "metrics"; readonly id: number; readonly text: string };

/** What a worker says to the primary process. */
export type ToPrimary =
  /** It listens now: what is said before that is lost. */
  | { readonly kind: "awake" }
  | { readonly kind: "ready" }
  /** It cannot serve; a sentence for the operator. */
  | { readonly kind: "failed"; readonly message: string }
  /** The connections that are active here. */
  | { readonly kind: "lanes"; readonly lanes: readonly string[] }
  /** Somebody asks for the metrics of all. */
  | { readonly kind: "metrics"; readonly id: number };

/** Messages of libraries (prom-client's) come on the same channel. */
export const isOurs = (message: unknown): message is { kind: string } =>
  typeof message === "object" && message !== null && "kind" in message;
