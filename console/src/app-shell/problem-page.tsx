import { Button, Container } from "@mantine/core";
import { IconAlertCircle, IconMapOff } from "@tabler/icons-react";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { ApiError, describeError } from "../api/api-error.ts";
import { ButtonLink } from "../elements/button-link.tsx";
import { EmptyState } from "../elements/empty-state.tsx";

type Props = { error: unknown; onRetry?: () => unknown };

/** In place of a page that cannot be shown: what does not exist, or is not for oneself, is not tried again. */
export const ProblemPage = ({ error, onRetry }: Props) => {
  const { title, detail } = describeError(error);
  const isGone = error instanceof ApiError && [403, 404].includes(error.status);
  return (
    <Container size="sm" role="alert">
      <title>{`${title} · Muster`}</title>
      <EmptyState
        icon={isGone ? IconMapOff : IconAlertCircle}
        title={title}
        level={1}
        action={
          isGone ? <ButtonLink to="/">To the start</ButtonLink> : <TryAgain onRetry={onRetry} />
        }
      >
        {detail}
      </EmptyState>
    </Container>
  );
};

const TryAgain = ({ onRetry }: { onRetry: (() => unknown) | undefined }) => {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  const tryAgain = () => {
    if (onRetry) return void onRetry();
    reset();
    void router.invalidate();
  };
  return <Button onClick={tryAgain}>Try again</Button>;
};

/** The same where not even the shell can be shown. */
export const ProblemDoor = (props: { error: unknown }) => (
  <main>
    <ProblemPage {...props} />
  </main>
);
