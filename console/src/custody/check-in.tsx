import { Button, Modal, Skeleton, type ButtonProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { Custody } from "../api/contract.ts";
import { useMay } from "../app-shell/session.ts";
import { callAsset } from "../assets/call-asset.ts";
import { assetQuery } from "../assets/queries.ts";
import { ProblemNote } from "../elements/problem-note.tsx";
import { CheckInForm } from "./check-in-form.tsx";

type Props = ButtonProps & { custody: Pick<Custody, "asset" | "account"> };

/** Takes an item back from whoever holds it, for those who may. */
export const CheckIn = ({ custody, ...button }: Props) => {
  const may = useMay();
  const [isOpen, dialog] = useDisclosure(false);
  if (!may("custody:edit")) return null;
  const name = callAsset(custody.asset);
  return (
    <>
      <Button
        variant="default"
        {...button}
        aria-label={`Check in ${name}`}
        onClick={dialog.open}
      >
        Check in
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={`Check in ${name}`}>
        <Loaded custody={custody} onDone={dialog.close} />
      </Modal>
    </>
  );
};

const Loaded = ({ custody, onDone }: Pick<Props, "custody"> & { onDone: () => void }) => {
  const asset = useQuery(assetQuery(custody.asset.id));
  if (asset.isPending) return <Skeleton height={220} aria-busy="true" aria-label="Loading" />;
  if (asset.error) return <ProblemNote error={asset.error} onRetry={asset.refetch} />;
  return <CheckInForm asset={asset.data} holder={custody.account.name} onDone={onDone} />;
};
