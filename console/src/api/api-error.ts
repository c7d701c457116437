import type { Problem } from "./contract.ts";

/** An answer that is not a 2xx: what happened (`title`), why and what to do next (`detail`). RFC 9457. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** What to show for any error, also for one that is not the API's. */
export const describeError = (error: unknown): { title: string; detail: string } =>
  error instanceof ApiError
    ? { title: error.problem.title, detail: error.problem.detail }
    : {
        title: "That did not work",
        detail: error instanceof Error ? error.message : String(error),
      };

/** Messages by field of a form, for the fields that the form has. */
export const fieldErrors = (
  error: unknown,
  fields: Record<string, unknown>,
): Record<string, string> =>
  error instanceof ApiError
    ? Object.fromEntries(
        (error.problem.errors ?? [])
          .filter(({ path }) => path in fields)
          .map(({ path, message }) => [path, sentence(message)]),
      )
    : {};

const sentence = (message: string): string => {
  const text = message.trim();
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};
