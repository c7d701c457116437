import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { describeError } from "../api/api-error.ts";
import { Note } from "./note.tsx";

type Props = {
  error: unknown;
  onRetry?: () => unknown;
  /** What is as it was all the same. */
  children?: ReactNode;
};

/** What went wrong, where it went wrong, with the way to try again. */
export const ProblemNote = ({ error, onRetry, children }: Props) => {
  if (!error) return null;
  const { title, detail } = describeError(error);
  return (
    <Note
      tone="bad"
      title={title}
      action={
        onRetry && (
          <Button variant="default" size="compact-sm" onClick={() => void onRetry()}>
            Try again
          </Button>
        )
      }
    >
      {detail} {children}
    </Note>
  );
};
