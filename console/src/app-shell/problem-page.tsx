import { Button, Container } from "@mantine/core";
import { IconMoodSad } from "@tabler/icons-react";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { describeError } from "../api/api-error.ts";
import { EmptyState } from "../elements/empty-state.tsx";

/** In place of a page that cannot be shown. */
export const ProblemPage = ({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) => {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  const { title, detail } = describeError(error);
  return (
    <Container size="sm" role="alert">
      <title>{`${title} · Muster`}</title>
      <EmptyState
        icon={IconMoodSad}
        title={title}
        level={1}
        action={
          <Button
            onClick={() => {
              if (onRetry) return void onRetry();
              reset();
              void router.invalidate();
            }}
          >
            Try again
          </Button>
        }
      >
        {detail}
      </EmptyState>
    </Container>
  );
};

/** The same where not even the shell can be shown. */
export const ProblemDoor = (props: { error: unknown }) => (
  <main>
    <ProblemPage {...props} />
  </main>
);
