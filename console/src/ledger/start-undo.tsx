import { Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { call } from "../api/client.ts";
import type { Undo, UndoRequest } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { useIsHere } from "../app-shell/use-is-here.ts";

type Props = {
  readonly scope: UndoRequest;
  readonly label: string;
  /** Among other things, in a row. */
  readonly isSmall?: boolean;
};

/** Leads to a preview of undoing something, for those who may. Nothing is changed by it. */
export const StartUndo = ({ scope, label, isSmall = false }: Props) => {
  const may = useMay();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const plan = useMutation({
    mutationFn: () => call<Undo>("POST", "/ledger/undos", { body: scope }),
    onMutate: () => isHere,
    onSuccess: ({ id }, _scope, isStillHere) => {
      if (isStillHere()) void navigate({ to: "/ledger/undos/$id", params: { id } });
    },
  });
  if (!may("ledger:undo")) return null;
  return (
    <Button
      variant="default"
      size={isSmall ? "compact-sm" : "sm"}
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      loading={plan.isPending}
      onClick={() => plan.mutate()}
    >
      {label}
    </Button>
  );
};
